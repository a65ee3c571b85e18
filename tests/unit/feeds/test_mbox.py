"""Splitting an mbox: where messages start, what belongs to them, and what the envelope line says."""

from datetime import datetime

import container_bytes as made
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.feeds import Limits, RawMessage
from transforms.feeds.envelope import parse_envelope
from transforms.feeds.mbox import read_mbox
from transforms.feeds.stream import Stream

ENVELOPE = b"From a@b.example Thu Mar  3 04:05:06 2005\n"
LINES = st.sampled_from(
    [
        b"From ",
        b"From the start",
        b">From x",
        b">>From y",
        b"",
        b"From a Thu Mar  3 04:05:06 2005",
        b"text",
        b"\r",
        b"From",
    ]
) | st.binary(max_size=60).map(lambda line: line.replace(b"\n", b""))
CONTENTS = st.lists(LINES, min_size=1, max_size=12).map(lambda lines: b"Subject: x\n" + b"\n".join(lines) + b"\n")


def split(data: bytes, piece: int = 1 << 20, limit: int = 1 << 20):
    return list(read_mbox(Stream(data[at : at + piece] for at in range(0, len(data), piece)), None, limit))


@given(st.lists(CONTENTS, min_size=1, max_size=5), st.integers(1, 40))
@example([b"Subject: x\n\n\n"], 1)
def test_what_goes_into_an_mbox_comes_out(contents, piece):
    assert [item.content for item in split(made.mbox(contents), piece)] == contents


@given(st.lists(CONTENTS, min_size=1, max_size=5))
def test_offsets_point_at_the_envelope_lines(contents):
    data = made.mbox(contents)
    for item in split(data):
        assert data[item.byte_offset :].startswith(b"From sender@origin.example Thu Mar  3 04:05:06 2005\n")


@given(st.binary(max_size=500), st.integers(1, 7))
def test_the_size_of_the_pieces_does_not_matter(data, piece):
    data = data.replace(b"\0", b"\nFrom ").replace(b"\1", ENVELOPE)
    assert split(data, piece) == split(data)


def test_only_whole_envelope_lines_separate():
    body = b"Subject: x\n\nFrom here on\nFrom me to you Thu\nFrom a Thu Mar 3 2005\n"
    (found,) = split(ENVELOPE + body)
    assert found.content == body


def test_text_before_the_first_envelope_is_not_lost():
    assert [item.content for item in split(b"Subject: first\n\nx\n" + ENVELOPE + b"Subject: y\n\n")] == [
        b"Subject: first\n\nx\n",
        b"Subject: y\n",
    ]
    assert len(split(b"\n\n" + ENVELOPE + b"Subject: y\n\n")) == 1


def test_a_message_without_a_last_line_end():
    assert split(ENVELOPE + b"Subject: x\n\nend")[0].content == b"Subject: x\n\nend"


def test_an_envelope_without_a_message():
    assert [item.content for item in split(ENVELOPE + ENVELOPE + b"Subject: x\n")] == [b"", b"Subject: x\n"]


def test_a_message_over_the_limit_is_cut_and_the_next_one_whole():
    long = b"Subject: x\n\n" + b">From y\n" * 1000
    first, second = split(ENVELOPE + long + b"\n" + ENVELOPE + b"Subject: z\n", piece=100, limit=500)
    assert first.content == long[:500]
    assert second.content == b"Subject: z\n"
    assert second.byte_offset == len(ENVELOPE + long) + 1


def test_a_line_of_50_megabytes_is_read_in_flat_memory(read):
    found = read(made.mbox([b"x" * (50 << 20), b"Subject: z\n"]), "mbox", limits=Limits(message_bytes=1000))
    assert [len(item.content) for item in found] == [1000, 11]


def test_the_envelope_line_on_a_single_message(read):
    assert read(ENVELOPE + b"Subject: x\n\nFrom \n", "eml") == [
        RawMessage(b"Subject: x\n\nFrom \n", None, 0, "a@b.example", datetime(2005, 3, 3, 4, 5, 6))
    ]


@pytest.mark.parametrize(
    ("line", "sender", "at"),
    [
        (b"From a@b.example  Thu Mar  3 04:05:06 2005", "a@b.example", datetime(2005, 3, 3, 4, 5, 6)),
        (b"From a@b.example Thu Mar 03 04:05 2005\r", "a@b.example", datetime(2005, 3, 3, 4, 5)),
        (b"From MAILER-DAEMON Tue Nov 15 11:01:01 2005", "MAILER-DAEMON", datetime(2005, 11, 15, 11, 1, 1)),
        (b"From - Sat Oct 12 10:00:00 2002", "-", datetime(2002, 10, 12, 10)),
        (b"From 157749@xxx Tue Oct 22 15:04:05 +0000 2019", "157749@xxx", datetime(2019, 10, 22, 15, 4, 5)),
        (b"From a@b Thu Mar  3 04:05:06 PST 2005", "a@b", datetime(2005, 3, 3, 12, 5, 6)),
        (b"From a@b Thu Mar  3 04:05:06 2005 +0130", "a@b", datetime(2005, 3, 3, 2, 35, 6)),
        (b"From a@b Thu, 3 Mar 2005 04:05:06 -0100 (AZOT)", "a@b", datetime(2005, 3, 3, 5, 5, 6)),
        (b"From a at b.example  Thu Mar  3 04:05:06 2005", "a at b.example", datetime(2005, 3, 3, 4, 5, 6)),
        (b"From x@[10.0.0.1] [pi]  Thu Mar  3 04:05:06 2005", "x@[10.0.0.1] [pi]", datetime(2005, 3, 3, 4, 5, 6)),
        (b"From uu!a Thu Mar  3 04:05:06 2005 remote from uu", "uu!a", datetime(2005, 3, 3, 4, 5, 6)),
        (b"From Thu Mar  3 04:05:06 2005", None, datetime(2005, 3, 3, 4, 5, 6)),
        (b"From a@b Thu Feb 31 04:05:06 2005", "a@b", None),
        (b"From a@b Thu Mar  3 04:05:06 0000", "a@b", None),
        (b"From a@b Fri Jan  1 00:00:00 0001 +0100", "a@b", None),
    ],
)
def test_envelope_lines(line, sender, at):
    envelope = parse_envelope(line)
    assert (envelope.sender, envelope.at) == (sender, at)


@pytest.mark.parametrize(
    "line",
    [
        b"From home recordings to downloaded music, this brings it back",
        b"From a@b.example",
        b"From Thursday on, March 3 at 04:05 we meet",
        b"From a@b Thu Mar  3 04:05:06 2005 and more",
        b">From a@b Thu Mar  3 04:05:06 2005",
        b"From: a@b Thu Mar  3 04:05:06 2005",
        b"From " + b"a" * 2000 + b" Thu Mar  3 04:05:06 2005",
    ],
)
def test_lines_of_text_are_no_envelopes(line):
    assert parse_envelope(line) is None
