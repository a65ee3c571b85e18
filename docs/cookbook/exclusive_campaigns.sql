-- What does a feed see that the others do not?
-- Asked by: who decides whether a feed is worth its price.
-- Columns: campaigns that only this feed saw in the days compared, largest first; known_from_elsewhere says that another
--   feed saw it before or after these days; the ring and what it sells.
-- Source: exclusive share, Pitsillidis et al., Taster's Choice, IMC 2012, section 4.2.
-- Reads: marts.
with asked as (  -- the days on which all feeds were there, of the newest month in which most feeds were
    select max(first_date) as first_date, min(last_date) as last_date
    from (
        select feed, min(captured_date) as first_date, max(captured_date) as last_date
        from fct_messages_daily
        where date_trunc('month', captured_date) = (
            select max(month) from mart_months where feed_count = (select max(feed_count) from mart_months)
        )
        group by feed
    )
),
seen as (
    select
        campaign_id,
        any_value(feed) as feed,
        sum(message_count) as message_count,
        min(captured_date) as first_date,
        max(captured_date) as last_date
    from asked
    join fct_campaign_daily on captured_date between asked.first_date and asked.last_date
    group by campaign_id
    having count(distinct feed) = 1
)
select
    seen.feed,
    campaign_id,
    ring_id,
    category_code,
    seen.message_count,
    seen.first_date,
    seen.last_date,
    feed_count > 1 as known_from_elsewhere
from seen
join campaigns using (campaign_id)
left join campaign_categories using (campaign_id)
order by seen.feed, seen.message_count desc, campaign_id
