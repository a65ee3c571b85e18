"""`spamledger …`: the steps of the pipeline from the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from transforms.settings import Settings

EXIT_HELD, EXIT_USAGE, EXIT_UNREACHABLE = 1, 2, 3

app = typer.Typer(
    name="spamledger",
    help="Nightly spam feeds to tables that an analyst can stand on.",
    epilog="Exit codes: 0 done, 1 a gate held something, 2 wrong use or configuration, 3 a source was out of reach.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Lake = Annotated[
    Path | None, typer.Option(envvar="SPAMLEDGER_LAKE", help="Folder of the lake.", show_default="var/lake")
]
Feeds = Annotated[
    Path | None, typer.Option(envvar="SPAMLEDGER_FEEDS", help="Catalogue of feeds.", show_default="feeds.toml")
]
FeedName = Annotated[str | None, typer.Option("--feed", help="Only this feed, whether it is enabled or not.")]
Day = Annotated[datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="A day of the period.")]
First = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")]
Last = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.", show_default="--from")]


@app.callback()
def _settings(context: typer.Context, lake: Lake = None, feeds: Feeds = None) -> None:
    context.obj = Settings.from_env(lake, feeds)


@app.command()
def run(context: typer.Context, first: First, last: Last = None, feed: FeedName = None) -> None:
    """Land, parse, gate, build and publish a range of days, in order. Safe to repeat."""
    from transforms import commands

    raise typer.Exit(commands.run(context.obj, first.date(), (last or first).date(), feed))


@app.command()
def land(context: typer.Context, first: First, last: Last = None, feed: FeedName = None) -> None:
    """Pull files, byte for byte, with a receipt for each."""
    _each(context, "land", first, last, feed)


@app.command()
def parse(
    context: typer.Context,
    first: First,
    last: Last = None,
    feed: FeedName = None,
    again: Annotated[bool, typer.Option(help="Parse committed loads again too, with today's rules.")] = False,
) -> None:
    """Turn landed bytes into staged rows."""
    _each(context, "parse", first, last, feed, **({"again": True} if again else {}))


@app.command()
def gate(context: typer.Context, first: First, last: Last = None, feed: FeedName = None) -> None:
    """Judge staged rows; commit the loads that pass, hold the others."""
    _each(context, "gate", first, last, feed)


@app.command()
def build(context: typer.Context) -> None:
    """Rebuild the marts of the months that changed."""
    from transforms import commands

    raise typer.Exit(commands.build(context.obj))


@app.command()
def publish(context: typer.Context) -> None:
    """Judge the marts and show them to readers, all at once."""
    from transforms import commands

    raise typer.Exit(commands.publish(context.obj))


@app.command()
def release(
    context: typer.Context,
    load_id: Annotated[str, typer.Argument(help="A held load, as `status` names it.")],
    because: Annotated[str, typer.Option(help="Why its rows may be counted all the same; kept in gate_results.")],
) -> None:
    """Commit a held load in spite of its gate, with the reason on record."""
    from transforms import commands

    raise typer.Exit(commands.release(context.obj, load_id, because))


@app.command()
def maintain(context: typer.Context) -> None:
    """Compact small files and expire old snapshots."""
    from transforms import commands

    raise typer.Exit(commands.maintain(context.obj))


@app.command()
def docs(context: typer.Context) -> None:
    """Write one static page that describes every mart and column."""
    from transforms import commands

    raise typer.Exit(commands.docs(context.obj))


@app.command()
def up(
    context: typer.Context,
    folder: Annotated[Path, typer.Option(help="Airflow's own folder.")] = Path("var/airflow"),
) -> None:
    """Run Airflow's scheduler and UI in the foreground, for real nights."""
    from transforms import commands

    raise typer.Exit(commands.up(context.obj, folder))


@app.command()
def demo(folder: Annotated[Path, typer.Option(help="Folder of the demonstration.")] = Path("var/demo")) -> None:
    """Simulate a year of spam and run the real DAGs over it; the second time, show what was found."""
    from transforms.demo import demo as show

    raise typer.Exit(show(folder.resolve()))


@app.command()
def status(context: typer.Context) -> None:
    """Show feeds, months, held loads, and what readers see."""
    from transforms import commands

    raise typer.Exit(commands.status(context.obj))


@app.command()
def verify(context: typer.Context) -> None:
    """Hash every landed file again and count every table again against `loads`."""
    from transforms import commands

    raise typer.Exit(commands.verify(context.obj))


@app.command()
def sql(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="One SELECT; `-` reads it from standard input.")],
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
) -> None:
    """Ask the published tables, read-only: every mart and raw table by its bare name."""
    from transforms import commands

    raise typer.Exit(commands.sql(context.obj, sys.stdin.read() if query == "-" else query, form))


@app.command()
def simulate(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Folder to write feeds, their feeds.toml and the truth to.")],
    scenario: Annotated[str, typer.Option(help="year, quality or benchmark; see docs/architecture.md.")] = "year",
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    messages: Annotated[int | None, typer.Option(help="About how many; not for `year`, which has 40,000.")] = None,
) -> None:
    """Write realistic feeds with known truth: rings, campaigns, forgeries, late mail, a court's order."""
    from transforms import commands

    raise typer.Exit(commands.simulate(out, scenario, seed, messages))


def _each(context: typer.Context, verb: str, first: datetime, last: datetime | None, feed: str | None, **extra) -> None:
    from transforms import commands

    raise typer.Exit(commands.each(context.obj, verb, first.date(), (last or first).date(), feed, **extra))


@contextmanager
def _failures() -> Iterator[None]:
    """What a user can mend is said in a sentence, not in a traceback."""
    try:
        yield
    except KeyboardInterrupt:
        from transforms.console import err

        err.print("[yellow]stopped; nothing is half done: run the same command again[/]")
        sys.exit(130)
    except Exception as failure:
        from transforms.console import complain
        from transforms.failures import exit_code_of

        code = exit_code_of(failure)
        if code is None:
            raise
        complain(f"{type(failure).__name__}:", failure)
        sys.exit(code)


def main() -> None:
    """The `spamledger` command."""
    with _failures():
        app()


if __name__ == "__main__":
    main()
