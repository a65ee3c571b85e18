"""Which parts are text, which are files, and where links are looked for."""

from __future__ import annotations

import pytest

MIXED = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee http://own.example/\n"
PAGE = b'<form action="http://phish.example/x"><img src="http://phish.example/i"></form>'


@pytest.mark.parametrize(
    "part",
    [
        b'Content-Type: text/html; name="form.html"\nContent-Disposition: attachment\n\n' + PAGE,
        b"Content-Type: application/octet-stream; name=form.HTM\n\n" + PAGE,
        b"Content-Type: message/rfc822\n\nFrom: c@d.example\nContent-Type: text/html\n\n" + PAGE,
        b"Content-Type: message/rfc822\n\nFrom: c@d.example\nSubject: x\n\nhttp://phish.example/x http://phish.example/i\n",
    ],
)
def test_links_of_what_comes_with_a_text_are_found(parse, part):
    rows = parse(MIXED + b"--b\n" + part + b"\n--b--\n")
    assert [row["url"] for row in rows["urls"]] == [
        "http://own.example/",
        "http://phish.example/x",
        "http://phish.example/i",
    ]
    assert rows["messages"][0]["body_text"] == "see http://own.example/"
    assert rows["messages"][0]["defects"] == ["date_missing"]


def test_byte_order_mark_is_no_text(parse):
    head = b"From: a@b.example\nContent-Type: text/plain; charset=utf-8\n\n"
    assert parse(head + b"\xef\xbb\xbfhi\n")["messages"][0]["body_text"] == "hi"


def test_uuencoded_part_is_described_decoded(parse):
    part = b"--b\nContent-Type: image/png\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#0V%T\n`\nend\n"
    (attachment,) = parse(MIXED + part + b"--b--\n")["attachments"]
    assert (attachment["content_type"], attachment["attachment_bytes"]) == ("image/png", 3)
