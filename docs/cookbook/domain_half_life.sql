-- If a domain were blocked an hour, a day or a week after its first sight, how much of its mail would be stopped?
-- Asked by: who runs a block list out of traps.
-- Columns: domains by how many messages they had in all; domains seen in one message only cannot gain and are the first
--   row; half_life_hours is the median domain's time from its first to its middle message; later_… are shares of all
--   messages that came more than so long after their domain's first one. Domains of the last week may still grow.
-- Source: the worth of early listing, Pitsillidis et al., Taster's Choice, IMC 2012, section 4.4.
-- Reads: raw table urls, since marts hold no list of domains.
with linked as (
    select registrable_domain, message_key, any_value(captured_at) as captured_at
    from urls
    where registrable_domain is not null
    group by all
),
timed as (
    select
        registrable_domain,
        date_diff('second', min(captured_at) over domain, captured_at) / 3600 as age_hours,
        count(*) over domain as domain_messages
    from linked
    window domain as (partition by registrable_domain)
),
aged as (
    select
        registrable_domain,
        case when domain_messages = 1 then '1' when domain_messages < 10 then '2 to 9'
            when domain_messages < 100 then '10 to 99' else '100 and more' end as messages_of_domain,
        min(domain_messages) as message_count,
        median(age_hours) as half_life_hours,
        count(*) filter (age_hours > 1) as later_1h,
        count(*) filter (age_hours > 24) as later_1d,
        count(*) filter (age_hours > 168) as later_7d
    from timed
    group by all
)
select
    messages_of_domain,
    count(*) as domain_count,
    sum(message_count) as message_count,
    round(median(half_life_hours), 1) as half_life_hours,
    round(sum(later_1h) / sum(message_count), 4) as later_1h_share,
    round(sum(later_1d) / sum(message_count), 4) as later_1d_share,
    round(sum(later_7d) / sum(message_count), 4) as later_7d_share
from aged
group by messages_of_domain
order by min(message_count)
