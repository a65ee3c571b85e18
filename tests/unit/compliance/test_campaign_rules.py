import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.compliance.exposure import OTHERS, MessageCounts, exposure, exposure_of
from transforms.compliance.rules import RULES
from transforms.compliance.volume import Peaks, peaks_of_days, peaks_of_times, volume


def hours(*numbers: float) -> np.ndarray:
    since = [np.timedelta64(int(n * 3600), "s") for n in numbers]
    return np.array([np.datetime64("2005-03-01", "us") + each for each in since], "datetime64[us]")


@pytest.mark.parametrize(
    ("times", "peaks"),
    [
        ((), (0, 0, 0)),
        ((0,), (1, 1, 1)),
        ((0, 23.9), (2, 2, 2)),
        ((0, 24), (1, 2, 2)),
        ((0, 12, 30, 31, 32, 53), (4, 6, 6)),
        ((0, 24 * 30, 24 * 365), (1, 1, 2)),
    ],
)
def test_peaks_slide_over_the_times(times, peaks):
    assert peaks_of_times(hours(*times)) == peaks


def test_peaks_of_days():
    days = np.array(["2005-03-01", "2005-03-02", "2005-03-31", "2006-03-01"], "datetime64[D]")
    assert peaks_of_days(days, np.array([5, 7, 1, 9])) == (9, 12, 17)
    assert peaks_of_days(days[:0], np.array([], np.int64)) == (0, 0, 0)


@given(st.lists(st.integers(0, 24 * 500), max_size=60))
def test_days_never_tell_more_than_times(numbers):
    times = np.sort(hours(*numbers))
    days, counts = np.unique(times.astype("datetime64[D]"), return_counts=True)
    coarse, fine = peaks_of_days(days, counts), peaks_of_times(times)
    assert all(a <= b for a, b in zip(coarse, fine, strict=True))
    assert fine.day <= fine.month <= fine.year <= len(numbers)


@pytest.mark.parametrize(
    ("peaks", "verdict"),
    [
        (Peaks(100, 1_000, 10_000), "pass"),
        (Peaks(101, 101, 101), "indicator"),
        (Peaks(100, 1_001, 1_001), "indicator"),
        (Peaks(100, 1_000, 10_001), "indicator"),
        (Peaks(2_500, 2_500, 2_500), "indicator"),
        (Peaks(2_501, 2_501, 2_501), "strong_indicator"),
        (Peaks(2_500, 25_001, 25_001), "strong_indicator"),
        (Peaks(2_500, 25_000, 250_001), "strong_indicator"),
        (Peaks(0, 0, 0), "not_determinable"),
    ],
)
def test_volumes_of_the_criminal_statute(peaks, verdict):
    assert volume(peaks).verdict == verdict
    assert volume(peaks, is_commercial=False).verdict == "not_applicable"


def test_volume_tells_whether_headers_were_false_beside():
    assert "none has an H1 indicator" in volume(Peaks(101, 101, 101), has_false_headers=False).reason
    assert "some have an H1 indicator" in volume(Peaks(101, 101, 101), has_false_headers=True).reason


@pytest.mark.parametrize(
    ("counts", "single", "trebled"),
    [
        (MessageCounts(0, 0), 0, 0),
        (MessageCounts(10, 0), 2_500, 7_500),
        (MessageCounts(0, 8_000), 2_000_000, 6_000_000),
        (MessageCounts(0, 1_000_000), 2_000_000, 6_000_000),
        (MessageCounts(100_000, 0), 25_000_000, 75_000_000),
        (MessageCounts(10, 1_000_000), 2_002_500, 6_007_500),
    ],
)
def test_exposure_is_capped_but_for_false_headers(counts, single, trebled):
    found = exposure_of(counts)
    assert (found.single, found.trebled) == (single, trebled)
    assert f"{single:,} USD" in found.arithmetic and f"{trebled:,} USD" in found.arithmetic


def test_what_counts_beside_false_headers_are_rules_of_the_act():
    assert all("15 USC 7704(" in RULES[rule].citation for rule in OTHERS)


def test_exposure_is_told_for_all_and_for_the_strong():
    found = exposure(MessageCounts(10, 20), MessageCounts(0, 20))
    assert found.verdict == "strong_indicator"
    assert "7,500 USD" in found.reason and "5,000 USD" in found.reason
    assert exposure(MessageCounts(10, 20), MessageCounts(0, 0)).verdict == "indicator"
    assert exposure(MessageCounts(0, 0), MessageCounts(0, 0)).verdict == "not_applicable"
