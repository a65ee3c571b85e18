"""Links as they are spelled, and where they lead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.message.html_text import read_html
from transforms.message.text_links import find_links
from transforms.message.urls import read_url


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("(http://a.example/b).", [("http://a.example/b", False)]),
        ("http://a.example/b_(c), http://d.example", [("http://a.example/b_(c)", False), ("http://d.example", False)]),
        ('"HTTP://A.example/"', [("http://A.example/", False)]),
        ("www.a.example/b?", [("http://www.a.example/b", False)]),
        ("me@www.a.example awww.b.example", []),
        ("mailto:a@b.example. mailto:nobody", [("mailto:a@b.example", False)]),
        ("hxxp://a[.]b.example/c", [("http://a.b.example/c", True)]),
        ("h**p://a.example", [("http://a.example", True)]),
        ("a.b[dot]example", [("http://a.b.example", True)]),
        ("joe[at]host, joe@host[.]example", []),
        ("www dot shop dot com is open", [("http://www.shop.com", True)]),
        ("The dot com bubble. We are a dot com. A list dot info file; see tv dot com", []),
        ("[url=http://a.example]x[/url]", [("http://a.example", False)]),
        (
            "http://a.example[/url] http://b.example|x http://c.example;x",
            [("http://a.example", False), ("http://b.example", False), ("http://c.example", False)],
        ),
        (
            "http://a.example:80)(http://b.example/;x|y",
            [("http://a.example:80", False), ("http://b.example/;x|y", False)],
        ),
        ("www.a.example[/url] www.b.example|c", [("http://www.a.example", False), ("http://www.b.example", False)]),
        ("http://a.examplehttp://b.example", [("http://a.example", False), ("http://b.example", False)]),
        ("http://a.example/?http://b.example", [("http://a.example/?http://b.example", False)]),
        ("http://user:w;d@a.example/x", [("http://user:w;d@a.example/x", False)]),
        (
            "http://three。example/x http://www．three。example http://a.b｡example/y",
            [
                ("http://three。example/x", False),
                ("http://www．three。example", False),
                ("http://a.b｡example/y", False),
            ],
        ),
        (
            "http://http://a.example/ www.p*g.example www.a|b",
            [("http://a.example/", False), ("http://www.p*g.example", False), ("http://www.a|b", False)],
        ),
        ("http:///evil.example/", [("http://evil.example/", False)]),
        (
            "http://[2001:db8::1]:81/x http://[2001:db8::1]y",
            [("http://[2001:db8::1]:81/x", False), ("http://[2001:db8::1]", False)],
        ),
        ("join the dot and the line", []),
        ("git://a.example ://b.example", []),
        ("http://a.example/をクリック", [("http://a.example/", False)]),
        ("http://пример.example/x и", [("http://пример.example/x", False)]),
        ("no links at all: really.", []),
    ],
)
def test_links_are_found_in_text(text, links):
    defects: set[str] = set()
    assert list(find_links(text, defects)) == links
    assert not defects


@pytest.mark.parametrize(
    ("spelling", "url", "domain", "is_obfuscated"),
    [
        ("http://WWW.Shop.Example.CO.UK./a?b#c", "http://www.shop.example.co.uk/a?b#c", "example.co.uk", False),
        ("//a.example", "http://a.example", "a.example", False),
        ("www.a.example/x", "http://www.a.example/x", "a.example", False),
        ("https:a.example/x", "https://a.example/x", "a.example", False),
        ("http:\\\\a.example\\x", "http://a.example/x", "a.example", False),
        ("http://user:word@a.example:8080/", "http://a.example:8080/", "a.example", True),
        ("http://bank.example%2f@a.example/", "http://a.example/", "a.example", True),
        ("http://%61.example/", "http://a.example/", "a.example", True),
        ("http://3221225985/", "http://192.0.2.1/", None, True),
        ("http://0xC0000201/", "http://192.0.2.1/", None, True),
        ("http://192.0.513/", "http://192.0.2.1/", None, True),
        ("http://192.0.2.1/", "http://192.0.2.1/", None, False),
        ("http://[::ffff:192.0.2.1]:81/", "http://192.0.2.1:81/", None, False),
        ("http://bücher.example/", "http://xn--bcher-kva.example/", "xn--bcher-kva.example", False),
        ("http://a。example/", "http://a.example/", "a.example", False),
        ("http://a.example:99999/", "http://a.example/", "a.example", False),
        (" ht\ntp://a.example/b\tc ", "http://a.example/bc", "a.example", False),
        ("tel:+1555", "tel:+1555", None, False),
    ],
)
def test_link_is_read_as_a_browser_follows_it(spelling, url, domain, is_obfuscated):
    read = read_url(spelling)
    assert (read.stem + read.tail, read.host and read.host.domain, read.is_obfuscated) == (url, domain, is_obfuscated)


@pytest.mark.parametrize(
    "spelling",
    ["cid:a@b", "data:text/html,x", "javascript:alert(1)", "#top", "page.html", "", "http://", "http:///", "http://a b/",
     "http://<x>/", "mailto:", "http://" + "a" * 300 + "/", "about:blank", "http://[::g]/", "http://1.2.3.4.5/", "http://999.1.1.1/", "http://a.0x1/"],
)  # fmt: skip
def test_what_leads_nowhere_is_no_link(spelling):
    assert read_url(spelling) is None


@given(st.text(max_size=80), st.text(alphabet="ht[p:/.@]%0x1aé\\ ()dow", max_size=60))
def test_any_spelling_is_read(prefix, text):
    for spelling in (text, "http://" + text, prefix + text):
        url = read_url(spelling, base="http://base.example/")
        assert url is None or url.host is None or url.host.name == url.host.name.lower()
    list(find_links(prefix + text, set()))


def test_page_shows_what_a_reader_sees():
    page = read_html(
        "<head><title>no</title></head><p>One&nbsp;two</p>three<!-- no --><script>no</script><style>no</style>"
        "<ul><li>four<li>five</ul>six<br/>seven<span hidden>no</span><p style='color:red;display: NONE'>no</p>"
    )
    assert page.text.split("\n") == ["One two", "three", "four", "five", "six", "seven"]


def test_text_that_no_reader_sees_is_left_out():
    page = read_html(
        "x<title>no</title><body><p>Hello</p><iframe src=http://i.example/><p>no</p></iframe>"
        "<noframes>no</noframes><noembed>no</noembed>there</body>"
    )
    assert page.text.split() == ["x", "Hello", "there"]
    assert page.links == [("src", "http://i.example/")]


def test_text_in_tables_keeps_its_order():
    assert read_html("before<table>\n<tr>\n<td>in</td></tr></table>after").text == "before\nin\nafter"


@given(st.text(max_size=100), st.text(alphabet="<>/=\"' apdivtable&#;", max_size=100))
def test_any_markup_is_read(text, markup):
    assert "\0" not in read_html(text + markup).text
