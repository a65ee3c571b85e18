with source as (
    select * from {{ source('raw', 'template_findings') }}
),

renamed as (
    select
        template_id,
        rule_id,
        rule_version,
        purpose,
        verdict,
        reason
    from source
)

select * from renamed
