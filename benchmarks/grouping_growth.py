"""What grouping costs as there are more messages, and as more are known already.

The mail is simulated once and then multiplied: see `multiplied`.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.grouping import parsed_lake
from benchmarks.measure import measured
from benchmarks.multiplied import multiply_history, multiply_messages
from transforms import steps
from transforms.campaigns.features import RULES_VERSION
from transforms.lake import Lake
from transforms.settings import Settings

BASE = 50_000
_TONIGHT = 1_000_000
"""Number of the first copy that is tonight's mail."""
_AS_GROUPED = """
    INSERT INTO grouped_loads BY NAME
    SELECT load_id, committed_at, 0 AS message_count, committed_at AS grouped_at, $rules AS rules_version FROM loads
"""


def with_size(folder: Path, seed: int, counts: list[int]) -> None:
    """Print time and memory of grouping so many messages at once, and the exponent of growth between the ends."""
    base = parsed_lake(folder / "base", BASE, seed)
    points = []
    for wanted in counts:
        with _copy_of(base) as settings:
            multiply_messages(Lake(settings.lake), range(1, round(wanted / BASE)))
            points.append(_grouped(settings))
    (n1, t1), (n2, t2) = points[0], points[-1]
    print(f"exponent {math.log(t2 / t1) / math.log(n2 / n1):.2f}")


def with_index(folder: Path, seed: int, messages: int, known: int) -> None:
    """Print what a night costs on an index that knows nothing, on one of `known` messages, and the ratio."""
    base = parsed_lake(folder / "base", BASE, seed)
    tonight = range(_TONIGHT, _TONIGHT + max(1, round(messages / BASE)))
    with _copy_of(base) as settings:
        with Lake(settings.lake).write() as con:
            con.execute(_AS_GROUPED, {"rules": RULES_VERSION})
        multiply_messages(Lake(settings.lake), tonight)
        _, alone = _grouped(settings)
    with _copy_of(base) as settings:
        steps.group(settings)
        multiply_history(Lake(settings.lake), range(1, round(known / BASE)))
        multiply_messages(Lake(settings.lake), tonight)
        _, beside = _grouped(settings)
    print(f"on an index of {known:,} messages {beside / alone:.2f} times the night on an empty one")


@contextmanager
def _copy_of(base: Settings) -> Iterator[Settings]:
    place = base.lake.with_name("copy")
    shutil.copytree(base.lake, place)
    try:
        yield Settings(place, base.feeds)
    finally:
        shutil.rmtree(place)


def _grouped(settings: Settings) -> tuple[int, float]:
    """Messages grouped and seconds; printed with the memory that it took."""
    with measured() as cost:
        done = steps.group(settings)
    count, seconds = done["messages"], cost.wall_seconds
    peak = f"peak {cost.peak_bytes / 1e9:.2f} GB"
    print(
        f"{count:10,} messages {seconds:8.1f} s {count / seconds:7,.0f}/s, processor {cost.cpu_seconds:.1f} s, {peak}"
    )
    return count, seconds
