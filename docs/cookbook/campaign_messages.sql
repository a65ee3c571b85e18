-- Which messages are one campaign, and why each of them?
-- Asked by: an investigator who must show that messages belong together.
-- Columns: method is how the message's text came to the campaign (template: known word by word; text, link, attachment,
--   contact: matched with another template by what evidence names, text by similarity); message_sha256 is the digest of
--   the raw bytes as captured, and load_id and position say where they lie: message_evidence.sql.
-- Reads: raw tables, since marts hold no single messages.
with asked as (
    select max_by(campaign_id, (message_count, campaign_id)) as campaign_id from campaigns
)
select
    campaign_id,
    members.captured_at,
    members.feed,
    template_id,
    method,
    matched_template_id,
    round(similarity, 3) as similarity,
    evidence,
    message_key,
    message_sha256,
    members.load_id,
    position
from asked
join campaign_members as members using (campaign_id)
join messages using (message_key)
order by members.captured_at, message_key
