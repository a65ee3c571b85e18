"""Envelope lines in the shapes that real writers leave, and lines of prose that only look like them."""

from datetime import datetime

import container_bytes as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.feeds.envelope import find_opening, guess_envelope, parse_envelope
from transforms.feeds.mbox import read_mbox
from transforms.feeds.stream import Stream

AT = datetime(2005, 3, 3, 4, 5, 6)
DATED = {
    "iso": (b"2005-03-03 04:05:06", AT),
    "iso with T and Z": (b"2005-03-03T04:05:06Z", AT),
    "iso with an offset": (b"2005-03-03T06:05:06.250+02:00", AT),
    "iso with an offset apart": (b"2005-03-03 04:05:06 +0000", AT),
    "fractions": (b"Thu Mar  3 04:05:06.123 2005", AT),
    "colon in the offset": (b"Thu Mar  3 05:05:06 2005 +01:00", AT),
    "hours only": (b"Thu Mar  3 05:05:06 +01 2005", AT),
    "GMT+1": (b"Thu Mar  3 05:05:06 GMT+1 2005", AT),
    "UTC-0330": (b"Thu Mar  3 00:35:06 UTC-0330 2005", AT),
    "two digits": (b"Thu Mar  3 04:05:06 05", AT),
    "two digits of the last century": (b"Thu Mar  4 04:05:06 99", datetime(1999, 3, 4, 4, 5, 6)),
    "three digits": (b"Thu Mar  3 04:05:06 105", AT),
    "upper case": (b"THU MAR  3 04:05:06 2005", AT),
    "lower case": (b"thu mar  3 04:05:06 2005", AT),
    "no weekday": (b"Mar  3 04:05:06 2005", AT),
    "mail date": (b"Thu, 3 Mar 2005 04:05:06 GMT", AT),
    "mail date of two digits": (b"Thu, 3 Mar 05 04:05:06 +0000", AT),
    "mail date without weekday": (b"3 Mar 2005 04:05:06 +0000 (UTC)", AT),
}
UNREADABLE = {
    "none": b"",
    "blanks": b"  ",
    "German": "Do Mär  3 04:05:06 2005".encode(),
    "no year": b"Thu Mar  3 04:05:06",
    "half a day": b"Thu 03 Mar 2005 04:05:06 AM CET",
    "seconds since": b"1109822706",
    "day only": b"3/3/2005",
    "bad clock": b"Fri Jan 1 00:0:00 2015",
    "nonsense after it": b"Thu Mar  3 04:05:06 2005 via uucp",
}
PROSE = [
    b"From here on: we go",
    b"From 10:00 to 12:00",
    b"From Monday 2005-03-03 10:00",
    b"From joe@x.example: the offer",
    b"From joe@x.example, who says",
    b"From joe@x.example.",
    b"From joe@x.example we had",
    b"From",
    b"From ",
    b"From me",
]
MESSAGES = [made.message(number) for number in range(4)]


def mbox(*envelopes: bytes, newline: bytes = b"\n") -> bytes:
    return b"".join(
        envelope + newline + content.replace(b"\n", newline) + newline
        for envelope, content in zip(envelopes, MESSAGES, strict=False)
    )


def split(data: bytes, piece: int = 1 << 20) -> list:
    return list(read_mbox(Stream(data[at : at + piece] for at in range(0, len(data), piece)), None, 1 << 20))


@pytest.mark.parametrize("shape", DATED)
def test_a_date_in_any_known_shape_separates_wherever_it_stands(shape):
    line, at = b"From a@b.example " + DATED[shape][0], DATED[shape][1]
    assert (parse_envelope(line).sender, parse_envelope(line).at) == ("a@b.example", at)
    first, second = split(line + b"\nno header\n" + line + b"\n\nno blank line before\n")
    assert (first.content, first.envelope_at, second.envelope_at) == (b"no header\n", at, at)


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("shape", UNREADABLE)
def test_a_line_without_a_readable_date_separates_between_a_blank_line_and_a_header(read, shape, newline):
    line = (b"From a@b.example " + UNREADABLE[shape]).rstrip() + b"  " * (shape == "blanks")
    assert parse_envelope(line) is None
    for format, name in ((None, "delivery"), ("mbox", "delivery"), (None, "day.mbox")):
        found = read(mbox(line, line, line, newline=newline), format, name)
        assert [item.content for item in found] == [content.replace(b"\n", newline) for content in MESSAGES[:3]]
        assert {(item.envelope_from, item.envelope_at) for item in found} == {("a@b.example", None)}


