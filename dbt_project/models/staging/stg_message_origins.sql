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
        spf_result,
        dmarc_result,
        header_verdict,
        header_reason,
        header_rule_version
    from source
)

select * from renamed
