"""The audit: every landed byte hashed again, every table counted again against `loads`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from transforms.lake import Lake
from transforms.publications import publication
from transforms.reading import published_tables
from transforms.settings import Settings
from transforms.steps.verifying_conclusions import conclusion_findings, conclusion_notes
from transforms.steps.verifying_groups import group_findings, group_notes
from transforms.steps.verifying_origins import origin_findings

_COUNTS = """
    SELECT l.load_id, l.found_count, l.parsed_count, l.rejected_count, coalesce(m.n, 0), coalesce(r.n, 0)
    FROM loads l
    LEFT JOIN (SELECT load_id, count(*) AS n FROM messages GROUP BY ALL) m USING (load_id)
    LEFT JOIN (SELECT load_id, count(*) AS n FROM rejects GROUP BY ALL) r USING (load_id)
    WHERE l.status = 'published' ORDER BY l.load_id
"""
_CHILDREN = """
    SELECT coalesce(sum(url_count), 0), coalesce(sum(attachment_count), 0), coalesce(sum(hop_count), 0),
        (SELECT count(*) FROM urls), (SELECT count(*) FROM attachments), (SELECT count(*) FROM received_hops)
    FROM messages
"""
_STRAYS = "SELECT DISTINCT load_id FROM {table} ANTI JOIN (FROM loads WHERE status = 'published') USING (load_id)"


def verify(settings: Settings, progress=None) -> dict:
    """Audit the lake.

    `progress(done_bytes, total_bytes)` is called as files are hashed. Returns `findings` (one sentence for each thing
    that does not add up; empty when every landed byte is accounted for), `notes` (held loads), and totals.
    """
    lake = Lake(settings.lake)
    with lake.read() as con:
        loads = con.execute("SELECT * FROM loads ORDER BY load_id").to_arrow_table().to_pylist()
        findings = [*_unread(loads), *_counts(con), *_children(con), *_strays(con), *group_findings(con)]
        findings += [*origin_findings(con), *conclusion_findings(con)]
        waiting = [*group_notes(con), *conclusion_notes(con)]
    findings += [*_bytes(lake, loads, progress), *_orphans(lake, loads), *_marts(lake)]
    held = [load["load_id"] for load in loads if load["status"] == "held"]
    return {
        "findings": findings,
        "notes": [f"{load_id} is held by its gate: its bytes are landed, its rows are not counted" for load_id in held]
        + waiting,
        "load_count": len(loads),
        "file_bytes": sum(load["file_bytes"] for load in loads),
        "message_count": sum(load["parsed_count"] or 0 for load in loads if load["status"] == "published"),
    }


def _unread(loads: list[dict]) -> Iterator[str]:
    for load in loads:
        if load["status"] == "landed":
            yield f"{load['load_id']} is landed and not parsed; run `spamledger run` for {load['load_date']}"


def _counts(con) -> Iterator[str]:
    for load_id, found, parsed, rejected, messages, rejects in con.execute(_COUNTS).fetchall():
        if found != parsed + rejected:
            yield f"{load_id}: found {found} is not parsed {parsed} + rejected {rejected}"
        if (messages, rejects) != (parsed, rejected):
            yield f"{load_id}: messages holds {messages} of {parsed} rows, rejects {rejects} of {rejected}"


def _children(con) -> Iterator[str]:
    said = con.execute(_CHILDREN).fetchone()
    for name, expected, counted in zip(("urls", "attachments", "received_hops"), said[:3], said[3:], strict=True):
        if expected != counted:
            yield f"{name} holds {counted} rows, messages say {expected}"


def _strays(con) -> Iterator[str]:
    for table in ("messages", "received_hops", "urls", "attachments", "rejects"):
        for (load_id,) in con.execute(_STRAYS.format(table=table)).fetchall():
            yield f"{table} holds rows of {load_id}, which is no published load"


def _bytes(lake: Lake, loads: list[dict], progress) -> Iterator[str]:
    total, done = sum(load["file_bytes"] for load in loads), 0
    for load in loads:
        path = lake.landed(load["feed"], load["sha256"])
        if not path.exists():
            yield f"{load['load_id']}: its landed file {path} is gone"
        elif path.stat().st_size != load["file_bytes"] or _sha256(path) != load["sha256"]:
            yield f"{load['load_id']}: its landed file {path} is not what was pulled"
        done += load["file_bytes"]
        if progress:
            progress(done, total)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _orphans(lake: Lake, loads: list[dict]) -> Iterator[str]:
    known = {lake.landed(load["feed"], load["sha256"]) for load in loads}
    for path in sorted((lake.root / "landed").rglob("*")):
        if path.is_file() and path not in known:
            yield f"{path}: landed without a receipt"


def _marts(lake: Lake) -> Iterator[str]:
    if not publication(lake):
        return
    with published_tables(lake) as con:
        marts, messages = con.execute(
            "SELECT (SELECT coalesce(sum(message_count), 0) FROM mart_volume_monthly), (SELECT count(*) FROM messages)"
        ).fetchone()
    if marts != messages:
        yield f"mart_volume_monthly counts {marts} messages, messages holds {messages}"
