with source as (
    select * from {{ source('raw', 'ring_links') }}
),

renamed as (
    select
        campaign_id,
        other_campaign_id,
        kind,
        value,
        weight,
        campaign_count,
        first_seen_at,
        last_seen_at
    from source
)

select * from renamed
