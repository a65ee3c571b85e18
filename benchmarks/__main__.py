"""`python -m benchmarks NAME`: throughput, growth, history, grouping or compliance; figures on standard output."""

from __future__ import annotations

import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import compliance, grouping, growth, throughput

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"


class Name(StrEnum):
    """What can be measured."""

    throughput = "throughput"
    growth = "growth"
    history = "history"
    grouping = "grouping"
    compliance = "compliance"


def main(
    name: Annotated[Name, typer.Argument(help="What to measure.")] = Name.throughput,
    messages: Annotated[int, typer.Option(help="Messages of the largest archive; of a night for history.")] = 60_000,
    seed: Annotated[int, typer.Option(help="Seed of the mail that grouping is measured on.")] = 1,
    corpora: Annotated[Path, typer.Option(help="Folder of real mail that compliance is measured on.")] = CORPORA,
) -> None:
    """Measure the pipeline on simulated mail, in a folder that is removed afterwards; compliance on real mail."""
    if name == Name.compliance:
        compliance.compare(corpora)
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
