-- Every grouped message has one category.
with grouped as (
    select month, feed, count(*) as message_count
    from {{ ref('stg_campaign_assignments') }}
    group by month, feed
),

monthly as (
    select month, feed, sum(message_count) as message_count
    from {{ ref('mart_categories_monthly') }}
    group by month, feed
)

select
    coalesce(grouped.month, monthly.month) as month,
    coalesce(grouped.feed, monthly.feed) as feed,
    grouped.message_count as expected,
    monthly.message_count as found
from grouped
full join monthly on grouped.month = monthly.month and grouped.feed = monthly.feed
where grouped.message_count is distinct from monthly.message_count
