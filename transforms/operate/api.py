"""The few calls of Airflow's REST interface that starting it and filling in a range of days take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from transforms.operate.home import USER, Home

FINISHED = ("success", "failed")


@dataclass(frozen=True)
class Run:
    """A run of a DAG; `key` is its partition: a day, month or year."""

    dag_id: str
    key: str | None
    state: str
    run_id: str

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen in it."""
        return self.state in FINISHED


class Api:
    """A session with the REST interface of a running Airflow."""

    def __init__(self, home: Home):
        self.home = home
        self._http = httpx.Client(base_url=home.url, timeout=30, trust_env=False)

    def is_healthy(self) -> bool:
        """Whether tasks can be served, and the scheduler and the DAG processor say that they are at work.

        The first call to the tasks' interface takes seconds, in which the other processes start.
        """
        try:
            tasks = self._http.get("/execution/health")
            answer = self._http.get("/api/v2/monitor/health")
        except httpx.TransportError:
            return False
        if tasks.is_error or answer.is_error:
            return False
        states = answer.json()
        return all(states[part]["status"] == "healthy" for part in ("metadatabase", "scheduler", "dag_processor"))

    def sign_in(self) -> None:
        """Get a token for the calls below."""
        answer = self._http.post("/auth/token", json={"username": USER, "password": self.home.password()})
        token = answer.raise_for_status().json()["access_token"]
        self._http.headers["Authorization"] = f"Bearer {token}"

    def dag_ids(self) -> set[str]:
        """The DAGs that Airflow has read so far."""
        return {dag["dag_id"] for dag in self._get("/api/v2/dags", limit=100)["dags"]}

    def import_errors(self) -> list[str]:
        """What is wrong with DAG files that could not be read."""
        errors = self._get("/api/v2/importErrors", limit=100)["import_errors"]
        return [f"{error['filename']}: {error['stack_trace']}" for error in errors]

    def add_pool(self, name: str, slots: int, description: str) -> None:
        """Make a pool; one that exists keeps the slots that its owner gave it."""
        body = {"name": name, "slots": slots, "description": description, "include_deferred": False}
        answer = self._http.post("/api/v2/pools", json=body)
        if answer.status_code != httpx.codes.CONFLICT:
            answer.raise_for_status()

    def backfill(self, dag_id: str, first: date, last: date) -> None:
        """Make a run for each period of the range that has none that succeeded; they are run in order."""
        body = {
            "dag_id": dag_id,
            "from_date": f"{first}T00:00:00Z",
            "to_date": f"{last}T00:00:00Z",
            "reprocess_behavior": "failed",
            "max_active_runs": 1,
        }
        self._http.post("/api/v2/backfills", json=body).raise_for_status()

    def runs(self) -> list[Run]:
        """All runs of all DAGs, oldest first."""
        found: list[dict[str, Any]] = []
        while True:
            page = self._get("/api/v2/dags/~/dagRuns", limit=100, offset=len(found), order_by="id")
            found += page["dag_runs"]
            if len(found) >= page["total_entries"] or not page["dag_runs"]:
                return [Run(row["dag_id"], row["partition_key"], row["state"], row["dag_run_id"]) for row in found]

    def is_everything_built(self) -> bool:
        """Whether every period that an ingest run announced has set off a build."""
        events = self._get("/api/v2/assets/events", limit=100, order_by="-timestamp")["asset_events"]
        return all(event["created_dagruns"] for event in events if event["source_dag_id"].startswith("ingest_"))

    def _get(self, path: str, **query: Any) -> dict[str, Any]:
        return self._http.get(path, params=query).raise_for_status().json()
