"""Times in the forms that mail holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.message.dates import read_time

EIGHT = datetime(2005, 3, 1, 8)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Tue, 1 Mar 2005 08:00:00 +0000", EIGHT),
        ("1 Mar 2005 08:00 -0000", EIGHT),
        ("Tue,  1 Mar 05 03:00:00 EST", EIGHT),
        ("01-Mar-2005 9:00:00 +01:00 (CET)", EIGHT),
        ("Tuesday, 1 March 2005 8.00.00 Z", EIGHT),
        ("Tue, 1 Mar 2005 13:30:00 +0530", EIGHT),
        ("Tue Mar  1 08:00:00 2005", EIGHT),
        ("Tue Mar  1 08:00:00 UTC 2005", EIGHT),
        ("2005-03-01T09:00:00.123+01:00", EIGHT),
        ("Tue, 1 Mar 2005 08:00:00 GMT+0000 (Coordinated)", EIGHT),
        ("Tue, 1 Mar 2005 08:00:60 +0000", EIGHT + timedelta(seconds=59)),
        ("1 Mar 105 08:00:00 +0000", EIGHT),
        ("1 Mar 0105 08:00:00 +0000", EIGHT),
        ("2005/03/01 Tue 08:00:00 GMT", EIGHT),
        ("Tue, 1 Mar 2005 08:00:00 +9999", EIGHT),
        ("Tue, 1 Mar 2005 11:00:6 +0300", EIGHT + timedelta(seconds=6)),
        ("Tue, 1 Mar 2005 03:00: 59 -0500", EIGHT + timedelta(seconds=59)),
        ("Tue, 1 Mar 2005 8:5:13", EIGHT + timedelta(minutes=5, seconds=13)),
        ("Tue, 1 Mar 2005 09:00:00 PM +1300", EIGHT),
        ("Tue, 1 Mar 2005 09:00:00 AM +0100", EIGHT),
        ("Tue, 1 Mar 2005 12:05 am GMT", EIGHT - timedelta(hours=7, minutes=55)),
        ("Tue, 1 Mar 2005 20:00 PM +1200", EIGHT),
        ("Tue, 31 Feb 2005 08:00:00 +0000", None),
        ("Tue, 1 Mrz 2005 08:00:00 +0000", None),
        ("Tue, 1 Mar 2105 08:00:00 +0000", None),
        ("Tue, 1 Mar 1955 08:00:00 +0000", None),
        ("Thu, 1 Jan 1970 00:00:00 +0100", None),
        ("Tue, 1 Mar 2005 25:00:00 +0000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_time_is_read(text, moment):
    assert read_time(text) == moment


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    st.integers(-14 * 60, 14 * 60),
)
def test_every_regular_time_is_read(at, minutes):
    zoned = at.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert read_time(format_datetime(zoned)) == zoned.astimezone(UTC).replace(tzinfo=None)


@given(st.text(alphabet="0123456789 :-+,MarTueGMT()", max_size=60))
def test_nothing_else_raises(text):
    moment = read_time(text)
    assert moment is None or 1970 <= moment.year < 2100
