with source as (
    select * from {{ source('raw', 'campaign_indicators') }}
),

renamed as (
    select
        assigned_campaign_id,
        kind,
        value,
        message_count
    from source
)

select * from renamed
