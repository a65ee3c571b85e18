with source as (
    select * from {{ source('raw', 'gate_results') }}
),

renamed as (
    select
        gate_run_id,
        gate,
        feed,
        load_date,
        table_name,
        expectation,
        severity,
        is_success
    from source
)

select * from renamed
