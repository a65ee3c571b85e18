-- Every message counts once: the marts' totals are the rows of messages.
with totals as (
    select
        (select count(*) from {{ ref('stg_messages') }}) as messages,
        (select coalesce(sum(message_count), 0) from {{ ref('mart_volume_monthly') }}) as monthly,
        (select coalesce(sum(message_count), 0) from {{ ref('fct_messages_daily') }}) as daily
)

select * from totals where messages <> monthly or messages <> daily
