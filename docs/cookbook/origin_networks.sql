-- Which networks does spam enter from, and how sure is that?
-- Asked by: who writes to the owners of networks.
-- Columns: messages and addresses of the month by autonomous system and country; sure_share is the share of messages
--   whose origin was written by a host that is the feed's own (confidence high or medium). Without a table of networks
--   in the lake all is one row: docs/networks.md.
-- Reads: marts.
with asked as (
    select coalesce(max(month) filter (month_state = 'closed'), max(month)) as month from mart_months
)
select
    month,
    asn,
    as_name,
    country_code,
    sum(message_count) as message_count,
    round(sum(message_share), 4) as message_share,
    sum(address_count) as address_count,
    round(sum(message_count) / nullif(sum(address_count), 0), 2) as messages_per_address,
    round(coalesce(sum(message_count) filter (origin_confidence in ('high', 'medium')), 0) / sum(message_count), 4)
        as sure_share
from asked
join mart_origins_monthly using (month)
group by all
order by message_count desc, asn
