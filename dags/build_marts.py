"""Group what came in into campaigns and rings, conclude what rules say of it, rebuild the marts of the months that
changed, judge and publish them, and write the reports of months that closed.

Months whose days are in are closed on the way.
Triggered by what the ingest DAGs announce; a run's partition is the month (or year) that was announced. Which months
changed, close or reopen is read from the lake's own deliveries and not counted from Airflow's runs: a rollup of daily
partitions would count runs, whether or not each feed delivered in them, and could not tell how late a feed may be.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG, IdentityMapper, PartitionedAssetTimetable, StartOfMonthMapper, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from wiring import DAYS, INGEST_DAGS, LAKE_WRITER, MONTHS, PUBLISHED, TASKS, YEARS

from transforms import steps
from transforms.settings import Settings

PATIENCE = timedelta(minutes=30)
UNFINISHED = ["null", "scheduled", "queued", "running", "restarting", "up_for_retry"]


def is_left_to_later(ti, inlet_events) -> bool:
    """Whether other periods are still to be announced, and readers have not waited long for these."""
    is_more_coming = any(
        ti.get_ti_count(dag_id=dag_id, task_ids=["announce"], states=UNFINISHED) for dag_id in INGEST_DAGS
    )
    return is_more_coming and datetime.now(UTC) - waiting_since(inlet_events) < PATIENCE


def waiting_since(inlet_events) -> datetime:
    """When readers last got something new; before the first publication, when the first period was announced."""
    if published := inlet_events[PUBLISHED]:
        return published[-1].timestamp
    announced = [inlet_events[asset] for asset in INGEST_DAGS.values()]
    return min((events[0].timestamp for events in announced if events), default=datetime.now(UTC) - PATIENCE)


@task(
    multiple_outputs=False,
    execution_timeout=timedelta(hours=6),
    pool=LAKE_WRITER,
    inlets=[PUBLISHED, DAYS, MONTHS, YEARS],
)
def group(*, ti, inlet_events) -> dict:
    """Campaigns and rings of what was committed: once for all periods of a backfill, if it does not take too long."""
    if is_left_to_later(ti, inlet_events):
        raise AirflowSkipException("more periods are on their way; the build after them does this one's work")
    done = steps.group(Settings.from_env())
    if done["is_held"]:
        raise AirflowFailException(f"campaigns or rings are held: {done}")
    return done


@task(multiple_outputs=False, execution_timeout=timedelta(hours=6), pool=LAKE_WRITER)
def conclude() -> dict:
    """What new texts sell, and which requirements of the law they miss; of all texts when the rules have changed."""
    done = steps.conclude(Settings.from_env())
    if done["is_held"]:
        raise AirflowFailException(f"conclusions are held: {done}")
    return done


@task(multiple_outputs=False, execution_timeout=timedelta(hours=3), pool=LAKE_WRITER)
def build() -> dict:
    """Run dbt over the months that changed."""
    return steps.build(Settings.from_env())


@task(multiple_outputs=False, execution_timeout=timedelta(hours=1), pool=LAKE_WRITER, outlets=[PUBLISHED])
def publish() -> dict:
    """Judge the marts and show them to readers, all at once; red when they are held."""
    done = steps.publish(Settings.from_env())
    if done["is_held"]:
        raise AirflowFailException(f"the marts are held: {done}")
    return done


@task(multiple_outputs=False, execution_timeout=timedelta(hours=1))
def report() -> dict:
    """Pages of the months that closed or were revised; a failure is red here, and what is published stands."""
    return steps.report(Settings.from_env())


with DAG(
    "build_marts",
    schedule=PartitionedAssetTimetable(
        assets=DAYS | MONTHS | YEARS,
        partition_mapper_config={DAYS: StartOfMonthMapper(input_format="%Y-%m-%d")},
        default_partition_mapper=IdentityMapper(),
    ),
    catchup=False,
    default_args=TASKS,
    doc_md=__doc__,
    tags=["spamledger"],
) as build_marts:
    group() >> conclude() >> build() >> publish() >> report()
