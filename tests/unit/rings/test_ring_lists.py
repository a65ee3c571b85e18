import tomllib
from importlib.resources import files

import pytest

from transforms.enrich.hosts import registrable_domain
from transforms.rings.lists import EVERYBODYS, FREE_MAIL, PARAMETERS, SHORTENERS, is_common
from transforms.tables.campaign_indicators import INDICATOR_KINDS

LISTS = tomllib.loads(files("transforms.rings").joinpath("lists.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("registrable_domain", "w3.org"),
        ("registrable_domain", "tinyurl.com"),
        ("registrable_domain", "geocities.com"),
        ("registrable_domain", "co.uk"),
        ("registrable_domain", "blogspot.com"),
        ("host", "schemas.microsoft.com"),
        ("sender_domain", "hotmail.com"),
        ("dkim_domain", "gmail.com"),
        ("sender_domain", "paypal.com"),
        ("drop_box", "service@paypal.com"),
        ("mailer", "Microsoft Outlook Express 6.00.2800.1106 a1b2c3d4"),
        ("affiliate_id", "newsletter"),
    ],
)
def test_common_values(kind, value):
    assert is_common(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("registrable_domain", "cheap-pills.example"),
        ("registrable_domain", "cheap-pills.blogspot.com"),
        ("host", "192.0.2.7"),
        ("drop_box", "dr.obi@hotmail.com"),
        ("sender_domain", "cheap-pills.example"),
        ("mailer", "diffondi cooperate 7.1 a1b2c3d4"),
        ("phone", "+18005550142"),
        ("wallet", "e-gold:1234567"),
        ("affiliate_id", "af1234"),
        ("origin_network", "203.0.113.0/24"),
        ("attachment", "0" * 64),
    ],
)
def test_telling_values(kind, value):
    assert not is_common(kind, value)


def test_lists_are_broad_versioned_and_of_registrable_domains():
    assert LISTS["version"]
    assert len(FREE_MAIL) >= 60
    assert len(SHORTENERS) >= 40
    assert len(EVERYBODYS - SHORTENERS) >= 200
    assert len(PARAMETERS) >= 30
    # private suffixes in the lists would never be looked up under their own name
    odd = {each for each in EVERYBODYS | FREE_MAIL if registrable_domain(each) not in (each, None)}
    assert not odd


@pytest.mark.parametrize("kind", INDICATOR_KINDS)
@pytest.mark.parametrize("value", ["", ".", "@", "[recipient]", "a" * 5000])
def test_any_value_has_an_answer(kind, value):
    assert is_common(kind, value) in (True, False)
