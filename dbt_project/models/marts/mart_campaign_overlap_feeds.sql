-- One row a month and feed, built whole out of the daily counts.
with sightings as (
    select
        cast(date_trunc('month', captured_date) as date) as month,
        feed,
        campaign_id,
        sum(message_count) as message_count
    from {{ ref('fct_campaign_daily') }}
    group by all
),

marked as (
    select *, count(*) over (partition by month, campaign_id) = 1 as is_exclusive from sightings
),

totals as (
    select month, count(distinct campaign_id) as campaign_count from sightings group by month
),

feeds as (
    select
        month,
        feed,
        count(*) as campaign_count,
        count(*) filter (where is_exclusive) as exclusive_campaign_count,
        cast(sum(message_count) as bigint) as message_count,
        cast(coalesce(sum(message_count) filter (where is_exclusive), 0) as bigint) as exclusive_message_count
    from marked
    group by month, feed
)

select
    feeds.month,
    feeds.feed,
    feeds.campaign_count,
    feeds.exclusive_campaign_count,
    feeds.message_count,
    feeds.exclusive_message_count,
    feeds.campaign_count / totals.campaign_count as coverage_share,
    feeds.exclusive_campaign_count / feeds.campaign_count as exclusive_share
from feeds
inner join totals on feeds.month = totals.month
