-- When was each advertised domain first and last seen, by whom, and how often?
-- Asked by: who keeps a block list, or asks a registrar.
-- Columns: registrable domains of links (never open them); seen_days are days from first to last; feeds are those that
--   saw it; campaign_count the campaigns whose messages link to it.
-- Reads: raw table urls, since marts hold no list of domains.
with linked as (
    select registrable_domain, message_key, any_value(feed) as feed, any_value(captured_at) as captured_at
    from urls
    where registrable_domain is not null
    group by all
)
select
    registrable_domain,
    min(captured_at) as first_seen_at,
    max(captured_at) as last_seen_at,
    date_diff('day', min(captured_at), max(captured_at)) as seen_days,
    count(*) as message_count,
    list_sort(list(distinct feed)) as feeds,
    count(distinct campaign_id) as campaign_count
from linked
left join (select message_key, campaign_id from campaign_members) using (message_key)
group by registrable_domain
order by message_count desc, registrable_domain
