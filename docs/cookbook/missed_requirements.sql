-- Which requirements of the law does a campaign miss, and how many messages does that cover?
-- Asked by: a prosecutor. Findings are indicators for a court to judge, and nothing more: docs/compliance.md.
-- Columns: one row a campaign of the ten largest and rule that it misses; message_count are messages with an indicator,
--   strong_message_count those on clear or several grounds; share is of all messages of the campaign.
-- Source: CAN-SPAM, 15 U.S.C. 7704; the provision is in citation.
-- Reads: marts.
with asked as (
    select campaign_id from campaigns order by message_count desc, campaign_id limit 10
)
select
    campaign_id,
    ring_id,
    rule_id,
    title,
    findings.citation,
    verdict,
    findings.message_count,
    strong_message_count,
    round(findings.message_count / campaign_message_count, 4) as share,
    reason
from asked
join campaigns using (campaign_id)
join campaign_findings as findings using (campaign_id)
join dim_compliance_rule using (rule_id)
where verdict in ('indicator', 'strong_indicator') and scope <> 'campaign'
order by campaign_message_count desc, campaign_id, findings.message_count desc, rule_id
