"""What a difference between two months is made of: contributions that add up to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Contribution:
    """Messages of one part (a campaign, a ring, a feed, all others) in the month before and in this one."""

    name: str
    before: int
    now: int
    part_count: int = 1

    @property
    def difference(self) -> int:
        """What the part adds to the difference of the totals."""
        return self.now - self.before

    @property
    def kind(self) -> str:
        """came, went, grew, fell or same."""
        if self.before == 0 and self.now:
            return "came"
        if self.now == 0 and self.before:
            return "went"
        return "grew" if self.difference > 0 else "fell" if self.difference < 0 else "same"


def with_rest(parts: Iterable[Contribution], before: int, now: int, rest: str) -> list[Contribution]:
    """The parts, and what of the totals is in none of them, under the name `rest`: they add up to `now - before`."""
    parts = list(parts)
    outside = before - sum(part.before for part in parts), now - sum(part.now for part in parts)
    return parts + ([Contribution(rest, *outside)] if any(outside) else [])


def largest(parts: Iterable[Contribution], most: int, others: str) -> list[Contribution]:
    """The `most` parts of the largest difference, up or down, and all the others in one: the sum stays."""
    ranked = sorted(parts, key=lambda part: (-abs(part.difference), part.name))
    shown, left = ranked[:most], ranked[most:]
    if not left:
        return shown
    summed = sum(part.before for part in left), sum(part.now for part in left)
    return [*shown, Contribution(others, *summed, part_count=sum(part.part_count for part in left))]


@dataclass(frozen=True)
class Coverage:
    """What a feed brought in a month, and on how many days mail was taken in."""

    message_count: int
    days_covered: int

    @property
    def per_day(self) -> float:
        """Messages a covered day; 0 without days."""
        return self.message_count / self.days_covered if self.days_covered else 0.0


def by_days_and_rate(before: Coverage, now: Coverage) -> tuple[int, int]:
    """A feed's difference in two parts that add up to it: by covering more or fewer days, and by more or less a day.

    Each is taken at the mean of the other. Of a feed that had no days, before or now, all is by days.
    """
    difference = now.message_count - before.message_count
    if not before.days_covered or not now.days_covered:
        return difference, 0
    by_days = round((now.days_covered - before.days_covered) * (now.per_day + before.per_day) / 2)
    return by_days, difference - by_days
