with source as (
    select * from {{ source('raw', 'templates') }}
),

renamed as (
    select
        template_id,
        assigned_campaign_id,
        method,
        similarity,
        matched_template_id,
        evidence,
        message_key,
        first_seen_at,
        subject,
        excerpt,
        script
    from source
)

select * from renamed
