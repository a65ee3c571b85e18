-- What is sold, and how does its share change from month to month?
-- Asked by: the analyst who writes the monthly report.
-- Columns: share is of the grouped messages of the month (delivery reports and empty mail are not grouped); change is
--   in points of that share against the month before; confidence is not in it: see campaign_categories.
-- Reads: marts.
with monthly as (
    select month, category_code, sum(message_count) as message_count
    from mart_categories_monthly
    group by all
),
shares as (
    select *, message_count / sum(message_count) over (partition by month) as share from monthly
),
every as (  -- a kind that nobody sent in a month counts as none
    select month, category_code, coalesce(message_count, 0) as message_count, coalesce(share, 0) as share
    from (select distinct month from shares)
    cross join (select distinct category_code from shares)
    left join shares using (month, category_code)
),
compared as (
    select *, share - lag(share) over (partition by category_code order by month) as change from every
)
select
    month,
    category_code,
    name,
    rsit_class || '/' || rsit_type as rsit,
    message_count,
    round(share, 4) as share,
    round(100 * change, 2) as change_points
from compared
join dim_category using (category_code)
where message_count > 0 or change <> 0
order by month desc, message_count desc, category_code
