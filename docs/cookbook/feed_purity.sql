-- How clean is what each feed brings, and what does it cost to keep?
-- Asked by: who chooses feeds.
-- Columns: all that the feed ever brought: messages, the share of broken or repeated ones among what was found, the
--   share that carries a link, belongs to a campaign, or came late; bytes per message.
-- Source: after purity, Pitsillidis et al., Taster's Choice, IMC 2012, section 4.1, by what a trap alone can tell: whether
--   a domain lives is not asked, since nothing here ever follows a link.
-- Reads: marts.
with found as (
    select feed, sum(received_count) as found_count, sum(duplicate_count) as duplicate_count,
        sum(rejected_count) - sum(duplicate_count) as broken_count
    from mart_feed_health_daily
    group by feed
),
brought as (
    select feed, sum(message_count) as message_count, sum(message_bytes) as message_bytes,
        sum(url_message_count) as url_count, sum(defective_message_count) as defective_count,
        sum(late_message_count) as late_count
    from fct_messages_daily
    group by feed
),
grouped as (
    select feed, sum(message_count) as campaign_count from fct_campaign_daily group by feed
)
select
    feed,
    found_count,
    message_count,
    round(broken_count / found_count, 4) as broken_share,
    round(duplicate_count / found_count, 4) as repeated_share,
    round(url_count / message_count, 4) as linked_share,
    round(coalesce(campaign_count, 0) / message_count, 4) as campaign_share,
    round(defective_count / message_count, 4) as defective_share,
    round(late_count / message_count, 4) as late_share,
    round(message_bytes / message_count) as bytes_per_message
from brought
left join found using (feed)
left join grouped using (feed)
where message_count > 0
order by feed
