"""Loads cut and put together into portions that fit into memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import duckdb

PORTION_MESSAGES = 125_000
_ALL = 1 << 62
_PENDING = """
    SELECT load_id, parsed_count AS message_count, committed_at FROM loads
    ANTI JOIN (SELECT load_id, committed_at FROM {receipts} WHERE rules_version = ?) USING (load_id, committed_at)
    WHERE status = 'published' ORDER BY load_date, feed, load_id
"""
_GONE = """
    SELECT load_id FROM {receipts} ANTI JOIN (FROM loads WHERE status = 'published') USING (load_id)
"""


class Load(NamedTuple):
    """A load whose messages wait."""

    load_id: str
    message_count: int
    committed_at: datetime


def waiting(con: duckdb.DuckDBPyConnection, receipts: str, rules_version: str | None) -> tuple[list[Load], list[str]]:
    """Loads without a receipt (in the table of that name) by these rules, in the order of their days; and those with
    one that are published no more. Without a version, every published load waits.
    """
    pending = [Load(*row) for row in con.execute(_PENDING.format(receipts=receipts), [rules_version]).fetchall()]
    return pending, [load_id for (load_id,) in con.execute(_GONE.format(receipts=receipts)).fetchall()]


@dataclass(frozen=True)
class Portion:
    """Some whole loads, or positions `first` to before `end` of a large one; `is_last` when nothing of them follows."""

    loads: tuple[Load, ...]
    first: int = 0
    end: int = _ALL
    is_last: bool = True

    @property
    def load_ids(self) -> list[str]:
        """Ids of the loads."""
        return [load.load_id for load in self.loads]

    @property
    def chosen(self) -> dict[str, Any]:
        """Parameters of a query for its messages: `$loads`, `$first`, `$end`."""
        return {"loads": self.load_ids, "first": self.first, "end": self.end}

    def __str__(self) -> str:
        named = self.loads[0].load_id if len(self.loads) == 1 else f"{len(self.loads)} loads"
        return f"{named} from message {self.first:,}" if self.first else named


def portions(loads: Iterable[Load], size: int = PORTION_MESSAGES) -> Iterator[Portion]:
    """Portions of about `size` messages, in the order of the loads."""
    waiting: list[Load] = []
    for load in loads:
        if waiting and sum(each.message_count for each in waiting) + load.message_count > size:
            yield Portion(tuple(waiting))
            waiting = []
        if load.message_count > size:
            yield from _cut(load, size)
        else:
            waiting.append(load)
    if waiting:
        yield Portion(tuple(waiting))


def _cut(load: Load, size: int) -> Iterator[Portion]:
    """Positions count rejects too: the last portion runs to the end, whatever that is."""
    starts = range(0, load.message_count, size)
    for first in starts:
        is_last = first == starts[-1]
        yield Portion((load,), first, _ALL if is_last else first + size, is_last)
