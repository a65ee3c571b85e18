"""Hosts: their usual form, and who registered them."""

from __future__ import annotations

import pytest

from transforms.enrich.hosts import ascii_host, ip_address, is_public, numeric_address, registrable_domain


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.shop.example.co.uk", "example.co.uk"),
        ("example.com", "example.com"),
        ("com", None),
        ("a.b.unlisted", "b.unlisted"),
        ("192.0.2.1", None),
        ("2001:db8::1", None),
    ],
)
def test_registrable_domain(host, domain):
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("WWW.Example.COM.", "www.example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("a。b.example", "a.b.example"),
        ("☃.example", "xn--n3h.example"),
        ("under_score.example", "under_score.example"),
        ("a b", None),
        ("", None),
        ("a..b", None),
        ("é" * 200, None),
        ("-", None),
    ],
)
def test_ascii_host(host, name):
    assert ascii_host(host) == name


def test_addresses_have_one_form():
    assert ip_address("2001:DB8:0:0::1") == "2001:db8::1"
    assert ip_address("::ffff:192.0.2.1") == "192.0.2.1"
    assert ip_address("010.001.002.003") == "10.1.2.3"
    assert ip_address("300.1.2.3") is None and ip_address("host") is None


def test_numbers_are_addresses_where_a_browser_says_so():
    assert [numeric_address(text) for text in ("3221225985", "0xc0.0.0x2.1", "0300.0.2.01")] == ["192.0.2.1"] * 3
    assert [numeric_address(text) for text in ("256.1.1.1", "1.2.3.4.5", "09.1.1.1", "1.2.3.x", "4294967296")] == [
        None
    ] * 5


def test_private_addresses_are_not_public():
    private = ["10.0.0.1", "127.0.0.1", "169.254.1.1", "192.168.0.1", "224.0.0.1", "::1", "fd00::1", "fe80::1"]
    assert not any(map(is_public, private))
    assert is_public("198.51.100.1") and is_public("2001:db8::1")
