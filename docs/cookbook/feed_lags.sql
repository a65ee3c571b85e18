-- How late does a feed see a campaign begin, and how early does it lose sight of it?
-- Asked by: who needs to be fast: block lists, takedowns.
-- Columns: over campaigns that the feed and at least one other saw in the days compared, in hours: first_lag from the
--   first sight by any feed to the first by this one; last_lag from the last sight by this one to the last by any;
--   is_first_share is the share of them that this feed saw first. What began before or ended after these days is cut at
--   their edge, for all feeds alike.
-- Source: relative first and last appearance, Pitsillidis et al., Taster's Choice, IMC 2012, section 4.4.
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
    select feed, campaign_id, min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at
    from asked
    join fct_campaign_daily on captured_date between first_date and last_date
    group by all
),
lags as (
    select
        feed,
        count(*) over campaign as feed_count,
        date_diff('second', min(first_seen_at) over campaign, first_seen_at) / 3600 as first_lag,
        date_diff('second', last_seen_at, max(last_seen_at) over campaign) / 3600 as last_lag
    from seen
    window campaign as (partition by campaign_id)
)
select
    feed,
    count(*) as campaign_count,
    round(avg((first_lag = 0)::int), 4) as is_first_share,
    round(median(first_lag), 3) as first_lag_median_hours,
    round(quantile_cont(first_lag, .9), 3) as first_lag_p90_hours,
    round(median(last_lag), 3) as last_lag_median_hours,
    round(quantile_cont(last_lag, .9), 3) as last_lag_p90_hours
from lags
where feed_count > 1
group by feed
order by feed
