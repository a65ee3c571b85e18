"""Link shapes, manners of sending, contacts and delivery reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.campaigns.contacts import contacts
from transforms.campaigns.manner import manner
from transforms.campaigns.notices import is_notice
from transforms.campaigns.shapes import link_shape


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/rx/?aff=1&e=7", "http://b.example/rx/?e=zzz&aff=2"),
        ("http://a.example/x8s7d6/buy.php", "http://a.example/q1w2e3/buy.php"),
        ("http://a.example/", "http://a.example"),
        ("http://a.example/u/?abcdef", "http://a.example/u/?123"),
        ("http://a.example/mMi/8sLa/qO8/", "http://a.example/7oK/tT4/"),
    ],
)
def test_links_of_one_shape(one, other):
    assert link_shape(one) == link_shape(other)


def test_links_of_other_shapes():
    shapes = {link_shape(f"http://a.example/{path}") for path in ("", "rx/", "rx/?aff=1", "shop/", "rx/go.asp")}
    assert len(shapes) == 5


@given(st.text(max_size=80))
def test_any_link_has_a_shape(text):
    assert isinstance(link_shape(f"http://{text}"), str)


def test_the_manner_is_what_the_program_writes():
    names = ["received", "received", "message-id", "from", "to", "subject", "mime-version", "x-mailer"]
    fewer_hops = ["received", "from", "subject", "mime-version", "x-spam-status", "x-mailer"]
    assert manner(names, "text/html", "utf-8") == manner(fewer_hops, "text/html", "utf-8")
    assert manner(names, "text/html", "utf-8") != manner(names, "text/plain", "utf-8")
    assert manner(names, "text/html", None) != manner(names[:-1], "text/html", None)


@pytest.mark.parametrize(
    "added",
    [
        ["x-originating-ip", "content-length"],
        ["list-id", "list-post", "x-beenthere", "precedence", "errors-to"],
        ["resent-from", "resent-to", "x-spam-status"],
    ],
)
def test_hosts_and_lists_do_not_change_the_manner(added):
    names = ["from", "subject", "mime-version", "x-mailer"]
    assert manner([*names, *added], "text/html", None) == manner(names, "text/html", None)


def test_a_field_with_a_drawn_name_is_the_same_in_every_copy():
    one, other = (["from", name, "mime-version"] for name in ("x-7ea840a39867d2d7", "x-f5590018"))
    assert manner(one, "text/plain", None) == manner(other, "text/plain", None)
    assert manner(one, "text/plain", None) != manner(["from", "mime-version"], "text/plain", None)


def test_tickers_and_post_boxes():
    text = "Sky Link (OTC: CKLU) rises. P.O. Box 828, Cioscle, BC. Another PO BOX 17"
    assert contacts(text) == {("ticker", "CKLU"), ("post_box", "828 cioscle"), ("post_box", "17")}
    assert contacts("Buy shares of this stock: CKLU rises. CKLU is hot") == {("ticker", "CKLU")}
    assert contacts("BUY SHARES NOW BUY SHARES NOW") == set()
    assert contacts("FREE lunch, FREE wine") == set()


@pytest.mark.parametrize(
    "shouted",
    [
        "No stock tips from a broker: CLICK HERE now, or CLICK HERE later",
        "The stock of our broker: an INBOX is an INBOX, and your inbox too",
        "Shares of stock on the OTCBB rise; the OTCBB is where",
        "Our stock of lamps: CKLU lamps, fine CKLU lamps",
    ],
)
def test_what_is_shouted_is_no_ticker(shouted):
    assert contacts(shouted) == set()


@pytest.mark.parametrize(
    ("content_type", "sender", "enclosed", "expected"),
    [
        ("multipart/report", "x@a.example", ["message/delivery-status", "message/rfc822"], True),
        ("text/plain", "mailer-daemon@a.example", [], True),
        ("text/plain", "joe@a.example", [], False),
        ("multipart/mixed", "mailer-daemon@a.example", ["application/octet-stream"], False),
        ("text/plain", None, [], False),
    ],
)
def test_delivery_reports(content_type, sender, enclosed, expected):
    assert is_notice(content_type, sender, enclosed) is expected
