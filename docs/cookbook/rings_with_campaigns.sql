-- Which campaigns are one ring, and on what evidence?
-- Asked by: an investigator, a prosecutor.
-- Columns: the ring's five most telling indicators as kind and value (never open them); each of its campaigns with what
--   it sells. The path of links between any two of them: ring_explanation.sql; the messages: campaign_messages.sql.
-- Reads: marts.
with asked as (
    select ring_id from rings order by message_count desc, ring_id limit 10
)
select
    ring_id,
    rings.message_count as ring_message_count,
    campaign_id,
    campaigns.message_count,
    category_code,
    campaigns.first_seen_at::date as first_seen_date,
    campaigns.last_seen_at::date as last_seen_date,
    link_count as ring_link_count,
    evidence as ring_evidence
from asked
join rings using (ring_id)
join campaigns using (ring_id)
left join campaign_categories using (campaign_id)
order by ring_message_count desc, ring_id, campaigns.message_count desc, campaign_id
