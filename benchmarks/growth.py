"""How cost grows: with the messages of a night, and with those that the lake holds already."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

from benchmarks.archive import MONTH, archive_of
from benchmarks.throughput import night
from transforms.settings import Settings
from transforms.simulate import SCENARIOS, simulate


def with_size(folder: Path, counts: list[int]) -> None:
    """Print time and memory for archives of several sizes, and the exponent of growth between the ends."""
    points = []
    for wanted in counts:
        feeds, _ = archive_of(folder / str(wanted), wanted)
        costs, count = night(Settings(folder / str(wanted) / "lake", feeds), MONTH)
        seconds = sum(cost.wall_seconds for cost in costs.values())
        peak = max(cost.peak_bytes for cost in costs.values())
        points.append((count, seconds))
        print(f"{count:10,} messages {seconds:8.1f} s {count / seconds:7,.0f}/s, peak {peak / 1e9:.2f} GB")
    (n1, t1), (n2, t2) = points[0], points[-1]
    print(f"exponent {math.log(t2 / t1) / math.log(n2 / n1):.2f}")


def with_history(folder: Path, daily_count: int, days: int = 30) -> None:
    """Print what the last night of a month costs beside the first, of about as many messages each."""
    simulate(SCENARIOS["benchmark"](seed=8, message_count=daily_count * days), folder)
    settings = Settings(folder / "lake", folder / "feeds.toml")
    each = []
    for day in range(1, days + 1):
        costs, count = night(settings, date(2005, 4, day))
        each.append(sum(cost.wall_seconds for cost in costs.values()) / count)
    early, late = sum(each[1:4]) / 3, sum(each[-3:]) / 3
    print(
        f"a message in nights 2 to 4 {1e6 * early:,.0f} µs, in the last three {1e6 * late:,.0f} µs: {late / early:.2f}"
    )
