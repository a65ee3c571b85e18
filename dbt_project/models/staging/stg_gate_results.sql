with source as (
    select * from {{ source('raw', 'gate_results') }}
),

renamed as (
    select
        gate_run_id,
        gate,
        feed,
        load_date,
        load_ids,
        table_name,
        expectation,
        severity,
        is_success,
        report,
        evaluated_at
    from source
)

select * from renamed
