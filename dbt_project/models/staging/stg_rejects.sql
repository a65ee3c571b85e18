with source as (
    select * from {{ source('raw', 'rejects') }}
),

renamed as (
    select
        load_id,
        feed,
        load_date,
        position,
        level,
        reason
    from source
)

select * from renamed
