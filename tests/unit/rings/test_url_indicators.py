import pytest

from transforms.rings.url_indicators import affiliate_ids, is_followed, link_indicators


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        ("http://shop.example/p?aff=AF1234", ["af1234"]),
        ("http://shop.example/?e=someone&amp;PID=oty71260", ["oty71260"]),
        ("http://shop.example/go.asp?wid=4711;sid=xyzzy", ["4711", "xyzzy"]),
        ("http://shop.example/aff/1234/index.html", ["1234"]),
        ("http://shop.example/index.php?7788", ["7788"]),
        ("http://shop.example/?ref=abc12&partner=abc12", ["abc12"]),
    ],
)
def test_ids_of_the_seller(url, ids):
    assert affiliate_ids(url) == ids


@pytest.mark.parametrize(
    "query",
    [
        "aff=5",
        "id=0000",
        "id=2005",
        "date=20050301",
        "id=20050301",
        "sid=d41d8cd98f00b204",  # a digest
        "id=bWFpbEBob3N0LmV4YW1wbGU=",
        "ref=someone@host.example",
        "ref=someone%40host.example",
        "ref=[recipient]",
        "a=1109700000",  # a moment
        "ref=newsletter",
        "colour=red1234",
        "d41d8cd98f00b204e9800998ecf8427e",
        "",
    ],
)
def test_values_of_the_reader_or_of_nobody(query):
    assert affiliate_ids(f"http://shop.example/?{query}") == []


@pytest.mark.parametrize(
    "url", ["http://[::1/?aff=1234", "", "mailto:a@b.example", "?" * 5000, "http://" + "&a=" * 9999]
)
def test_broken_links_give_nothing(url):
    assert affiliate_ids(url) == []


def test_everybodys_hosts_have_no_sellers_of_ours():
    assert affiliate_ids("http://www.facebook.com/?ref=abc123") == []


def test_indicators_of_a_link():
    url = "http://www.pills.example/?aff=1234"
    assert link_indicators(url, "www.pills.example", "pills.example") == {
        ("registrable_domain", "pills.example"),
        ("affiliate_id", "1234"),
    }
    assert link_indicators("http://192.0.2.7/", "192.0.2.7", None) == {("host", "192.0.2.7")}
    assert link_indicators("http://[2001:db8::1]/", "2001:db8::1", None) == {("host", "2001:db8::1")}
    assert link_indicators("http://bit.ly/x", "bit.ly", "bit.ly") == set()
    assert link_indicators("mailto:a@b.example", None, None) == set()
    assert link_indicators("http://intranet/", "intranet", None) == set()


def test_a_link_that_is_only_shown_is_not_followed():
    assert not is_followed("text", {"text", "href"})
    assert is_followed("href", {"text", "href"})
    assert is_followed("text", {"text", "src"})
