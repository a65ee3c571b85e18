with source as (
    select * from {{ source('raw', 'campaign_lineage') }}
),

renamed as (
    select
        campaign_id,
        merged_into
    from source
)

select * from renamed
