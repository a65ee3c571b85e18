with source as (
    select * from {{ source('raw', 'templates') }}
),

renamed as (
    select
        template_id,
        assigned_campaign_id,
        message_key,
        first_seen_at,
        subject,
        script
    from source
)

select * from renamed
