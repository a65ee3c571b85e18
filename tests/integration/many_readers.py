"""Fifty readers at once in one process: `python many_readers.py LAKE` until a file `stop` is in the lake's folder.

Prints, as JSON, how many queries were answered, which failed, and how long they took in seconds.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from transforms.lake import Lake
from transforms.reading import published_tables, query

READERS = 50
PAUSE_SECONDS = 15
ASKED = (
    "select sum(message_count) from mart_volume_monthly",
    "select count(*) from messages",
    "select count(*), count(distinct campaign_id) from campaign_members",
    "select sum(url_count), (select count(*) from urls) from messages",
    "select count(*) from mart_feed_health_daily join dim_feed using (feed)",
)


def ask(root: Path, number: int, all_open: threading.Barrier) -> tuple[list[float], list[str]]:
    """One reader: the first query while all fifty have the lake open, then one every few seconds, until the night ends."""
    took, failed = [], []
    while True:
        started = time.monotonic()
        try:
            with published_tables(Lake(root)) as con:
                if not took and not failed:
                    all_open.wait(120)
                query(con, ASKED[number % len(ASKED)]).fetchall()
        except Exception as failure:
            failed.append(repr(failure))
        took.append(time.monotonic() - started)
        rested = time.monotonic() + PAUSE_SECONDS * (0.5 + number / READERS)
        while time.monotonic() < rested:
            if (root / "stop").exists():
                return took, failed
            time.sleep(0.2)


def main(root: Path) -> None:
    """Ask, and tell."""
    all_open = threading.Barrier(READERS, action=lambda: (root / "reading").touch())
    with ThreadPoolExecutor(READERS) as pool:
        answers = list(pool.map(lambda number: ask(root, number, all_open), range(READERS)))
    times = sorted(took for each, _ in answers for took in each)
    failed = [failure for _, each in answers for failure in each]
    told = {"queries": len(times), "failed": failed, "median": times[len(times) // 2], "slowest": times[-1]}
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
