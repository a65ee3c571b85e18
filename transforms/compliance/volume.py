"""T1: volumes that the criminal statute names."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from transforms.compliance.finding import Finding, Rule, indicator, not_applicable, not_determinable, passed

RULE = Rule("T1", "Volume that the criminal statute names", "18 USC 1037(b)(2)(C), (d)(3)", "campaign")

WINDOWS = {"24 hours": np.timedelta64(24, "h"), "30 days": np.timedelta64(30, "D"), "a year": np.timedelta64(365, "D")}
MULTIPLE = (100, 1_000, 10_000)
"""More than so many in 24 hours, 30 days or a year are "multiple" messages: 18 USC 1037(d)(3)."""
AGGRAVATED = (2_500, 25_000, 250_000)
"""More than so many in furtherance of the offence raise the penalty: 18 USC 1037(b)(2)(C)."""


class Peaks(NamedTuple):
    """Most messages captured in any 24 hours, 30 days and 365 days."""

    day: int
    month: int
    year: int


def peaks_of_times(times: np.ndarray) -> Peaks:
    """From the capture times (`datetime64`, sorted) of commercial messages: windows begin at every one of them."""
    return Peaks(*(_most(times, window) for window in WINDOWS.values()))


def peaks_of_days(days: np.ndarray, counts: np.ndarray) -> Peaks:
    """From counts by day (`datetime64[D]`, sorted, distinct): by windows of whole days, true peaks are no lower."""
    before = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    peaks = []
    for window in WINDOWS.values():
        ends = np.searchsorted(days, days + window.astype("timedelta64[D]"), side="left")
        peaks.append(int(np.max(before[ends] - before[:-1], initial=0)))
    return Peaks(*peaks)


def volume(peaks: Peaks, is_commercial: bool = True, has_false_headers: bool | None = None) -> Finding:
    """Whether what was captured of a campaign or ring exceeds the thresholds; what was sent is at least that.

    Volume is an element of the offence, and none by itself: `has_false_headers` (an H1 indicator in the same messages,
    1037(a)(3)) is told beside it. Below the thresholds nothing is said of what was sent.
    """
    if not is_commercial:
        return not_applicable("its messages are not commercial")
    if not peaks.year:
        return not_determinable("nothing was captured of it")
    for limits, is_strong in ((AGGRAVATED, True), (MULTIPLE, False)):
        if exceeded := _exceeded(peaks, limits):
            beside = {True: "; some have an H1 indicator", False: "; none has an H1 indicator", None: ""}
            return indicator(exceeded + beside[has_false_headers], "captured_at", is_strong=is_strong)
    return passed(f"at most {peaks.day:,} captured in 24 hours, {peaks.month:,} in 30 days, {peaks.year:,} in a year")


def _exceeded(peaks: Peaks, limits: tuple[int, int, int]) -> str:
    over = [
        f"{count:,} captured in {window}, more than {limit:,}"
        for count, window, limit in zip(peaks, WINDOWS, limits, strict=True)
        if count > limit
    ]
    return "; ".join(over)


def _most(times: np.ndarray, window: np.timedelta64) -> int:
    ends = np.searchsorted(times, times + window, side="left")
    return int(np.max(ends - np.arange(len(times)), initial=0))
