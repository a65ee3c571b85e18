import pytest

from transforms.rings.message_indicators import (
    dkim_domains,
    mailer,
    message_indicators,
    origin_network,
    reply_box,
    sender_domain,
)

FIELDS = ("received", "from", "to", "subject", "date", "mime-version", "content-type", "x-mailer")


def test_a_mailer_is_its_name_and_the_order_of_its_fields():
    value = mailer("The  Bat! (v2.00.2)", FIELDS)
    assert value.startswith("The Bat! (v2.00.2) ")
    assert mailer("The Bat! (v2.00.2)", ("x-mailer", *FIELDS[:-1])) != value
    assert mailer(None, FIELDS).startswith("- ")
    assert mailer(None, ("received",)) is None


@pytest.mark.parametrize("extra", ["received", "reply-to", "cc", "x-spam-level", "content-transfer-encoding"])
def test_fields_of_the_way_and_of_the_copy_do_not_change_it(extra):
    at = FIELDS.index("x-mailer")
    assert mailer("x", (*FIELDS[:at], extra, *FIELDS[at:])) == mailer("x", FIELDS)


def test_sender_domain_is_the_registrable_one():
    assert sender_domain("mail.pills.co.uk") == "pills.co.uk"
    assert sender_domain("co.uk") is None
    assert sender_domain("[recipient]") is None
    assert sender_domain(None) is None


def test_only_passing_signatures_name_a_domain():
    lines = [
        "mx.example; dkim=pass (1024-bit key; unprotected) header.d=m.pills.co.uk header.i=@pills.co.uk; spf=fail",
        "mx.example; dkim=fail header.d=other.com; DKIM=Pass header.i=news@shop.com",
        "mx.example; dkim=pass; dkim=none",
        "(" * 9999,
    ]
    assert dkim_domains(lines) == {"pills.co.uk", "shop.com"}


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("192.168.1.2", None),
        ("fe80::1", None),
        (None, None),
    ],
)
def test_networks(ip, network):
    assert origin_network(ip) == network


def test_answers_that_go_elsewhere_name_a_drop_box():
    assert reply_box("Box@Post.example", "a@b.example") == "box@post.example"
    assert reply_box("a@b.example", "A@b.example") is None
    assert reply_box("[recipient]@trap.example", "a@b.example") is None
    assert reply_box(None, None) is None


def test_all_of_a_message():
    found = message_indicators(
        "x", FIELDS, "m.pills.example", [], "203.0.113.77", "box@post.example", "a@pills.example"
    )
    assert {kind for kind, _ in found} == {"mailer", "sender_domain", "origin_network", "drop_box"}
    assert message_indicators(None, [], None, [], None) == set()
