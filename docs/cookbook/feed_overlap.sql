-- Of what one feed sees, how much does another one see?
-- Asked by: who looks for two feeds that are one, or that complete each other.
-- Columns: campaigns of feed in the days compared, and those of them that other_feed saw too; share is of feed's, so
--   the two directions differ; message_share weighs them by feed's messages.
-- Source: pairwise overlap, Pitsillidis et al., Taster's Choice, IMC 2012, section 4.2.
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
    select feed, campaign_id, sum(message_count) as message_count
    from asked
    join fct_campaign_daily on captured_date between first_date and last_date
    group by all
)
select
    one.feed,
    traps.feed as other_feed,
    count(*) as campaign_count,
    count(other.campaign_id) as shared_count,
    round(count(other.campaign_id) / count(*), 4) as shared_share,
    round(coalesce(sum(one.message_count) filter (other.campaign_id is not null), 0) / sum(one.message_count), 4)
        as message_share
from seen as one
join (select distinct feed from seen) as traps on traps.feed <> one.feed
left join seen as other on other.feed = traps.feed and other.campaign_id = one.campaign_id
group by one.feed, traps.feed
order by one.feed, traps.feed