@pytest.mark.parametrize(
    ("line", "sender", "at"),
    [
        (b"From root Do Apr  3 04:05:06 2005", None, datetime(2005, 4, 3, 4, 5, 6)),
        (b"From () 2005-03-03 04:05:06 +0000", None, AT),
        (b"From host!joe", "host!joe", None),
        (b"From a@b.example\tFri 04.03.05", "a@b.example", None),
        (b"From MAILER-DAEMON", "MAILER-DAEMON", None),
        (b"From <>", "<>", None),
        (b"From ???@???", "???@???", None),
    ],
)
def test_what_a_guess_tells(line, sender, at):
    guess = guess_envelope(line)
    assert (guess.sender, guess.at, guess.line_bytes) == (sender, at, len(line) + 1)


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_envelope_even_before_a_header(line):
    text = b"From a@b.example Thu Mar  3 04:05:06 2005\nSubject: x\n\nHello,\n\n" + line + b"\nSubject: quoted\n\nend\n"
    assert guess_envelope(line) is None
    assert len(split(text)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"text\n", b"Subject: x\n"),  # no blank line
        (b"\n", b"\nSubject: x\n"),
        (b"\n", b"> Subject: x\n"),
        (b"\n", b" Subject: x\n"),
        (b"\n", b"http://shop.example/\n"),
        (b"\n", b"2: x\n"),
        (b"\n", b"no header\n"),
        (b"\n", b""),
    ],
)
def test_a_guess_does_not_hold_elsewhere(before, after):
    text = b"Subject: x\n\ntext\n" + before + b"From a@b.example\n" + after
    assert [item.content for item in split(text)] == [text]


def test_a_known_date_inside_a_body_splits_since_some_writers_leave_no_blank_line():
    envelope = b"From a@b.example Thu Mar  3 04:05:06 2005\n"
    assert len(split(envelope + b"Subject: x\n\nsee\n" + envelope + b"more\n\n" + envelope + b"Subject: y\n")) == 3


@pytest.mark.parametrize("format", ["mbox", None])
@pytest.mark.parametrize("lead", [b"\xef\xbb\xbf", b"\n", b"\r\n \n\n", b"\xef\xbb\xbf\r\n\n"])
@pytest.mark.parametrize("line", [b"From a@b.example Thu Mar  3 04:05:06 2005", b"From a@b.example"])
def test_a_byte_order_mark_and_blank_lines_are_stepped_over(read, format, lead, line):
    found = read(lead + mbox(line, line), format)
    assert [item.content for item in found] == MESSAGES[:2]
    assert [item.byte_offset for item in found] == [len(lead), len(lead + mbox(line))]


def test_on_a_single_message_they_are_stepped_over_only_before_an_envelope(read):
    lead, line = b"\xef\xbb\xbf\n", b"From a@b.example\n"
    (found,) = read(lead + line + MESSAGES[0], "eml")
    assert (found.content, found.envelope_from, found.byte_offset) == (MESSAGES[0], "a@b.example", len(lead))
    assert read(lead + MESSAGES[0], "eml")[0].content == lead + MESSAGES[0]


def test_a_file_of_nothing_but_a_byte_order_mark_is_empty(read):
    assert read(b"\xef\xbb\xbf\n", "mbox")[0].reason == "empty_container"


def test_a_cut_envelope_is_none(read):
    data = made.mbox(MESSAGES[:2])
    cut = data.rindex(b"2005\n") + 2
    found = read(made.COMPRESS["zst"](data[:cut])[:-3] + b"xxx", "mbox")
    assert "container_broken" in [getattr(item, "reason", None) for item in found]
    assert not [item for item in found if getattr(item, "envelope_at", None) and item.envelope_at.year == 2020]


ENVELOPES = st.sampled_from(
    [b"From a@b.example " + date for date, _ in DATED.values()]
    + [(b"From a@b.example " + date).rstrip() for date in UNREADABLE.values()]
)
LINES = st.sampled_from([b"", b"Subject: x", b"text", b"\r", b">From a@b.example", b"http://x", *PROSE])
BODIES = st.lists(LINES | st.text("ab: \r", max_size=9).map(str.encode), max_size=8).map(b"\n".join)


@given(st.lists(st.tuples(ENVELOPES, BODIES), min_size=1, max_size=5))
def test_envelopes_of_every_kind_frame_what_lies_between(parts):
    contents = [b"Subject: x\n\n" + body + b"\n" for _, body in parts]
    data = b"".join(envelope + b"\n" + content + b"\n" for (envelope, _), content in zip(parts, contents, strict=True))
    assert [item.content for item in split(data)] == [content.replace(b"\n>From", b"\nFrom") for content in contents]


@given(st.lists(ENVELOPES | LINES | st.just(b"\xef\xbb\xbf"), max_size=12), st.integers(1, 7), st.booleans())
def test_the_size_of_the_pieces_does_not_matter(lines, piece, is_padded):
    padding = [b"x" * 1100] if is_padded else []
    data = b"\n".join([*padding, *lines, *padding, *lines])
    assert split(data, piece) == split(data)


@given(st.binary(max_size=300))
def test_no_head_of_a_file_raises(head):
    opening = find_opening(head.replace(b"\0", b"\nFrom ").replace(b"\1", b"\nA:"))
    assert opening is None or opening[0] <= len(head) * 6
