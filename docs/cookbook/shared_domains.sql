-- Which domains, telephone numbers or wallets do several campaigns share?
-- Asked by: an investigator who looks for who is behind them.
-- Columns: value is an indicator out of spam (never open it); ring_count is 1 where all campaigns that hold it are of one
--   ring, and more where it was taken for common: by a list, or because too many share it.
-- Reads: raw table campaign_indicators, since marts hold no indicators.
select
    kind,
    value,
    count(distinct campaign_id) as campaign_count,
    count(distinct ring_id) as ring_count,
    sum(indicators.message_count) as message_count,
    min(indicators.first_seen_at) as first_seen_at,
    max(indicators.last_seen_at) as last_seen_at
from campaign_indicators as indicators
join campaign_ids using (assigned_campaign_id)
join campaigns using (campaign_id)
where kind in ('registrable_domain', 'phone', 'drop_box', 'wallet', 'affiliate_id')
group by kind, value
having campaign_count > 1
order by campaign_count desc, message_count desc, kind, value
