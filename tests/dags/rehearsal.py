"""Run DAGs without a scheduler and print what became of them, as JSON, in the last line.

Arguments: a JSON list of [dag_id, conf], and `played` to have the steps played: each feed meets the fate in its name.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from unittest import mock

from transforms import steps
from transforms.catalogue import CatalogueError
from transforms.fetch import SourceUnreachable
from transforms.operate.home import CHECKOUT


def land(settings, feed, load_date):
    """A source that never answers, and a catalogue that is wrong."""
    if feed == "silent":
        raise SourceUnreachable("the server does not answer")
    if feed == "miswritten":
        raise CatalogueError("feeds.toml: unknown key")
    return {"outcomes": {"landed": 1}, "load_ids": [f"{feed}-{load_date}"]}


def commit(settings, feed, load_date):
    """A gate that held one feed's load."""
    load_ids = [f"{feed}-{load_date}"]
    published, held = ([], load_ids) if feed == "held" else (load_ids, [])
    return {"published": published, "held": held, "reports": []}


def play() -> None:
    """Put the steps above, and some that do nothing, in the place of the real ones."""
    steps.land, steps.commit = land, commit
    steps.parse = steps.gate = lambda settings, feed, load_date: {}
    steps.group = steps.conclude = steps.build = lambda settings: {"changed": True, "is_held": False}
    steps.report = lambda settings: {"reports": []}
    steps.publish = lambda settings: {"is_held": True, "changed": False, "report": "reports/marts", "snapshot_id": 1}


def read_dags() -> dict:
    """The DAGs, read as Airflow reads its dags folder."""
    from airflow.dag_processing.dagbag import BundleDagBag

    folder = CHECKOUT / "dags"
    return BundleDagBag(dag_folder=str(folder), bundle_path=folder, bundle_name="dags-folder").dags


def rehearse(dag_id: str, conf: dict) -> dict:
    """One run; retries do not wait."""
    dag = read_dags()[dag_id]
    for task in dag.tasks:
        task.retry_delay = timedelta(0)
        task.retry_exponential_backoff = 0
    with mock.patch("time.sleep"):  # a second between any two tasks
        run = dag.test(run_conf=conf)
    tasks = run.get_task_instances()
    return {
        "state": run.state,
        "tasks": {f"{ti.task_id}[{ti.rendered_map_index or ''}]": [ti.state, ti.try_number] for ti in tasks},
    }


if __name__ == "__main__":
    if "played" in sys.argv:
        play()
    print("\n" + json.dumps([rehearse(*plan) for plan in json.loads(sys.argv[1])]))
