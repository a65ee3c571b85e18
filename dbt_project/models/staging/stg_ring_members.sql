with source as (
    select * from {{ source('raw', 'ring_members') }}
),

renamed as (
    select
        campaign_id,
        ring_id
    from source
)

select * from renamed
