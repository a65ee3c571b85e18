with source as (
    select * from {{ source('raw', 'feeds') }}
),

renamed as (
    select
        feed,
        description,
        licence,
        cadence,
        expected_daily_count,
        late_days,
        is_enabled
    from source
)

select * from renamed
