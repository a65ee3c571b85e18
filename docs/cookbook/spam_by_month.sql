-- How much spam, of what kind, from where, month by month?
-- Asked by: everybody, first.
-- Columns: messages and what an honest comparison divides by (a feed that is new, or was silent for days, changes the
--   first and hardly the others); the commonest kind and country with their share of the month's grouped, and of all,
--   messages. A country is empty while the lake has no table of networks: docs/networks.md.
-- Reads: marts.
with volume as (
    select
        month,
        sum(message_count) as message_count,
        count(*) as feed_count,
        sum(message_count) / sum(days_covered) as messages_per_feed_day,
        sum(message_count) / sum(trap_address_count) as messages_per_trap_address,
        bool_and(month_state = 'closed') as is_final
    from mart_volume_monthly
    where message_count > 0
    group by month
),
kinds as (
    select month, category_code, message_count / sum(message_count) over (partition by month) as share
    from (select month, category_code, sum(message_count) as message_count from mart_categories_monthly group by all)
),
countries as (
    select month, country_code, sum(message_share) as share
    from mart_origins_monthly
    where country_code is not null
    group by all
)
select
    volume.month,
    message_count,
    feed_count,
    round(messages_per_feed_day, 1) as messages_per_feed_day,
    round(messages_per_trap_address, 2) as messages_per_trap_address,
    kind.category_code as top_category,
    round(kind.share, 3) as top_category_share,
    country.country_code as top_country,
    round(country.share, 3) as top_country_share,
    is_final
from volume
left join (select month, max_by(category_code, (share, category_code)) as category_code, max(share) as share from kinds group by month) as kind
    using (month)
left join (select month, max_by(country_code, (share, country_code)) as country_code, max(share) as share from countries group by month) as country
    using (month)
order by volume.month
