"""A download has to keep up a pace."""

import pytest

from transforms.fetch.timing import Pace, Timing, TooSlow


@pytest.fixture
def pace():
    """A pace whose clock reads what `pace.at` says."""

    class Clocked(Pace):
        at = 100.0

        def __init__(self):
            super().__init__(Timing(clock=lambda: self.at))

        def count_at(self, moment, size):
            self.at = 100.0 + moment
            self.count(size)

    return Clocked()


def test_a_byte_now_and_then_is_too_slow(pace):
    with pytest.raises(TooSlow, match="121 bytes came in 60 seconds"):
        for half_second in range(1000):
            pace.count_at(half_second / 2, 1)


def test_a_burst_counts_for_its_window_only(pace):
    pace.count_at(1, 10_000_000)
    pace.count_at(61, 1)
    pace.count_at(120, 1)
    with pytest.raises(TooSlow, match="2 bytes came in 60 seconds"):
        pace.count_at(121, 1)


def test_just_fast_enough(pace):
    for second in range(1, 1000):
        pace.count_at(second, 1000)
