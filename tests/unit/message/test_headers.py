"""Header fields that are in no charset, in the wrong one, or oddly named."""

from __future__ import annotations

import pytest


def message(parse, *lines: bytes) -> dict:
    return parse(b"From: a@b.example\n" + b"".join(line + b"\n" for line in lines) + b"\nx\n")["messages"][0]


@pytest.mark.parametrize(
    ("raw", "charset", "subject"),
    [
        ("Frösche".encode(), b"iso-8859-1", "Frösche"),
        ("Frösche".encode(), b"windows-1251", "Frösche"),
        ("Лягушки".encode("koi8-r"), b"koi8-r", "Лягушки"),
        ("ビール".encode("iso-2022-jp"), b"iso-2022-jp", "ビール"),
        ("ビール".encode("iso-2022-jp"), b"utf-8", "ビール"),
    ],
)
def test_raw_header_is_read_in_what_it_can_be(parse, raw, charset, subject):
    found = message(parse, b"Subject: " + raw, b"Content-Type: text/plain; charset=" + charset)
    assert (found["subject"], found["parser"]) == (subject, "tolerant")


def test_charset_of_the_body_is_not_that_of_ascii_fields(parse):
    found = message(parse, b"Subject: 1 +AOQ- 2", b"X: \xff", b"Content-Type: text/plain; charset=utf-7")
    assert found["subject"] == "1 +AOQ- 2"


@pytest.mark.parametrize("first", [b"_", b"-", b"$"])
def test_field_may_begin_with_a_sign(parse, first):
    found = message(parse, first + b"Foo: y", b"Subject: s")
    assert (found["subject"], found["parser"]) == ("s", "fast")
    assert first.decode() + "foo" in found["header_names"]


def test_delimiter_is_no_field(parse):
    assert message(parse, b"Subject: s", b"--b: c")["body_text"] == "--b: c\n\nx"


def test_media_type_with_foreign_signs_is_broken(parse):
    found = message(parse, b"Content-Type: tex%/plain")
    assert (found["parser"], found["content_type"]) == ("tolerant", "text/plain")
    assert "content_type_broken" in found["defects"]
