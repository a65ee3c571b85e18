"""Station 5: the marts pass their gate and are shown to readers, all at once.

A publication is a folder of its own: `marts.duckdb`, one Parquet file a mart, and the snapshot of the lake that they
were made from. `published` is a link to the newest one, replaced in one step; the file of the night before stays
whole for those who have it open.
"""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime
from pathlib import Path

from expectations.gate import judge_marts
from transforms import interruption
from transforms.clock import now
from transforms.lake import Lake, LakeMissing, describe, new_file, parquet
from transforms.publications import MARTS_FILE, RECORD, publication, remember
from transforms.reading import ALIASES
from transforms.settings import Settings
from transforms.steps.building import candidate_state
from transforms.steps.gating import keep_verdict
from transforms.tables.shown import PUBLICATION

STORAGE_VERSION = "v1.0.0"
KEPT_PUBLICATIONS = 3


def publish(settings: Settings) -> dict:
    """Judge the marts that the last build left, and publish them.

    Returns `is_held`, the gate's `report`, and the `snapshot_id` that readers now see. What is published already is
    not judged again.
    """
    lake = Lake(settings.lake)
    with lake.lock("build"):
        built = candidate_state(lake)
        if not built:
            raise LakeMissing(f"{lake.root}: no marts to publish; run `spamledger build` first")
        shown = publication(lake)
        if shown.get("state") == built["state"] and shown["snapshot_id"] == built["snapshot_id"]:
            return {"is_held": False, "changed": False, "report": None, "snapshot_id": shown["snapshot_id"]}
        verdict = judge_marts(lake.candidates, lake.reports)
        interruption.check()
        with lake.write() as con:
            keep_verdict(con, verdict)
        if not verdict.is_held:
            _swap_in(lake, built | {"published_at": now().isoformat(), "report": verdict.report})
    return {
        "is_held": verdict.is_held,
        "changed": not verdict.is_held,
        "report": verdict.report,
        "snapshot_id": built["snapshot_id"],
    }


def _swap_in(lake: Lake, built: dict) -> None:
    at = datetime.fromisoformat(built["published_at"])
    folder = lake.publications / f"{at:%Y%m%dT%H%M%S%f}-{built['snapshot_id']}"
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    marts = [path for path in sorted(lake.candidates.glob("*.parquet")) if path.stem != "message_totals"]
    for path in marts:
        shutil.copy2(path, part)
    _write_marts_file(part / MARTS_FILE, marts, _comments(lake), built)
    (part / RECORD).write_text(json.dumps(built, indent=2))
    os.replace(part, folder)
    link = lake.root / "published.part"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.relative_to(lake.root), target_is_directory=True)
    os.replace(link, lake.published)
    for old in sorted(lake.publications.iterdir())[:-KEPT_PUBLICATIONS]:
        remember(lake, old)
        shutil.rmtree(old)


def _write_marts_file(path: Path, marts: list[Path], comments: list[tuple[str, str | None, str]], built: dict) -> None:
    present = {mart.stem for mart in marts}  # an older build's candidates hold fewer
    aliases = {alias: mart for alias, mart in ALIASES.items() if mart in present}
    with new_file(path) as con:
        for mart in marts:
            con.execute(f"CREATE TABLE {mart.stem} AS FROM {parquet(mart)}")
        for alias, mart in aliases.items():
            con.execute(f"CREATE VIEW {alias} AS FROM {mart}")
        columns = PUBLICATION.columns
        con.execute(f"CREATE TABLE publication ({', '.join(f'{c.name} {c.sql_type}' for c in columns)})")
        con.execute(
            f"INSERT INTO publication VALUES ({', '.join(f'${c.name}' for c in columns)})",
            {c.name: built[c.name] for c in columns},
        )
        named = [(alias, *each) for alias, mart in aliases.items() for name, *each in comments if name == mart]
        describe(con, [*comments, *PUBLICATION.comments()])
        describe(con, named, "VIEW")


def _comments(lake: Lake) -> list[tuple[str, str | None, str]]:
    """What dbt wrote beside the marts: table, column (none for the table itself), description."""
    with lake.read() as con:
        return con.execute(
            "SELECT table_name, NULL, comment FROM duckdb_tables() WHERE schema_name = 'marts' AND comment IS NOT NULL "
            "UNION ALL SELECT table_name, column_name, comment FROM duckdb_columns() "
            "WHERE schema_name = 'marts' AND comment IS NOT NULL"
        ).fetchall()
