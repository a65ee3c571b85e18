"""Compact small files and expire old snapshots, every Sunday at 06:00 UTC."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG, CronTriggerTimetable, task
from wiring import LAKE_WRITER, TASKS

from transforms import steps
from transforms.settings import Settings


@task(multiple_outputs=False, execution_timeout=timedelta(hours=6), pool=LAKE_WRITER)
def maintain() -> dict:
    """Keep the lake's files few and its history bounded."""
    return steps.maintain(Settings.from_env())


with DAG(
    "maintain_lake",
    schedule=CronTriggerTimetable("0 6 * * 0", timezone="UTC", run_immediately=timedelta(0)),
    catchup=False,
    max_active_runs=1,
    default_args=TASKS,
    doc_md=__doc__,
    tags=["spamledger"],
) as maintain_lake:
    maintain()
