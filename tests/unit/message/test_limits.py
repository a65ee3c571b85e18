"""Mail that is built to be expensive or endless: each kind becomes a row with a defect, or a typed reject."""

from __future__ import annotations

import pytest

from transforms.message.limits import MESSAGE_BYTES

HEAD = (
    b"From: ann@sender.example\nTo: trap-local@mx.example\nSubject: hello\n"
    b"Date: Tue, 1 Mar 2005 08:00:00 +0100\nMessage-ID: <1@sender.example>\n"
)
HTML = HEAD + b"Content-Type: text/html\n\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
PART = b"--b\nContent-Type: text/plain\n\nhello\n"
PICTURE = b"--b\nContent-Type: image/gif\n\nGIF\n"
HOP = b"Received: from a (b [198.51.100.1]) by c.example with SMTP id d; Tue, 1 Mar 2005 08:00:00 +0000\n"


def nested_multiparts(depth: int) -> bytes:
    opened = (b"--%d\nContent-Type: multipart/mixed; boundary=%d\n\n" % (level, level + 1) for level in range(depth))
    return HEAD + b"Content-Type: multipart/mixed; boundary=0\n\n" + b"".join(opened)


ROWS = {
    "header of 200 KB of semicolons": (
        HEAD + b"Content-Type: text/plain" + b";" * 200_000 + b"\n\nhi",
        "content_type_broken",
    ),
    "100,000 parentheses in a type": (
        HEAD + b"Content-Type: text/plain" + b"(" * 100_000 + b"\n\nhi",
        "content_type_broken",
    ),
    "20,000 parameters": (HEAD + b"Content-Type: text/plain" + b"; a=" * 20_000 + b"\n\nhi", "content_type_broken"),
    "10,000 nested multiparts": (nested_multiparts(10_000), "nesting_limit"),
    "10,000 nested messages": (HEAD + b"Content-Type: message/rfc822\n\n" * 10_000, "nesting_limit"),
    "10,000 parts": (MIXED + PART * 10_000 + b"--b--\n", "part_limit"),
    "300 attachments": (MIXED + PICTURE * 300 + b"--b--\n", "attachment_limit"),
    "200,000 lines like a delimiter": (MIXED + b"--bb\n" * 200_000, "boundary_missing"),
    "header over its size": (b"X-Long: %s\n" % (b"v" * 300_000) + HEAD + b"\nhi", "header_limit"),
    "header of 2,000 fields": (HEAD + b"X-A: b\n" * 2_000 + b"\nhi", "header_limit"),
    "100,000 folded lines": (b"X-A: a\n" + b" b\n" * 100_000 + HEAD + b"\nhi", "header_limit"),
    "300 hops": (HOP * 300 + HEAD + b"\nhi", "hop_limit"),
    "2,000 links": (HEAD + b"\n" + b"".join(b"http://h.example/%d " % n for n in range(2_000)), "url_limit"),
    "250,000 beginnings of links": (HEAD + b"\n" + b"://" * 250_000, "url_limit"),
    "text over its size": (HEAD + b"\n" + b"buy now " * 10_000, "body_truncated"),
    "line of 9 MB": (HEAD + b"\n" + b"a" * (9 << 20), "body_truncated"),
    "100,000 less-than signs": (HTML + b"<" * 100_000, "body_truncated"),
    "100,000 open divisions": (HTML + b"<div>" * 100_000, "body_truncated"),
    "50,000 open tables": (HTML + b"<table><tr><td>" * 50_000, "body_truncated"),
    "100,000 NULs": (HEAD + b"\n" + b"\0" * 100_000, "nul_bytes"),
    "encoded words that never end": (HEAD.replace(b"hello", b"=?utf-8?q?" * 10_000) + b"\nhi", "encoded_word_broken"),
    "padding after every letter": (
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"A=" * 500_000,
        "base64_broken",
    ),
    "half of a uuencoded file": (HEAD + b"\nbegin 644 a\n" + b"#0V%T\n" * 9_000, "uuencode_broken"),
}
HARMLESS = {
    "100,000 opened encoded words": HEAD.replace(b"hello", b"=?" * 100_000) + b"\nhi",
    "100,000 quotes for an address": b"Cc: " + b'"' * 100_000 + b"\n" + HEAD + b"\nhi",
    "100,000 at signs": b"Cc: " + b"a@" * 100_000 + b"\n" + HEAD + b"\nhi",
    "100,000 parentheses in Received": b"Received: from a " + b"(" * 100_000 + b"\n" + HEAD + b"\nhi",
    "digits for a date": b"Date: " + b"1-" * 100_000 + b"\n" + HEAD + b"\nhi",
    "100,000 attributes of one tag": HTML + b"<a " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">hi</a>",
    "attributes behind a quoted bracket": HTML
    + b'<a x=">" '
    + b" ".join(b"a%d" % n for n in range(90_000))
    + b">hi</a>",
}


@pytest.mark.parametrize("name", ROWS)
def test_costly_mail_becomes_a_row_with_its_defect(parse, name):
    content, defect = ROWS[name]
    rows = parse(content)
    assert not rows["rejects"]
    assert defect in rows["messages"][0]["defects"]


@pytest.mark.parametrize("name", HARMLESS)
def test_costly_looking_mail_becomes_a_row(parse, name):
    rows = parse(HARMLESS[name])
    assert not rows["rejects"]
    assert rows["messages"][0]["from_address"] == "ann@sender.example"


def test_message_over_its_size_is_a_reject(parse):
    rows = parse(HEAD + b"\n" + b"a" * (50 << 20))
    assert [row["reason"] for row in rows["rejects"]] == ["message_too_large"]
    assert rows["messages"] == []
    assert rows["rejects"][0]["message_bytes"] > MESSAGE_BYTES


def test_limits_hold_in_the_rows(parse):
    parts = parse(MIXED + (PART + PICTURE) * 5_000)
    hops = parse(HOP * 300 + HEAD + b"\n" + b"".join(b"http://h.example/%d " % n for n in range(9_000)))
    assert parts["messages"][0]["part_count"] == 1_000
    assert len(parts["attachments"]) == parts["messages"][0]["attachment_count"] == 200
    assert len(hops["received_hops"]) == hops["messages"][0]["hop_count"] == 100
    assert len(hops["urls"]) == hops["messages"][0]["url_count"] == 1_000


def test_body_is_cut_between_characters(parse):
    message = parse(HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + ("é" * 40_000 + "x").encode())["messages"][
        0
    ]
    assert message["body_text"] == "é" * 32_768
    assert message["body_text_bytes"] == 80_001
