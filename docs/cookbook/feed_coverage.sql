-- How much of all that is seen does each feed see, and how much does it alone see?
-- Asked by: who chooses feeds.
-- Columns: campaigns and domains that the feed saw in the days compared; coverage is of those that any feed saw;
--   exclusive are those that no other feed saw, their share is of the feed's own.
-- Source: coverage and exclusive share, Pitsillidis et al., Taster's Choice, IMC 2012, section 4.2, where only domains are
--   counted. By month and campaign the same is in mart_campaign_overlap_feeds.
-- Reads: a mart for campaigns, raw table urls for domains.
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
things as (
    select 'campaign' as kind, campaign_id as thing, feed
    from asked
    join fct_campaign_daily on captured_date between first_date and last_date
    union
    select 'registrable_domain', registrable_domain, feed
    from asked
    join urls on captured_at >= first_date and captured_at < last_date + 1
    where registrable_domain is not null
),
counted as (
    select *, count(*) over (partition by kind, thing) as feed_count from things
),
sizes as (
    select kind, count(distinct thing) as all_count from things group by kind
)
select
    kind,
    feed,
    count(*) as seen_count,
    round(count(*) / any_value(all_count), 4) as coverage_share,
    count(*) filter (feed_count = 1) as exclusive_count,
    round(count(*) filter (feed_count = 1) / count(*), 4) as exclusive_share
from counted
join sizes using (kind)
group by kind, feed
order by kind, feed
