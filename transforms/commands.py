"""What each command does with the steps: progress while they run, findings when they end, an exit code.

Those over a range of days are in `transforms.ranges`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from transforms import console, interruption, steps
from transforms.lake import Lake
from transforms.publications import published
from transforms.ranges import short
from transforms.reading import NotAQuery, published_tables, query
from transforms.settings import Settings
from transforms.status import overview
from transforms.steps.documenting import document
from transforms.steps.keeping_networks import keep as keep_networks
from transforms.steps.releasing import release as release_load
from transforms.steps.verifying import verify as verify_lake


def group(settings: Settings, is_full: bool = False) -> int:
    """Campaigns and rings of what is not grouped yet, or of everything."""
    Lake(settings.lake).must_exist()
    with console.err.status("messages are grouped") as status:
        done = steps.group(settings, is_full, status.update)
    interruption.check()
    if done["is_held"]:
        console.complain("held", f"see {settings.lake}/reports/{done['report']}; readers see the last night")
        return 1
    counts = f"{done['messages']:,} messages grouped, {done['campaigns_merged']:,} campaigns merged"
    console.say(f"{counts}, {done['rings']:,} rings" if done["changed"] else "all is grouped")
    return 0


def networks(settings: Settings, files: list[Path]) -> int:
    """Tables of networks, kept for tracing."""
    Lake(settings.lake).must_exist()
    with console.err.status("tables of networks are read"):
        kept = keep_networks(settings, files)
    console.say(f"{kept['ranges']:,} ranges kept: {kept['version']}; the next run looks up all messages in them")
    return 0


def conclude(settings: Settings, is_full: bool = False) -> int:
    """Categories and findings of what has none by the rules of today, or of everything."""
    Lake(settings.lake).must_exist()
    with console.err.status("templates are read") as status:
        done = steps.conclude(settings, is_full, status.update)
    interruption.check()
    if done["is_held"]:
        console.complain("held", f"see {settings.lake}/reports/{done['report']}; readers see the last night")
        return 1
    counts = f"{done['messages']:,} messages traced, {done['templates']:,} templates read"
    console.say(counts if done["changed"] else "all is concluded")
    return 0


def build(settings: Settings, is_full: bool = False) -> int:
    """The marts of the months that changed, or of all."""
    Lake(settings.lake).must_exist()
    with console.err.status("dbt builds the marts"):
        built = steps.build(settings, is_full=is_full)
    interruption.check()
    rebuilt, closed = (short([month[:7] for month in built[key]]) for key in ("months", "closed"))
    console.say(f"months rebuilt: {rebuilt}; closed: {closed}")
    return 0


def publish(settings: Settings) -> int:
    """The marts, judged and swapped in."""
    Lake(settings.lake).must_exist()
    with console.err.status("the marts are judged"):
        published = steps.publish(settings)
    interruption.check()
    if published["is_held"]:
        console.complain("held", f"see {settings.lake}/reports/{published['report']}; readers see the last night")
        return 1
    console.say(f"readers see snapshot {published['snapshot_id']}")
    return report(settings)


def report(settings: Settings, month: date | None = None, out: Path | None = None) -> int:
    """The pages of months that closed, or of one that is named."""
    Lake(settings.lake).must_exist()
    with console.err.status("reports are written"):
        pages = steps.report(settings, month, out)["reports"]
    interruption.check()
    for page in pages:
        console.say(f"report: {page}")
    if not pages:
        console.say("every closed month has its report")
    return 0


def release(settings: Settings, load_id: str, because: str) -> int:
    """A held load, committed by decision."""
    released = release_load(settings, load_id, because)
    console.say(f"committed {short(released['published'])}; run `spamledger group`, `conclude`, `build`, `publish`")
    return 0


def maintain(settings: Settings) -> int:
    """Compaction and expiry."""
    Lake(settings.lake).must_exist()
    with console.err.status("small files are compacted, old snapshots expired"):
        done = steps.maintain(settings)
    interruption.check()
    console.say(f"{done['expired']} old snapshots expired, {done['removed']} files removed")
    return 0


def docs(settings: Settings) -> int:
    """The page that describes the marts."""
    Lake(settings.lake).must_exist()
    with console.err.status("dbt describes the marts"):
        page = document(settings)
    console.say(page)
    return 0


def up(settings: Settings, folder: Path) -> int:
    """Airflow, until Ctrl-C."""
    from transforms.operate.nights import up as run_airflow

    run_airflow(settings, folder, console.err)
    return 0


def dashboard(settings: Settings, port: int) -> int:
    """The pages, in place of this process, until Ctrl-C."""
    from transforms.operate.pages import serve

    published(Lake(settings.lake))
    serve(settings, port)


def verify(settings: Settings) -> int:
    """The audit of the lake."""
    with Progress(TextColumn("hash"), BarColumn(), DownloadColumn(), console=console.err, transient=True) as bar:
        task = bar.add_task("", total=None)
        audit = verify_lake(settings, lambda done, total: bar.update(task, completed=done, total=total))
    for note in audit["notes"]:
        console.complain("note", note, "yellow")
    for finding in audit["findings"]:
        console.complain("wrong", finding)
    verdict = "does not add up" if audit["findings"] else "every landed byte is accounted for"
    console.say(
        f"{audit['load_count']} loads, {audit['file_bytes']:,} bytes, {audit['message_count']:,} messages: {verdict}"
    )
    return 1 if audit["findings"] else 0


def sql(settings: Settings, text: str | None, form: str, as_of: str | None = None) -> int:
    """One query on what is published, or was `as_of` a night; without a text a shell for many."""
    if form not in list(console.Format):
        console.complain("refused:", f"--format {form}: choose one of {', '.join(console.Format)}")
        return 2
    with published_tables(Lake(settings.lake), as_of) as con:
        if text is None:
            _converse(con, console.Format(form))
            return 0
        try:
            console.result(query(con, text), console.Format(form))
        except (duckdb.Error, NotAQuery) as failure:
            console.complain("refused:", failure)
            return 2
    return 0


def _converse(con: duckdb.DuckDBPyConnection, form: console.Format) -> None:
    from transforms.shell import converse

    shown = con.execute("SELECT snapshot_id, strftime(published_at, '%Y-%m-%d %H:%M') FROM publication").fetchone()
    console.say("snapshot {}, published {} UTC; the same until you leave".format(*shown))
    converse(con, form)


def status(settings: Settings) -> int:
    """Feeds, months, what is held, warnings, and what readers see; 1 when something is held."""
    seen = overview(settings)
    console.tables(seen.tables)
    for line in seen.lines:
        console.say(line)
    return 1 if seen.has_held else 0


def simulate(out: Path, name: str, seed: int, messages: int | None) -> int:
    """Synthetic feeds, with progress by message."""
    from transforms.simulate import SCENARIOS
    from transforms.simulate import simulate as write_feeds

    if name not in SCENARIOS:
        console.complain("refused:", f"--scenario {name}: choose one of {', '.join(SCENARIOS)}")
        return 2
    if messages is not None and name == "year":
        console.complain("refused:", "--messages goes with quality and benchmark; year always has about 40,000")
        return 2
    scenario = SCENARIOS[name](seed, **({} if messages is None else {"message_count": messages}))
    columns = SpinnerColumn(), TextColumn("{task.completed:,.0f} messages"), TimeElapsedColumn()
    with Progress(*columns, console=console.err, transient=True) as bar:
        task = bar.add_task("", total=None)
        summary = write_feeds(scenario, out, lambda more: bar.advance(task, more))
    console.say(
        f"{summary.message_count:,} messages in {summary.file_count} files, {summary.late_count:,} of them late "
        f"and {summary.duplicate_count:,} delivered twice; catalogue: {summary.feeds_file}"
    )
    if messages is not None and summary.message_count > 1.5 * messages:
        console.say(f"{messages} were asked for: {name} has at least one message a day")
    return 0
