-- What would a complaint against the largest ring say, requirement by requirement?
-- Asked by: a prosecutor. Findings are indicators for a court to judge, and nothing more: docs/compliance.md.
-- Columns: messages of the ring by verdict of each rule, T1 and E1 asked of the ring as a whole; missed_share is that of
--   messages with any indicator; reason is that of most messages with an indicator.
-- Source: CAN-SPAM, 15 U.S.C. 7704; the provision is in citation.
-- Reads: marts.
with asked as (
    select max_by(ring_id, (message_count, ring_id)) as ring_id from rings
)
select
    ring_id,
    rule_id,
    title,
    findings.citation,
    message_count,
    indicator_count,
    strong_indicator_count,
    pass_count,
    not_applicable_count + not_determinable_count as undecided_count,
    round((indicator_count + strong_indicator_count) / message_count, 4) as missed_share,
    campaign_count,
    reason
from asked
join ring_findings as findings using (ring_id)
join dim_compliance_rule using (rule_id)
order by missed_share desc, rule_id
