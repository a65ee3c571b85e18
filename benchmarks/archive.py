"""Simulated mail in one monthly archive, made once for each size."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from transforms.simulate import SCENARIOS, simulate

MONTH = date(2005, 4, 1)


def archive_of(folder: Path, message_count: int) -> tuple[Path, Path]:
    """The catalogue and the archive, `trap-a/2005-04.mbox.gz`, of a month of about that many messages."""
    archive = folder / "trap-a" / f"{MONTH:%Y-%m}.mbox.gz"
    feeds = folder / "monthly.toml"
    if not feeds.exists():
        simulate(SCENARIOS["benchmark"](seed=7, message_count=message_count), folder)
        with archive.open("wb") as whole:
            for day in sorted(archive.parent.glob("*-*-*.mbox.gz")):
                with day.open("rb") as part:
                    shutil.copyfileobj(part, whole)
                day.unlink()
        feeds.write_text((folder / "feeds.toml").read_text().replace("{date}", "{year}-{month}"))
    return feeds, archive
