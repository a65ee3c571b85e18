-- How fast do campaigns change their domains?
-- Asked by: who wonders whether blocking domains hurts a campaign.
-- Columns: registrable domains that the campaign's messages link to; half of them were seen for at most
--   median_domain_days (last less first sight); one_day_share of them on a single day; new_domains_per_week counts over
--   the campaign's whole life, a week at least; messages_per_domain is what a domain was good for.
-- Reads: raw table campaign_indicators (one row a load, campaign and domain), since marts hold no list of domains.
with domains as (
    select
        campaign_id,
        value as registrable_domain,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at,
        sum(message_count) as message_count
    from campaign_indicators
    join campaign_ids using (assigned_campaign_id)
    where kind = 'registrable_domain'
    group by all
)
select
    campaign_id,
    any_value(campaigns.message_count) as message_count,
    date_diff('day', any_value(campaigns.first_seen_at), any_value(campaigns.last_seen_at)) as lifetime_days,
    count(*) as domain_count,
    round(median(date_diff('second', domains.first_seen_at, domains.last_seen_at)) / 86400, 1) as median_domain_days,
    round(avg((domains.first_seen_at::date = domains.last_seen_at::date)::int), 3) as one_day_share,
    round(count(*) / greatest(1, any_value(date_diff('day', campaigns.first_seen_at, campaigns.last_seen_at)) / 7), 2)
        as new_domains_per_week,
    round(sum(domains.message_count) / count(*), 1) as messages_per_domain
from domains
join campaigns using (campaign_id)
group by campaign_id
order by message_count desc, campaign_id
