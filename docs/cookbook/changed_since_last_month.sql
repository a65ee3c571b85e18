-- What changed against last month, and why?
-- Asked by: the analyst who writes the monthly report.
-- Columns: the same change in total, cut by feed, by what is sold and by ring, the largest five of each; change_share is
--   of the total of the month before, so that what explains the change is seen; why says what is known of the cause: a
--   feed that is new or was there on other days changes the total and tells nothing of spammers.
-- Reads: marts.
with asked as (
    select coalesce(max(month) filter (month_state = 'closed'), max(month)) as month from mart_months
),
counts as (
    select 1 as place, 'total' as part, 'all feeds' as name, month, sum(message_count) as message_count
    from mart_volume_monthly group by month
    union all
    select 2, 'feed', feed, month, message_count from mart_volume_monthly
    union all
    select 3, 'category', category_code, month, sum(message_count) from mart_categories_monthly group by all
    union all
    select 4, 'ring', ring_id, month, message_count from mart_rings_monthly
),
compared as (
    select
        place,
        part,
        name,
        asked.month,
        coalesce(sum(message_count) filter (counts.month < asked.month), 0) as before_count,
        coalesce(sum(message_count) filter (counts.month = asked.month), 0) as after_count
    from asked
    join counts on counts.month in (asked.month, asked.month - interval 1 month)
    group by all
),
covered as (
    select feed, month, days_covered, trap_address_count from mart_volume_monthly
)
select
    part,
    name,
    before_count,
    after_count,
    after_count - before_count as change,
    round((after_count - before_count) / nullif(max(before_count) filter (part = 'total') over (), 0), 4) as change_share,
    case
        when part = 'feed' then format(
            '{} days covered, before {}; {} trap addresses, before {}',
            coalesce(now.days_covered, 0), coalesce(past.days_covered, 0),
            coalesce(now.trap_address_count, 0), coalesce(past.trap_address_count, 0)
        )
        when part = 'ring' and rings.last_seen_at < compared.month + interval 1 month - interval 7 days
            then format('silent since {}', rings.last_seen_at::date)
        when part = 'ring' and rings.first_seen_at >= compared.month then format('new since {}', rings.first_seen_at::date)
        when before_count = 0 then 'not seen the month before'
        when after_count = 0 then 'not seen any more'
    end as why
from compared
left join covered as now on part = 'feed' and now.feed = name and now.month = compared.month
left join covered as past on part = 'feed' and past.feed = name and past.month = compared.month - interval 1 month
left join rings on part = 'ring' and rings.ring_id = name
qualify row_number() over (partition by part order by abs(after_count - before_count) desc, name) <= 5
order by place, abs(after_count - before_count) desc, name
