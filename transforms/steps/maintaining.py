"""Upkeep of the lake: small files compacted, old snapshots expired, files that no snapshot needs removed."""

from __future__ import annotations

import os

from transforms.lake import Lake
from transforms.reading import publication
from transforms.settings import Settings

RETENTION_VARIABLE = "SPAMLEDGER_RETENTION_DAYS"
DEFAULT_RETENTION_DAYS = 90


def maintain(settings: Settings) -> dict:
    """Compact and expire; landed bytes and the snapshot that readers see are never touched.

    Snapshots older than SPAMLEDGER_RETENTION_DAYS (default 90) go. Returns `expired` snapshots and `removed` files.
    """
    lake = Lake(settings.lake)
    lake.create()
    days = int(os.environ.get(RETENTION_VARIABLE, DEFAULT_RETENTION_DAYS))
    with lake.lock("build"), lake.lock("writer"), lake.attached() as con:
        con.execute("CALL ducklake_flush_inlined_data('lake')")
        con.execute("CALL ducklake_merge_adjacent_files('lake')")
        old = [
            version
            for (version,) in con.execute(
                "SELECT snapshot_id FROM ducklake_snapshots('lake') "
                "WHERE snapshot_time < now() - to_days(?) AND snapshot_id <> ? "
                "AND snapshot_id < (SELECT max(snapshot_id) FROM ducklake_snapshots('lake'))",
                [days, publication(lake).get("snapshot_id", -1)],
            ).fetchall()
        ]
        if old:
            con.execute(f"CALL ducklake_expire_snapshots('lake', versions => {old})")
        removed = con.execute(
            f"CALL ducklake_cleanup_old_files('lake', older_than => now() - INTERVAL {days} DAY)"
        ).fetchall()
    return {"expired": len(old), "removed": len(removed)}
