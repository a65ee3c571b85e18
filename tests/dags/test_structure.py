"""How the DAGs are built, read from Airflow's own serialized form of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from transforms.operate.airflow import DAGS, LAKE_WRITER
from transforms.operate.home import CHECKOUT
from transforms.settings import Settings

STEPS = ("land", "parse", "gate", "commit")
HEAVY = ("great_expectations", "duckdb", "dbt", "pandas", "pyarrow", "selectolax", "numpy")

READ_DAGS = """
import datetime, json
from rehearsal import read_dags
from airflow.serialization.serialized_objects import DagSerialization
first, last = (datetime.datetime(2005, *day, tzinfo=datetime.UTC) for day in ((2, 27), (3, 1)))
written = {name: DagSerialization.to_dict(dag) for name, dag in read_dags().items()}
keys = {
    name: [run.partition_key for run in DagSerialization.from_dict(dag).iter_dagrun_infos_between(first, last)]
    for name, dag in written.items() if name.startswith("ingest_")
}
print("\\n" + json.dumps({"dags": {name: dag["dag"] for name, dag in written.items()}, "keys": keys}))
"""
IMPORT_DAGS = """
import json, sys, time
import airflow.sdk
started = time.perf_counter()
import build_marts, ingest, maintain_lake
print(json.dumps({"seconds": time.perf_counter() - started, "heavy": [m for m in sys.argv[1:] if m in sys.modules]}))
"""


def _python(airflow_home, code: str, *arguments: str, path: Path) -> dict:
    environment = airflow_home.environment(Settings.from_env()) | {"PYTHONPATH": f"{CHECKOUT}:{path}"}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def read(airflow_home) -> dict:
    """The DAGs in serialized form, and the partition keys of a backfill from 2005-02-27 to 2005-03-01."""
    return _python(airflow_home, READ_DAGS, path=Path(__file__).parent)


@pytest.fixture(scope="module")
def dags(read) -> dict:
    return read["dags"]


def tasks_of(dag: dict) -> dict[str, dict]:
    """Tasks by id; a mapped task's arguments are in `partial_kwargs`."""
    tasks = [task["__var"] for task in dag["tasks"]]
    return {task["task_id"]: task | task.get("partial_kwargs", {}) for task in tasks}


def test_reading_the_dag_files_imports_nothing_heavy(airflow_home, capsys):
    read = _python(airflow_home, IMPORT_DAGS, *HEAVY, path=CHECKOUT / "dags")
    with capsys.disabled():
        print(f" [DAG files imported in {read['seconds']:.2f} s]", end="")
    assert read["heavy"] == []


def test_all_dags_are_read(dags):
    assert set(dags) == DAGS


@pytest.mark.parametrize("dag_id", ["ingest_daily", "ingest_monthly", "ingest_yearly"])
def test_ingest_is_one_chain_a_feed(dags, dag_id):
    dag = dags[dag_id]
    tasks = tasks_of(dag)
    group = dag["task_group"]["children"]["feed_chain"][1]
    assert group["is_mapped"]
    assert group["upstream_task_ids"] == ["due_feeds"]
    assert group["downstream_task_ids"] == ["announce"]
    for step, following in zip(STEPS, (*STEPS[1:], None), strict=True):
        task = tasks[f"feed_chain.{step}"]
        assert task["downstream_task_ids"] == ([f"feed_chain.{following}"] if following else ["announce"])
        assert "feed" in task["map_index_template"]
        assert task["execution_timeout"] >= 3600


def test_only_one_writer_at_a_time(dags):
    pools = {(name, task_id): task.get("pool") for name, dag in dags.items() for task_id, task in tasks_of(dag).items()}
    writers = {place for place, pool in pools.items() if pool == LAKE_WRITER}
    assert writers == {
        *((f"ingest_{cadence}", "feed_chain.commit") for cadence in ("daily", "monthly", "yearly")),
        ("build_marts", "group"),
        ("build_marts", "conclude"),
        ("build_marts", "build"),
        ("build_marts", "publish"),
        ("maintain_lake", "maintain"),
    }


def test_every_task_ends_some_time_and_is_tried_by_the_same_rules(dags):
    for dag in dags.values():
        assert not dag["catchup"]
        for task in tasks_of(dag).values():
            assert task["retries"] == 3
            assert task["has_retry_policy"]
            assert 0 < task["execution_timeout"] <= 6 * 3600


def test_a_run_is_made_for_every_period_that_ended(dags):
    timetables = {name: dag["timetable"]["__var"] for name, dag in dags.items()}
    for name, key in (("ingest_daily", "%Y-%m-%d"), ("ingest_monthly", "%Y-%m"), ("ingest_yearly", "%Y")):
        assert timetables[name]["key_format"] == key
        assert timetables[name]["run_offset"] == -1
        assert timetables[name]["expression"].startswith("0 0 ")
        assert dags[name]["max_active_runs"] == 1


def test_what_is_announced_sets_off_the_marts(dags):
    announced = {
        asset["__var"]["name"]
        for name in ("ingest_daily", "ingest_monthly", "ingest_yearly")
        for asset in tasks_of(dags[name])["announce"]["outlets"]
    }
    awaited = json.dumps(dags["build_marts"]["timetable"])
    assert announced == {"spam_by_day", "spam_by_month", "spam_by_year"}
    assert all(name in awaited for name in announced)
    assert "StartOfMonthMapper" in awaited


def test_a_backfill_includes_its_last_period(read):
    assert read["keys"] == {
        "ingest_daily": ["2005-02-27", "2005-02-28", "2005-03-01"],
        "ingest_monthly": ["2005-03"],
        "ingest_yearly": [],
    }
