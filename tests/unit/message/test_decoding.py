"""Charsets, transfer encodings, encoded words, parameters and uuencoded files, whole and damaged."""

from __future__ import annotations

import base64
import binascii
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.message.charsets import decode_text
from transforms.message.encoded_words import decode_words
from transforms.message.parameters import read_parameters
from transforms.message.transfer import decode_tolerantly
from transforms.message.uuencode import Enclosed, take_files


@pytest.mark.parametrize(
    ("content", "declared", "text", "defect"),
    [
        (b"caf\xe9", "iso-8859-1", "café", None),
        (b"10 \x80", "ISO-8859-1", "10 €", None),
        (b"\x81", "windows-1252", "\x81", None),
        ("発".encode("cp932"), "Shift_JIS", "発", None),
        ("①".encode("cp932"), "shift-jis", "①", None),
        ("한글".encode("cp949"), "ks_c_5601-1987", "한글", None),
        ("€".encode("gb18030"), "gb2312", "€", None),
        ("Ж".encode("koi8-r"), '"koi8-r"', "Ж", None),
        (b"+AOk-", "utf-7", "é", None),
        (b"+2AA-", "utf-7", "\ufffd", None),
        ("é".encode(), "us-ascii", "é", "charset_lied"),
        (b"caf\xe9", "utf-8", "café", "charset_lied"),
        ("日本語テキスト".encode() + b"\xff", "utf-8", "日本語テキスト\ufffd", "charset_lied"),
        ("こんにちは".encode("euc_jp"), "iso-2022-jp", "こんにちは", "charset_lied"),
        (b"plain", "x-nothing", "plain", "charset_unknown"),
        (b"plain", "base64", "plain", "charset_unknown"),
        (b"plain", "idna", "plain", "charset_unknown"),
        (b"plain", "../../etc", "plain", "charset_unknown"),
        (b"caf\xe9", None, "café", None),
        (b"a\0b", None, "ab", None),
        (b"Plain http://x.example/ txt", "utf-16", "Plain http://x.example/ txt", "charset_lied"),
        (b"Plain http://x.example/ txt\0", "utf-16", "Plain http://x.example/ txt", "charset_lied"),
        (b"Plain http://x.example/ txt.", "utf-32-le", "Plain http://x.example/ txt.", "charset_lied"),
        (b"Plain http://x.example/ txt", "cp037", "Plain http://x.example/ txt", "charset_lied"),
        ("é".encode(), "ebcdic-cp-be", "é", "charset_lied"),
        ("wide".encode("utf-16-le"), "utf-16-le", "wide", None),
        ("wide é".encode("utf-16"), "utf-16", "wide é", None),
        ("日本".encode("utf-16"), "utf-16", "日本", None),
    ],
)
def test_text_is_decoded(content, declared, text, defect):
    assert decode_text(content, declared) == (text, defect)


@given(
    st.binary(max_size=60),
    st.sampled_from([None, "utf-8", "utf-7", "utf-16", "gb2312", "iso-2022-jp", "hz", "x-no", "cp037"]),
)
def test_any_bytes_are_decoded_to_storable_text(content, declared):
    text = decode_text(content, declared).text
    assert "\0" not in text and text.encode().decode() == text


@given(st.binary(max_size=200))
def test_sound_transfer_encodings_are_undone(content):
    defects: set[str] = set()
    assert decode_tolerantly(base64.encodebytes(content), "base64", False, defects) == content
    encoded = quopri.encodestring(content.replace(b"\r", b""), quotetabs=True)
    assert decode_tolerantly(encoded, "quoted-printable", False, defects) == content.replace(b"\r", b"")
    assert not defects


@pytest.mark.parametrize(
    ("content", "encoding", "decoded", "defects"),
    [
        (b"QUJD\nREVG!\n", "base64", b"ABCDEF", {"base64_broken"}),
        (b"QUJDR", "base64", b"ABC", {"base64_broken"}),
        (b"QUI=QUI=", "base64", b"ABAB", {"base64_broken"}),
        (b"begin 644 a\n#0V%T\n`\nend\n", "x-uuencode", b"Cat", set()),
        (b"begin 644 a\n#0V%T\n`\nend\n", "x-uue", b"Cat", set()),
        (b"begin\nnothing\n", "uuencode", b"begin\nnothing\n", {"uuencode_broken"}),
        (b"", "base64", b"", set()),
        (b"a=3db=zz=\n=", "quoted-printable", b"a=b=zz", {"quoted_printable_broken"}),
        (b"a= \t\nb", "quoted-printable", b"ab", set()),
        (b"as it is", "x-unknown", b"as it is", {"transfer_encoding_unknown"}),
        (b"as it is", "8bits", b"as it is", set()),
    ],
)
def test_damaged_transfer_encodings_give_what_is_there(content, encoding, decoded, defects):
    found: set[str] = set()
    assert decode_tolerantly(content, encoding, False, found) == decoded
    assert found == defects


