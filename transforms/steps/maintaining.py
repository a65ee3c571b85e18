"""Upkeep of the lake: small files compacted, old snapshots expired, files that no snapshot needs removed."""

from __future__ import annotations

import os

from transforms.lake import Lake
from transforms.publications import publication
from transforms.settings import Settings, SettingWrong
from transforms.steps.building import candidate_state

RETENTION_VARIABLE = "SPAMLEDGER_RETENTION_DAYS"
DEFAULT_RETENTION_DAYS = 90


def maintain(settings: Settings) -> dict:
    """Compact and expire; landed bytes and the snapshot that readers see are never touched.

    Snapshots older than SPAMLEDGER_RETENTION_DAYS (default 90) go. Returns `expired` snapshots and `removed` files.
    """
    lake = Lake(settings.lake)
    lake.create()
    days = _retention_days()
    with lake.lock("build"), lake.lock("writer"), lake.attached() as con:
        con.execute("CALL ducklake_flush_inlined_data('lake')")
        con.execute("CALL ducklake_merge_adjacent_files('lake')")
        old = [
            version
            for (version,) in con.execute(
                "SELECT snapshot_id FROM ducklake_snapshots('lake') "
                "WHERE snapshot_time < now() - to_days(?) AND NOT list_contains(?, snapshot_id) "
                "AND snapshot_id < (SELECT max(snapshot_id) FROM ducklake_snapshots('lake'))",
                [days, _needed(lake)],
            ).fetchall()
        ]
        if old:
            con.execute(f"CALL ducklake_expire_snapshots('lake', versions => {old})")
        removed = con.execute(
            f"CALL ducklake_cleanup_old_files('lake', older_than => now() - INTERVAL {days} DAY)"
        ).fetchall()
    return {"expired": len(old), "removed": len(removed)}


def _needed(lake: Lake) -> list[int]:
    """Snapshots that readers see, or will see once the marts that wait for their gate have passed it."""
    return [state["snapshot_id"] for state in (publication(lake), candidate_state(lake)) if state]


def _retention_days() -> int:
    given = os.environ.get(RETENTION_VARIABLE, str(DEFAULT_RETENTION_DAYS))
    if not given.isdecimal():
        raise SettingWrong(f"{RETENTION_VARIABLE} is {given!r}: give days, such as {DEFAULT_RETENTION_DAYS}")
    return int(given)
