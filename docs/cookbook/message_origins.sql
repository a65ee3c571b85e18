-- Where did a message really enter the network, and how sure are we?
-- Asked by: an abuse desk, a prosecutor.
-- Columns: origin_ip was written by the host that origin_confidence speaks of (high: a trusted one); claimed_origin_ip
--   is what the lines below it claim, and origin_findings what in them speaks of forgery: docs/architecture.md, Origin.
--   Network and country are those of the lake's table of networks, empty without one: docs/networks.md.
-- Reads: raw tables, since marts hold no single messages; here the messages of one campaign in its last week.
with asked as (
    select max_by(campaign_id, (message_count, campaign_id)) as campaign_id from campaigns
)
select
    origins.captured_at,
    message_key,
    origins.origin_ip,
    origins.origin_name,
    origins.origin_helo,
    origins.origin_confidence,
    asn,
    as_name,
    country_code,
    claimed_origin_ip,
    origin_findings,
    header_reason
from asked
join campaigns using (campaign_id)
join campaign_members as members using (campaign_id)
join message_origins as origins using (message_key)
where origins.captured_at > campaigns.last_seen_at - interval 7 days
order by origins.captured_at, message_key
