-- Do two feeds see campaigns in the same proportions?
-- Asked by: who wants to tell from one feed how large a campaign is.
-- Columns: of the feeds' messages of campaigns in the days compared: variation_distance is half the sum of the
--   differences between a campaign's shares in the two feeds, 0 (the same) to 1 (nothing in common);
--   kendall_tau_b compares the campaigns' order by messages, ties allowed for, among those that both saw: 1 the same
--   order, -1 the reverse; empty with fewer than two, or when a feed has all of them equally often.
-- Source: Pitsillidis et al., Taster's Choice, IMC 2012, section 4.3; Kendall 1945 for tau-b.
-- Reads: marts.
with asked as (  -- the days on which all feeds were there, of the newest month in which most feeds were
    select max(first_date) as first_date, min(last_date) as last_date
    from (
        select feed, min(captured_date) as first_date, max(captured_date) as last_date
        from fct_messages_daily
        where date_trunc('month', captured_date) = (
            select max(month) from mart_months where feed_count = (select max(feed_count) from mart_months)
        )
        group by feed
    )
),
seen as (
    select feed, campaign_id, sum(message_count) as message_count
    from asked
    join fct_campaign_daily on captured_date between first_date and last_date
    group by all
),
shares as (
    select *, message_count / sum(message_count) over (partition by feed) as share from seen
),
traps as (
    select distinct feed from seen
),
pairs as (
    select one.feed, other.feed as other_feed from traps as one join traps as other on one.feed < other.feed
),
every as (  -- each pair of feeds with each campaign that either saw
    select
        pairs.feed,
        pairs.other_feed,
        campaign_id,
        max(shares.message_count) filter (shares.feed = pairs.feed) as x,
        max(shares.message_count) filter (shares.feed = pairs.other_feed) as y,
        coalesce(max(share) filter (shares.feed = pairs.feed), 0) as p,
        coalesce(max(share) filter (shares.feed = pairs.other_feed), 0) as q
    from pairs
    join shares on shares.feed in (pairs.feed, pairs.other_feed)
    group by all
),
distances as (
    select
        feed,
        other_feed,
        count(*) as campaign_count,
        count(*) filter (x is not null and y is not null) as shared_count,
        sum(abs(p - q)) / 2 as variation_distance
    from every
    group by all
),
orders as (  -- each pair of campaigns that both feeds saw: which comes first in the one feed, and which in the other
    select feed, other_feed, sign(one.x - other.x) as by_x, sign(one.y - other.y) as by_y
    from every as one
    join every as other using (feed, other_feed)
    where one.campaign_id < other.campaign_id
        and one.x is not null and one.y is not null and other.x is not null and other.y is not null
),
taus as (
    select
        feed,
        other_feed,
        sum(by_x * by_y) / nullif(sqrt(sum(abs(by_x))::double * sum(abs(by_y))), 0) as kendall_tau_b
    from orders
    group by all
)
select
    feed,
    other_feed,
    campaign_count,
    shared_count,
    round(variation_distance, 6) as variation_distance,
    round(kendall_tau_b, 6) as kendall_tau_b
from distances
left join taus using (feed, other_feed)
order by feed, other_feed
