"""An archive to published tables, all gates on, beside the same messages through other parsers, and the limit."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from benchmarks import peers
from benchmarks.archive import MONTH, archive_of
from benchmarks.measure import Cost, measured
from transforms import steps
from transforms.feeds import read_container
from transforms.settings import Settings

STATIONS = ("land", "parse", "gate", "commit")


def compare(folder: Path, message_count: int) -> None:
    """Print rates and ratios for one month of simulated mail."""
    feeds, archive = archive_of(folder, message_count)
    costs, count = night(Settings(folder / "lake", feeds), MONTH)
    total = sum(cost.wall_seconds for cost in costs.values())
    peak = max(cost.peak_bytes for cost in costs.values())
    print(f"{count:,} messages, {archive.stat().st_size / 1e6:,.0f} MB packed")
    for name, cost in costs.items():
        _print(name, cost, count, total)
    others = sum(cost.cpu_seconds for name, cost in costs.items() if name != "conclude")
    print(f"  origins, categories and rules add {costs['conclude'].cpu_seconds / others:.0%} of processor to the rest")
    print(f"spamledger        {count / total:8,.0f} messages/s, peak {peak / 1e9:.2f} GB in all processes")
    for name, parser in peers.PEERS.items():
        out = folder / name.replace(" ", "-")
        out.mkdir(exist_ok=True)
        with measured(watch_memory=False) as cost:
            peers.run(parser, archive, out)
        ratio = cost.wall_seconds / total
        print(f"{name:17} {count / cost.wall_seconds:8,.0f} messages/s; ours is {ratio:.2f} times as fast")
    with measured(watch_memory=False) as limit:
        for found in read_container(archive, archive.name, "mbox"):
            hashlib.sha256(found.content).digest()
    print(f"limit             {count / limit.wall_seconds:8,.0f} messages/s on one core: decompress, split, SHA-256")


def night(settings: Settings, load_date: date, feed: str = "trap-a") -> tuple[dict[str, Cost], int]:
    """Every step of one period; the cost of each, and the messages found."""
    costs: dict[str, Cost] = {}
    count = 0
    for name in STATIONS:
        with measured() as costs[name]:
            done = getattr(steps, name)(settings, feed, load_date)
        count += done.get("found", 0)
    for name in ("group", "conclude", "build", "publish"):
        with measured() as costs[name]:
            getattr(steps, name)(settings)
    return costs, count


def _print(name: str, cost: Cost, count: int, total: float) -> None:
    share = cost.wall_seconds / total
    each = 1e6 * cost.cpu_seconds / count
    print(f"  {name:8} {cost.wall_seconds:7.1f} s {share:5.0%}  {each:7.1f} µs of processor a message")
