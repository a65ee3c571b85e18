with source as (
    select * from {{ source('raw', 'deliveries') }}
),

renamed as (
    select
        delivery_id,
        feed,
        load_date,
        outcome,
        pulled_at
    from source
)

select * from renamed
