"""`python -m benchmarks NAME`: throughput, growth, history or grouping in figures; reading shows campaigns."""

from __future__ import annotations

import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import grouping, growth, reading, throughput


class Name(StrEnum):
    """What can be measured."""

    throughput = "throughput"
    growth = "growth"
    history = "history"
    grouping = "grouping"
    reading = "reading"


def main(
    name: Annotated[Name, typer.Argument(help="What to measure.")] = Name.throughput,
    messages: Annotated[int, typer.Option(help="Messages of the largest archive; of a night for history.")] = 60_000,
    seed: Annotated[int, typer.Option(help="Seed of the mail that grouping is measured on, or of what is read.")] = 1,
    lake: Annotated[Path | None, typer.Option(help="Lake whose campaigns are to be read.")] = None,
) -> None:
    """Measure the pipeline on simulated mail, in a folder that is removed afterwards; or read campaigns of a lake."""
    if name == Name.reading:
        if lake is None:
            raise typer.BadParameter("reading needs --lake")
        reading.show(lake, seed)
        return
    with tempfile.TemporaryDirectory(prefix="spamledger-bench-") as place:
        folder = Path(place)
        if name == Name.throughput:
            throughput.compare(folder, messages)
        elif name == Name.growth:
            growth.with_size(folder, [messages // 10, messages // 3, messages])
        elif name == Name.grouping:
            grouping.compare(folder, messages, seed)
        else:
            growth.with_history(folder, messages)


if __name__ == "__main__":
    typer.run(main)
