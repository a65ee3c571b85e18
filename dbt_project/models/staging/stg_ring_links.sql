with source as (
    select * from {{ source('raw', 'ring_links') }}
),

renamed as (
    select
        campaign_id,
        other_campaign_id,
        kind,
        value,
        weight
    from source
)

select * from renamed
