-- Built whole every time, from verdicts: a few hundred rows a night.
with verdicts as (
    select * from {{ ref('stg_gate_results') }}
),

loads as (
    select * from {{ ref('stg_loads') }}
),

judged as (
    select distinct gate_run_id, unnest(string_split(load_ids, ',')) as load_id
    from verdicts
    where load_ids is not null
),

judged_loads as (
    select
        judged.gate_run_id,
        count(*) as load_count,
        count(*) filter (where loads.load_status = 'held') as held_load_count
    from judged
    inner join loads on judged.load_id = loads.load_id
    group by judged.gate_run_id
)

select
    verdicts.gate_run_id,
    max(verdicts.evaluated_at) as evaluated_at,
    any_value(verdicts.gate) as gate,
    any_value(verdicts.feed) as feed,
    any_value(verdicts.load_date) as load_date,
    count(*) as expectation_count,
    count(*) filter (where not verdicts.is_success and verdicts.severity = 'critical') as critical_failure_count,
    count(*) filter (where not verdicts.is_success and verdicts.severity = 'warning') as warning_failure_count,
    coalesce(
        list(
            verdicts.table_name || ': ' || verdicts.expectation
            order by verdicts.severity, verdicts.table_name, verdicts.expectation
        ) filter (where not verdicts.is_success),
        []
    ) as failed_expectations,
    any_value(verdicts.report) as report,
    coalesce(any_value(judged_loads.load_count), 0) as load_count,
    coalesce(any_value(judged_loads.held_load_count), 0) as held_load_count
from verdicts
left join judged_loads on verdicts.gate_run_id = judged_loads.gate_run_id
group by verdicts.gate_run_id
