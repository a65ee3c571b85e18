with source as (
    select * from {{ source('raw', 'month_events') }}
),

renamed as (
    select
        event_id,
        month,
        event,
        occurred_at
    from source
)

select * from renamed
