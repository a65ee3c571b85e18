"""What was published, and when: for readers who ask what was known on a given night."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path

from transforms.lake import Lake, LakeMissing

MARTS_FILE = "marts.duckdb"
RECORD = "publication.json"


class NeverPublished(LakeMissing):
    """Nothing was published by that night, or not that snapshot; the message names what was."""


def publication(lake: Lake) -> dict:
    """What readers see: `snapshot_id`, `published_at`, `report`, `state`; empty when nothing is published."""
    path = lake.published / RECORD
    return json.loads(path.read_text()) if path.exists() else {}


def published(lake: Lake) -> tuple[Path, dict]:
    """The folder that readers see now, and its `publication`. Raises LakeMissing when nothing is published."""
    folder = lake.published.resolve()
    record = folder / RECORD
    if not record.exists():
        raise LakeMissing(f"{lake.root}: nothing is published here yet; run `spamledger run` first, or give --lake")
    return folder, json.loads(record.read_text())


def remember(lake: Lake, folder: Path) -> None:
    """Note a publication whose folder is about to be removed: its snapshot can be read for longer."""
    record = folder / RECORD
    if record.exists():
        with lake.past_publications.open("a") as past:
            past.write(json.dumps(json.loads(record.read_text())) + "\n")


def publications(lake: Lake) -> list[dict]:
    """Every publication that is remembered, the eldest first: `snapshot_id`, `published_at` and `report` of each."""
    past = lake.past_publications
    lines = past.read_text().splitlines() if past.exists() else []
    lines += [path.read_text() for path in sorted(lake.publications.glob(f"*/{RECORD}"))]
    by_time = {each["published_at"]: each for each in map(json.loads, lines)}
    return [by_time[at] for at in sorted(by_time)]


def publication_as_of(lake: Lake, said: str) -> dict:
    """What readers saw at the end of a day (`2005-03-01`), at an instant, or as a snapshot's number; times are UTC.

    Raises NeverPublished, which names what there is, also for a snapshot that has expired.
    """
    known = publications(lake)
    if said.isdecimal():
        found = [each for each in known if each["snapshot_id"] == int(said)]
    else:
        found = [each for each in known if datetime.fromisoformat(each["published_at"]) <= _instant(said)]
    if not found:
        lack = "that snapshot was never published" if said.isdecimal() else "nothing was published by then"
        raise NeverPublished(f"--as-of {said}: {lack}; {_what_there_is(known)}")
    if not _is_kept(lake, found[-1]["snapshot_id"]):
        raise NeverPublished(
            f"--as-of {said}: snapshot {found[-1]['snapshot_id']} has expired (SPAMLEDGER_RETENTION_DAYS); "
            + _what_there_is([each for each in known if _is_kept(lake, each["snapshot_id"])])
        )
    return found[-1]


def _instant(said: str) -> datetime:
    try:
        instant = datetime.fromisoformat(said)
    except ValueError:
        raise NeverPublished(f"--as-of {said}: give a day, such as 2005-03-01, or a snapshot's number") from None
    if len(said) <= len("2005-03-01"):
        return datetime.combine(instant, time.max)
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant


def _is_kept(lake: Lake, snapshot_id: int) -> bool:
    with lake.read() as con:
        asked = con.execute("SELECT 1 FROM ducklake_snapshots('lake') WHERE snapshot_id = ?", [snapshot_id])
        return asked.fetchone() is not None


def _what_there_is(known: list[dict]) -> str:
    if not known:
        return "no publication is known"
    told = [f"{each['snapshot_id']} ({each['published_at'][:19]})" for each in (known[0], known[-1])]
    return f"{len(known)} publications are known, snapshots {' to '.join(dict.fromkeys(told))}"