LETTERS = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNk"


@pytest.mark.parametrize(
    ("content", "decoded"),
    [
        (b"aGVs!!bG8=\n", b"hello"),
        (b"\xef\xbb\xbfaGVsbG8gd29ybGQ=\n", b"hello world"),
        (LETTERS + b"\n!!\n" + LETTERS + b"\n", b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcd" * 2),
        (b"aGVsbG8=\n\n--\nfooter http://y.example/\n", b"hello\n--\nfooter http://y.example/\n"),
        (LETTERS + b"\n_____\nfooter\n", b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcd\n_____\nfooter\n"),
        (b"Plain text, no base64 http://x.example/\n", b"Plain text, no base64 http://x.example/\n"),
        (b"!\n" * 100_000, b"!\n" * 100_000),
        (b"=\n" * 100_000, b""),
    ],
)
def test_stray_bytes_in_base64_text_hide_nothing(content, decoded):
    assert decode_tolerantly(content, "base64", True, set()) == decoded


@pytest.mark.parametrize(
    ("text", "decoded", "is_broken"),
    [
        ("=?utf-8?b?w6k=?= =?UTF-8?q?=C3=A9?=", "éé", False),
        ("=?utf-8?q?=C3?=\n =?utf-8?q?=A9_x?=", "é x", False),
        ("=?iso-8859-1*de?q?=E9?=", "é", False),
        ("a =?utf-8?q?b?= c", "a b c", False),
        ("(=?utf-8?q?b?=)", "(b)", False),
        ("=?utf-8?q?what??=", "what?", False),
        ("=?utf-8?b?w6k?=", "é", True),
        ("=?utf-8?q?a b=?=", "a b=", True),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?=", False),
        ("=?utf-8?q?abc", "=?utf-8?q?abc", True),
        ("= ? nothing", "= ? nothing", False),
    ],
)
def test_encoded_words_are_decoded(text, decoded, is_broken):
    defects: set[str] = set()
    assert decode_words(text, defects) == decoded
    assert defects == ({"encoded_word_broken"} if is_broken else set())


@pytest.mark.parametrize(
    ("text", "value", "named"),
    [
        ("text/PLAIN; Charset=utf-8", "text/plain", {"charset": "utf-8"}),
        ('a/b; x="q\\"uo;ted"; y=2', "a/b", {"x": 'q"uo;ted', "y": "2"}),
        ("a/b; name*=iso-8859-1'fr'caf%E9", "a/b", {"name": "café"}),
        ("a/b; name*1=b; name*0=a", "a/b", {"name": "ab"}),
        ("a/b; name=plain; name*=utf-8''real", "a/b", {"name": "real"}),
        ("text/plain (comment); charset=x (or y)", "text/plain", {"charset": "x"}),
        ("a/b; name=My Invoice 1.zip", "a/b", {"name": "My Invoice 1.zip"}),
        ("attachment; filename=x (1).pdf; size=2", "attachment", {"filename": "x (1).pdf", "size": "2"}),
        ("attachment; filename=x(1).pdf", "attachment", {"filename": "x(1).pdf"}),
        ("attachment; filename=x.pdf (a comment)", "attachment", {"filename": "x.pdf"}),
        ("attachment; filename='x.pdf'", "attachment", {"filename": "x.pdf"}),
        ("attachment; filename='My x.pdf' size=1", "attachment", {"filename": "My x.pdf"}),
        ("attachment; filename=a.zip size=1", "attachment", {"filename": "a.zip"}),
        ("text/plain; charset=utf-8 format=flowed", "text/plain", {"charset": "utf-8"}),
        ("", "", {}),
    ],
)
def test_parameters_are_read(text, value, named):
    parameters = read_parameters(text)
    assert (parameters.value, dict(parameters.named)) == (value, named)


@given(st.text(alphabet="a/b;=\"\\'*0 ()%", max_size=60))
def test_any_parameters_are_read(text):
    parameters = read_parameters(text)
    assert all(name == name.lower() for name in parameters.named)


@given(st.binary(min_size=1, max_size=200))
def test_uuencoded_file_is_taken_out(content):
    lines = b"".join(binascii.b2a_uu(content[start : start + 45]) for start in range(0, len(content), 45)).decode()
    defects: set[str] = set()
    text, files = take_files(f"before\nbegin 644 a file.txt\n{lines}`\nend\nafter\n", defects)
    assert (text, files, defects) == ("before\nafter\n", [Enclosed("a file.txt", content)], set())
