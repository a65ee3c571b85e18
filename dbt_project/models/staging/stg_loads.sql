with source as (
    select * from {{ source('raw', 'loads') }}
),

renamed as (
    select
        load_id,
        feed,
        load_date,
        file_bytes,
        pulled_at,
        status as load_status,
        found_count,
        parsed_count
    from source
)

select * from renamed
