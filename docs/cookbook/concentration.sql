-- How much of all spam do the ten largest rings send?
-- Asked by: who wonders whether to go after few or many.
-- Columns: top_ten_share and largest_share are of all messages of the month; ringless_share is what belongs to no ring;
--   effective_ring_count is how many rings of one size would be as concentrated (1 / sum of squared shares of rings).
-- Reads: marts.
with ranked as (
    select
        month,
        ring_id,
        message_count,
        share,
        message_count / sum(message_count) over (partition by month) as share_of_rings,
        row_number() over (partition by month order by message_count desc, ring_id) as place
    from mart_rings_monthly
)
select
    month,
    count(*) as ring_count,
    round(sum(share) filter (place <= 10), 4) as top_ten_share,
    round(max(share), 4) as largest_share,
    max_by(ring_id, -place) as largest_ring_id,
    round(1 - sum(share), 4) as ringless_share,
    round(1 / sum(share_of_rings ^ 2), 2) as effective_ring_count
from ranked
group by month
order by month
