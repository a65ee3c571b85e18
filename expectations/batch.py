"""What a gate must know of the batch whose rows it judges."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Batch:
    """The loads of one feed and period that are judged together: all that are staged, or some of them alone.

    `last_date` is the last day of the period; `late_days` is what the feed declares, None when it declares nothing;
    `is_dated` is False for a feed whose URL names no day: its mail may be of any age. `expected_count` is the number
    of messages that the feed declares for such a period; `past_counts` are those of its earlier periods of the same
    cadence. `pulled_at` is UTC, without a zone.
    """

    feed: str
    load_date: date
    last_date: date
    load_ids: tuple[str, ...]
    pulled_at: datetime
    late_days: int | None = None
    is_dated: bool = True
    expected_count: int | None = None
    past_counts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.load_ids:
            raise ValueError(f"{self.feed} {self.load_date}: a batch without loads has nothing to judge")
