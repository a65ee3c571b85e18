"""`python -m benchmarks COMMAND`: what the pipeline costs and how right it is; figures on standard output.

Simulated mail lies in a folder that is removed afterwards; real mail is read where `--corpora` says.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)

Messages = Annotated[int, typer.Option(help="Simulated messages.")]
Seed = Annotated[int, typer.Option(help="Seed of the simulated mail.")]
Corpora = Annotated[Path, typer.Option(help="Folder with the archives of real mail.")]
CORPORA = Path(__file__).parents[2] / "shared" / "corpora"


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="spamledger-bench-") as place:
        yield Path(place)


@app.command()
def throughput(messages: Messages = 60_000) -> None:
    """An archive to published tables, beside other parsers on the same bytes."""
    from benchmarks.throughput import compare

    with _folder() as folder:
        compare(folder, messages)


@app.command()
def growth(messages: Messages = 60_000) -> None:
    """Time and memory for archives up to that size."""
    from benchmarks.growth import with_size

    with _folder() as folder:
        with_size(folder, [messages // 10, messages // 3, messages])


@app.command()
def history(messages: Annotated[int, typer.Option(help="Simulated messages a night.")] = 2_000) -> None:
    """The last night of a month beside the first ones."""
    from benchmarks.growth import with_history

    with _folder() as folder:
        with_history(folder, messages)


@app.command()
def grouping(messages: Messages = 40_000, seed: Seed = 1) -> None:
    """Campaigns and rings against the truth, with and without each kind of evidence; beside datasketch and TLSH."""
    from benchmarks.grouping import compare

    with _folder() as folder:
        compare(folder, messages, seed)


@app.command()
def grouping_growth(messages: Messages = 1_000_000, seed: Seed = 1) -> None:
    """What grouping costs for a tenth, a third and all of so many messages."""
    from benchmarks.grouping_growth import with_size

    with _folder() as folder:
        with_size(folder, seed, [messages // 10, messages // 3, messages])


@app.command()
def grouping_history(messages: Messages = 100_000, seed: Seed = 1, known: int = 5_000_000) -> None:
    """What grouping a night costs on an index of so many known messages, beside the same night on an empty one."""
    from benchmarks.grouping_growth import with_index

    with _folder() as folder:
        with_index(folder, seed, messages, known)


@app.command()
def reading(
    lake: Annotated[Path, typer.Option(help="Lake whose campaigns are shown.", exists=True)], seed: Seed = 1
) -> None:
    """The largest campaigns of a lake and some small ones, with a few members each, for a person to judge."""
    from benchmarks.reading import show

    show(lake, seed)


@app.command()
def origin(messages: Messages = 30_000, seed: Seed = 1, corpora: Corpora = CORPORA) -> None:
    """Received fields on real mail, and origins on simulated chains of known truth."""
    from benchmarks.origin import compare

    compare(corpora, messages, seed)


@app.command()
def categories(corpora: Corpora = CORPORA) -> None:
    """What real templates sell, against labels given by hand."""
    from benchmarks.categories import compare

    compare(corpora)


@app.command()
def compliance(corpora: Corpora = CORPORA) -> None:
    """How often each rule says what, on real mail."""
    from benchmarks.compliance import compare

    compare(corpora)


@app.command()
def pages(
    lake: Annotated[Path, typer.Option(help="Lake whose publication is shown.", exists=True)] = Path("var/demo/lake"),
) -> None:
    """How long each page of the dashboard takes in a headless Chromium."""
    from benchmarks.pages import compare

    compare(lake)


if __name__ == "__main__":
    app()
