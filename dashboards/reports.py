"""Reports of gates: where they lie, and their bytes."""

from __future__ import annotations

from pathlib import Path

LARGEST = 20_000_000
"""Bytes of a report that is handed out."""


def find(lake: Path, report: str | None) -> Path | None:
    """A report's file, when it is a page below the lake's reports folder, and not larger than LARGEST."""
    if not report or "\0" in report:
        return None
    folder = (lake / "reports").resolve()
    try:
        path = (folder / report).resolve()
        is_there = path.is_file() and path.suffix == ".html" and path.stat().st_size <= LARGEST
    except OSError:
        return None
    return path if is_there and path.is_relative_to(folder) else None
