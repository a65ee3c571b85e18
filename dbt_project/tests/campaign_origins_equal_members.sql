-- Every message of a campaign came from somewhere, known or not, once; a month that changed and was not named to the
-- build would show here.
with origins as (
    select month, campaign_id, sum(message_count) as message_count
    from {{ ref('mart_campaign_origins_monthly') }}
    group by month, campaign_id
),

daily as (
    select
        cast(date_trunc('month', captured_date) as date) as month,
        campaign_id,
        sum(message_count) as message_count
    from {{ ref('fct_campaign_daily') }}
    group by all
)

select
    coalesce(daily.month, origins.month) as month,
    coalesce(daily.campaign_id, origins.campaign_id) as campaign_id,
    daily.message_count as expected,
    origins.message_count as found
from daily
full join origins on daily.month = origins.month and daily.campaign_id = origins.campaign_id
where daily.message_count is distinct from origins.message_count
