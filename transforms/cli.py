"""`spamledger …`: the steps of the pipeline from the command line."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from transforms import interruption
from transforms.ending import explained_end
from transforms.settings import Settings

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
FeedName = Annotated[
    str | None, typer.Option("--feed", help="Only this feed, enabled or not.", show_default="all enabled feeds")
]
First = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day, such as 2005-03-01.")]
Last = Annotated[
    datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, today at most.", show_default="--from")
]


@app.callback()
def _settings(context: typer.Context, lake: Lake = None, feeds: Feeds = None) -> None:
    context.obj = Settings.from_env(lake, feeds)


@app.command()
def run(context: typer.Context, first: First, last: Last = None, feed: FeedName = None) -> None:
    """Land, parse, gate, group, conclude, build, publish a range of days; safe to repeat. Makes the lake if need be."""
    from transforms import ranges

    raise typer.Exit(ranges.run(context.obj, first.date(), (last or first).date(), feed))


@app.command()
def land(context: typer.Context, first: First, last: Last = None, feed: FeedName = None) -> None:
    """Pull files, byte for byte, with a receipt for each; makes the lake if there is none."""
    _each(context, "land", first, last, feed)


@app.command()
def parse(
    context: typer.Context,
    first: First,
    last: Last = None,
    feed: FeedName = None,
    again: Annotated[
        bool, typer.Option("--again", help="Parse committed loads again too, with today's rules.")
    ] = False,
) -> None:
    """Turn landed bytes into rows that wait for their gate."""
    _each(context, "parse", first, last, feed, **({"again": True} if again else {}))


@app.command()
def gate(context: typer.Context, first: First, last: Last = None, feed: FeedName = None) -> None:
    """Judge the rows that wait; commit the loads that pass, hold the others."""
    _each(context, "gate", first, last, feed)


@app.command()
def group(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Group everything anew by the rules of today.")] = False,
) -> None:
    """Put committed messages into campaigns, and campaigns into rings."""
    from transforms import commands

    raise typer.Exit(commands.group(context.obj, every))


@app.command()
def networks(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(help="Tables of networks, the best first; a later one fills what those before it do not know."),
    ],
) -> None:
    """Keep tables of networks in the lake: from them an origin has its autonomous system and country.

    Read are .mmdb, .csv and .tsv (also .gz), packages of npm and PyPI that
    hold one, and .parquet that was kept before; docs/networks.md says where to
    get them. The next run looks up all messages in the new table.
    """
    from transforms import commands

    raise typer.Exit(commands.networks(context.obj, files))


@app.command()
def conclude(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Conclude everything anew by the rules of today.")] = False,
) -> None:
    """Conclude what campaigns sell, and which requirements of the law their mail misses."""
    from transforms import commands

    raise typer.Exit(commands.conclude(context.obj, every))


@app.command()
def build(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Make every mart anew from the raw tables, all months.")] = False,
) -> None:
    """Rebuild the marts of the months that changed."""
    from transforms import commands

    raise typer.Exit(commands.build(context.obj, every))


@app.command()
def publish(context: typer.Context) -> None:
    """Judge the marts and show them to readers, all at once."""
    from transforms import commands

    raise typer.Exit(commands.publish(context.obj))


@app.command()
def report(
    context: typer.Context,
    month: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m"], help="Such as 2005-03; an open one is marked as open.", show_default="all due"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File or folder to write to.", show_default="reports/months in the lake")
    ] = None,
) -> None:
    """Write the page of each month that closed since, for print or mail; or of the one that is named."""
    from transforms import commands

    raise typer.Exit(commands.report(context.obj, month.date() if month else None, out))


@app.command()
def release(
    context: typer.Context,
    load_id: Annotated[str, typer.Argument(help="A held load, as `spamledger status` names it.")],
    because: Annotated[str, typer.Option(help="Why its rows may be counted all the same; kept in gate_results.")],
) -> None:
    """Commit a held load in spite of its gate, the reason on record; then `group` to `publish` show it."""
    from transforms import commands

    raise typer.Exit(commands.release(context.obj, load_id, because))


@app.command()
def maintain(context: typer.Context) -> None:
    """Compact small files; expire snapshots older than SPAMLEDGER_RETENTION_DAYS (90)."""
    from transforms import commands

    raise typer.Exit(commands.maintain(context.obj))


@app.command()
def docs(context: typer.Context) -> None:
    """Write one static page, reports/marts.html in the lake, that describes every mart and column."""
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
def dashboard(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8501,
) -> None:
    """Show the published tables as pages in a browser, http://127.0.0.1:8501 by default, until Ctrl-C."""
    from transforms import commands

    raise typer.Exit(commands.dashboard(context.obj, port))


@app.command()
def demo(folder: Annotated[Path, typer.Option(help="Folder of the demonstration.")] = Path("var/demo")) -> None:
    """Simulate a year of spam, run the real DAGs over it and show what was found; the second time, only show it."""
    from transforms.demo import demo as show

    raise typer.Exit(show(folder.resolve()))


@app.command()
def status(context: typer.Context) -> None:
    """Show feeds, months, what is held and why, warnings, and what readers see."""
    from transforms import commands

    raise typer.Exit(commands.status(context.obj))


@app.command()
def verify(context: typer.Context) -> None:
    """Hash every landed file again and count every table again against `loads`."""
    from transforms import commands

    raise typer.Exit(commands.verify(context.obj))


@app.command(context_settings={"ignore_unknown_options": True})  # a query may begin with a comment: --
def sql(
    context: typer.Context,
    query: Annotated[
        str | None,
        typer.Argument(help="One SELECT; `-` reads it from standard input.", show_default="on a terminal, a shell"),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    as_of: Annotated[
        str | None,
        typer.Option(
            help="A day, such as 2005-03-01, or a snapshot's number: what readers saw at the end of that day, UTC.",
            show_default="now",
        ),
    ] = None,
) -> None:
    """Ask the published tables, read-only: every mart and raw table by its bare name."""
    from transforms import commands

    is_given = query is not None and query != "-"
    text = query if is_given else None if query is None and sys.stdin.isatty() else sys.stdin.read()
    raise typer.Exit(commands.sql(context.obj, text, form, as_of))


@app.command()
def simulate(
    out: Annotated[Path, typer.Option(help="Folder to write feeds, their feeds.toml and the truth to.")],
    scenario: Annotated[str, typer.Option(help="year, quality or benchmark.")] = "year",
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    messages: Annotated[
        int | None,
        typer.Option(min=1, help="About how many, at least one a day; not for year.", show_default="the scenario's"),
    ] = None,
) -> None:
    """Write realistic feeds with known truth: rings, campaigns, forgeries, late mail, a court's order.

    year: about 40,000 messages: a trap's monthly archives, 2004-07 to 2005-06,
    and a week of nightly files of two more. What the demonstration shows.

    quality: 100,000 messages, many campaigns and rings: two traps, nightly,
    2005-03-01 to 2005-05-31. What grouping is measured on.

    benchmark: 1,000,000 messages: one busy trap, nightly, 2005-04-01 to
    2005-04-30. What speed is measured on.
    """
    from transforms import commands

    raise typer.Exit(commands.simulate(out, scenario, seed, messages))


def _each(context: typer.Context, verb: str, first: datetime, last: datetime | None, feed: str | None, **extra) -> None:
    from transforms import ranges

    raise typer.Exit(ranges.each(context.obj, verb, first.date(), (last or first).date(), feed, **extra))


def main() -> None:
    """The `spamledger` command."""
    interruption.watch()
    with explained_end():
        app()


if __name__ == "__main__":
    main()
