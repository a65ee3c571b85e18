"""An operator's decision to count a held load all the same, on record."""

from __future__ import annotations

from transforms import steps
from transforms.clock import now
from transforms.identity import new_id
from transforms.lake import Lake
from transforms.settings import Settings
from transforms.steps.batch import Batch
from transforms.steps.gating import write_verdict


class NotHeld(Exception):
    """The load that is to be released is not held."""


def release(settings: Settings, load_id: str, because: str) -> dict:
    """Stage the held load again and commit it; `because` becomes a row of `gate_results`.

    Returns what `commit` returns. Raises NotHeld.
    """
    with Lake(settings.lake).read() as con:
        found = con.execute("SELECT feed, load_date FROM loads WHERE load_id = ? AND status = 'held'", [load_id])
        place = found.fetchone()
        if place is None:
            held = [name for (name,) in con.execute("SELECT load_id FROM loads WHERE status = 'held'").fetchall()]
            raise NotHeld(f"{load_id} is not held; held are: {', '.join(held) or 'none'}")
    feed, load_date = place
    batch = Batch.of(settings, feed, load_date)
    others = [load["load_id"] for load in batch.loads("landed", "held") if load["load_id"] != load_id]
    steps.parse(settings, feed, load_date, without=others)
    with batch.lock():
        write_verdict(batch.staging, [load_id], [], [], [_row(feed, load_date, load_id, because)])
    return steps.commit(settings, feed, load_date)


def _row(feed: str, load_date, load_id: str, because: str) -> dict:
    return {
        "gate_run_id": new_id(),
        "gate": "release",
        "feed": feed,
        "load_date": load_date,
        "load_ids": load_id,
        "table_name": "loads",
        "expectation": "released by an operator",
        "severity": "warning",
        "is_success": True,
        "observed": because,
        "evaluated_at": now(),
    }
