-- V2 and V3 of each campaign: they aggravate an indicator under 7704(a), and are asked only where there is one.
with campaign_ids as (
    select * from {{ ref('campaign_ids') }}
),

indicated as (
    select
        campaign_id,
        bool_or(
            rule_id in ('H1', 'S1', 'O1', 'A1', 'P1') and verdict in ('indicator', 'strong_indicator')
        ) as has_indicator
    from {{ ref('int_campaign_verdicts') }}
    group by campaign_id
),

recipients as (
    select
        campaign_ids.campaign_id,
        max(daily.hour_trap_address_count) as hour_trap_address_count,
        max(daily.generated_count) as generated_count
    from {{ ref('int_recipients_daily') }} as daily
    inner join campaign_ids on daily.assigned_campaign_id = campaign_ids.assigned_campaign_id
    group by campaign_ids.campaign_id
),

-- The month with most messages: how many of the trap addresses that its feeds knew then it wrote to.
known as (
    select month, feed, trap_address_count from {{ ref('mart_volume_monthly') }}
),

reached as (
    select
        monthly.campaign_id,
        monthly.month,
        any_value(monthly.message_count) as message_count,
        any_value(monthly.trap_address_count) as trap_address_count,
        sum(known.trap_address_count) as known_trap_address_count
    from (select *, unnest(feeds) as feed from {{ ref('mart_campaigns_monthly') }}) as monthly
    inner join known on monthly.month = known.month and monthly.feed = known.feed
    group by monthly.campaign_id, monthly.month
    qualify row_number() over (
        partition by monthly.campaign_id order by any_value(monthly.message_count) desc, monthly.month
    ) = 1
),

senders as (
    select
        campaign_ids.campaign_id,
        count(distinct from_address) as account_count,
        bool_and(standing = 'failed') as is_all_failed
    from {{ ref('int_free_mail_senders_daily') }} as daily
    inner join campaign_ids on daily.assigned_campaign_id = campaign_ids.assigned_campaign_id
    group by campaign_ids.campaign_id
),

-- How the accounts are spelled: letters and digits by their kind.
spelled as (
    select campaign_id, max(account_count) as alike_count
    from (
        select
            campaign_ids.campaign_id,
            regexp_replace(
                regexp_replace(split_part(from_address, '@', 1), '\pL+', 'a', 'g'), '[0-9]+', '0', 'g'
            ) || '@' || split_part(from_address, '@', 2) as spelling,
            count(distinct from_address) as account_count
        from {{ ref('int_free_mail_senders_daily') }} as daily
        inner join campaign_ids on daily.assigned_campaign_id = campaign_ids.assigned_campaign_id
        where from_address is not null
        group by all
    )
    group by campaign_id
),

facts as (
    select
        indicated.campaign_id,
        indicated.has_indicator,
        coalesce(recipients.generated_count, 0) as generated_count,
        coalesce(recipients.hour_trap_address_count, 0) as hour_trap_address_count,
        reached.trap_address_count,
        reached.known_trap_address_count,
        coalesce(
            reached.message_count >= 50 and reached.known_trap_address_count >= 50
            and reached.trap_address_count <= 0.05 * reached.known_trap_address_count,
            false
        ) as is_narrow,
        senders.account_count,
        senders.is_all_failed,
        coalesce(senders.account_count >= 20 and spelled.alike_count >= 0.8 * senders.account_count, false) as is_alike
    from indicated
    left join recipients on indicated.campaign_id = recipients.campaign_id
    left join reached on indicated.campaign_id = reached.campaign_id
    left join senders on indicated.campaign_id = senders.campaign_id
    left join spelled on indicated.campaign_id = spelled.campaign_id
),

of_recipients as (
    select
        campaign_id,
        'V2' as rule_id,
        case
            when not has_indicator then 'not_applicable'
            when generated_count >= 3 then 'strong_indicator'
            when generated_count > 0 or hour_trap_address_count >= 50 then 'indicator'
            when is_narrow then 'pass'
            else 'not_determinable'
        end as verdict,
        case
            when not has_indicator then 'no message of it has an indicator under 7704(a)'
            when generated_count > 0 then format(
                'runs of recipients that look generated, in {:,} of the messages of one source on one day', generated_count
            )
            when hour_trap_address_count >= 50 then format(
                'one source wrote to {:,} trap addresses within an hour', hour_trap_address_count
            )
            when is_narrow then format(
                'in its busiest month it reached {:,} of {:,} trap addresses again and again',
                trap_address_count, cast(known_trap_address_count as bigint)
            )
            else 'recipients are known by keyed hashes alone, and too few of them are of one source'
        end as reason
    from facts
),

of_senders as (
    select
        campaign_id,
        'V3' as rule_id,
        case
            when not has_indicator or account_count is null then 'not_applicable'
            when is_alike then 'strong_indicator'
            when account_count >= 5 then 'indicator'
            when account_count > 0 or is_all_failed then 'pass'
            else 'not_determinable'
        end as verdict,
        case
            when not has_indicator then 'no message of it has an indicator under 7704(a)'
            when account_count is null then 'it was not sent from free-mail addresses'
            when account_count >= 5 then format(
                'sent from {:,} free-mail accounts that passed authentication{}',
                account_count, case when is_alike then ', most of them spelled alike' else '' end
            )
            when account_count > 0 or is_all_failed then
                'few of its free-mail addresses, or none, are accounts that it was truly sent from'
            else 'its free-mail addresses were not authenticated: they may be forged'
        end as reason
    from facts
)

select * from of_recipients
union all
select * from of_senders
