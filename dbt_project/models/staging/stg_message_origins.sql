with source as (
    select * from {{ source('raw', 'message_origins') }}
),

renamed as (
    select
        message_key,
        feed,
        captured_at,
        cast(date_trunc('month', captured_at) as date) as month,
        origin_ip,
        origin_confidence,
        origin_findings,
        asn,
        as_name,
        country_code,
        header_verdict
    from source
)

select * from renamed
