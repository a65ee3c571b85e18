"""Numbers in words."""

from __future__ import annotations

from datetime import date

import pytest

from transforms.monthly.figures import change, month_before, rate, share, signed, year_before


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (110, 100, "+10.0 %"),
        (50, 100, "−50.0 %"),
        (5, 0, "–"),
        (5, None, "–"),
        (100_000, 1, "+9,999,900 %"),
        (3, 3, "0.0 %"),
    ],
)
def test_changes(now, before, words):
    assert change(now, before) == words


@pytest.mark.parametrize(
    ("number", "words"), [(None, "–"), (0.19991, "0.1999"), (2.7, "2.70"), (12.34, "12.3"), (1234.5, "1,234")]
)
def test_rates(number, words):
    assert rate(number) == words


def test_signs_and_shares():
    assert [signed(n) for n in (1234, -5, 0)] == ["+1,234", "−5", "0"]
    assert [share(1, 8), share(0, 0)] == ["12.5 %", "–"]


@pytest.mark.parametrize(
    ("month", "before"), [(date(2005, 3, 1), date(2005, 2, 1)), (date(2005, 1, 1), date(2004, 12, 1))]
)
def test_months_before(month, before):
    assert month_before(month) == before
    assert year_before(month) == date(2004, month.month, 1)
