"""Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table_of(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a header and rows of equal width; pipes in cells are escaped, also inside code."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |\n" for line in lines)


def code(text: str) -> str:
    """Text in a code span."""
    return f"`{text}`"
