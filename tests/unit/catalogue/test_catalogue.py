"""The catalogue: what it says, and what it answers to mistakes."""

from datetime import date
from pathlib import Path

import pytest

from transforms.catalogue import CatalogueError, Feed, Period, feed_named, load_catalogue

COMMITTED = Path(__file__).parents[3] / "feeds.toml"


@pytest.fixture
def load(tmp_path):
    def load(text: str) -> dict[str, Feed]:
        (tmp_path / "feeds.toml").write_text(text)
        return load_catalogue(tmp_path / "feeds.toml")

    return load


def test_every_key(load):
    feeds = load("""
        [feeds.trap-a]
        url = "https://user:pass@mx.example/{date}.mbox.gz"
        format = "mbox"
        trusted_hosts = ["MX.trap-a.example"]
        authserv_ids = ["MX.trap-a.example"]
        licence = "internal"
        expected_daily = 10
        late_days = 2
        enabled = false
        description = "a trap"
    """)
    feed = feeds["trap-a"]
    assert feed == Feed(
        name="trap-a",
        url="https://user:pass@mx.example/{date}.mbox.gz",
        format="mbox",
        trusted_hosts=("mx.trap-a.example",),
        authserv_ids=("mx.trap-a.example",),
        licence="internal",
        expected_daily=10,
        late_days=2,
        enabled=False,
        description="a trap",
    )
    assert feed.public_url == "https://mx.example/{date}.mbox.gz"


def test_what_is_left_out_is_not_declared(load):
    feed = load('[feeds.a]\nurl = "/data/a"')["a"]
    assert feed == Feed("a", "/data/a", None, (), None, None, None, True, None)


def test_local_paths_start_at_the_catalogue(load, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", "/home/operator")
    feeds = load("""
        [feeds]
        a.url = "in/{date}.mbox"
        b.url = "~/mail"
        c.url = "/data/*.eml"
        d.url = "file:///data/{year}"
        e.url = "http://host.example/~x"
    """)
    assert [feed.url for feed in feeds.values()] == [
        f"{tmp_path}/in/{{date}}.mbox",
        "/home/operator/mail",
        "/data/*.eml",
        "/data/{year}",
        "http://host.example/~x",
    ]
    assert [feed.scheme for feed in feeds.values()] == ["file"] * 4 + ["http"]


@pytest.mark.parametrize(
    ("url", "cadence"),
    [
        ("/a/{date}", "day"),
        ("/a/{year}/{month}/{day}", "day"),
        ("/a/{year}-{month}", "month"),
        ("/a/{year}", "year"),
        ("/a/Maildir", "undated"),
    ],
)
def test_cadence(url, cadence):
    assert Feed("a", url).cadence == cadence


def test_periods():
    first, last = date(2004, 12, 30), date(2005, 2, 1)
    days = Feed("a", "/{date}").periods(first, last)
    assert (len(days), days[0], days[-1]) == (34, Period(first, first), Period(last, last))
    assert Feed("a", "/{year}{month}").periods(first, last) == [
        Period(date(2004, 12, 1), date(2004, 12, 31)),
        Period(date(2005, 1, 1), date(2005, 1, 31)),
        Period(date(2005, 2, 1), date(2005, 2, 28)),
    ]
    assert Feed("a", "/{year}").periods(first, last) == [
        Period(date(2004, 1, 1), date(2004, 12, 31)),
        Period(date(2005, 1, 1), date(2005, 12, 31)),
    ]
    assert Feed("a", "/x").periods(first, last) == [Period(last, last)]
    assert Feed("a", "/{date}").periods(last, first) == []


def test_url_for():
    period = Period(date(2005, 3, 1), date(2005, 3, 1))
    assert Feed("a", "/{year}/{month}/{day}/{date}.mbox").url_for(period) == "/2005/03/01/2005-03-01.mbox"


@pytest.mark.parametrize(
    ("pattern", "url", "name"),
    [
        ("/data/a.mbox", "/data/a.mbox", "a.mbox"),
        ("/data/{date}/a.mbox", "/data/2005-03-01/a.mbox", "2005-03-01/a.mbox"),
        ("/data/trap-*/new/*.eml", "/data/trap-1/new/2.eml", "trap-1/new/2.eml"),
        ("https://h.example/get?day={date}", "https://h.example/get?day=2005-03-01", "get?day=2005-03-01"),
        ("https://h.example/spam.mbox?x=1", "https://h.example/spam.mbox?x=1", "spam.mbox?x=1"),
    ],
)
def test_names_are_relative_to_the_url(pattern, url, name):
    assert Feed("a", pattern).name_of(url) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[feeds.a]\nurl = "/x"\ntrusted_host = []', ["feed 'a'", "'trusted_host'", "did you mean 'trusted_hosts'?"]),
        ('[feeds.a]\nurl = "/x"\nzzz = 1', ["feed 'a'", "'zzz'", "the keys are url, format"]),
        ("[feeds.a]\nenabled = true", ["feed 'a'", "key url", "missing"]),
        ("[feeds.a]\nurl = 3", ["feed 'a'", "key url", "3", "in quotes"]),
        ('[feeds.a]\nurl = " "', ["feed 'a'", "key url", "in quotes"]),
        ('[feeds.a]\nurl = "/x"\nformat = "pst"', ["key format", "'pst'", "mbox, maildir, eml"]),
        ('[feeds.a]\nurl = "/x"\ntrusted_hosts = "mx"', ["key trusted_hosts", '["mx.example.org"]']),
        ('[feeds.a]\nurl = "/x"\nauthserv_ids = ["mx", 3]', ["key authserv_ids", "Authentication-Results"]),
        ('[feeds.a]\nurl = "/x"\nexpected_daily = "9"', ["key expected_daily", "whole number"]),
        ('[feeds.a]\nurl = "/x"\nexpected_daily = true', ["key expected_daily", "whole number"]),
        ('[feeds.a]\nurl = "/x"\nlate_days = -1', ["key late_days", "whole number of days"]),
        ('[feeds.a]\nurl = "/x"\nenabled = "no"', ["key enabled", "true or false"]),
        ('[feeds.a]\nurl = "/{dat}"', ["key url", "{dat}", "{date}, {year}, {month}, {day}"]),
        ('[feeds.a]\nurl = "/{day}"', ["key url", "incomplete"]),
        ('[feeds.a]\nurl = "/{month}"', ["key url", "incomplete"]),
        ('[feeds."Trap A"]\nurl = "/x"', ["feed 'Trap A'", "a-z, 0-9"]),
        ('[feed.a]\nurl = "/x"', ["unknown key 'feed'", "did you mean 'feeds'?"]),
        ("feeds = 3", ["feeds", "[feeds.NAME]"]),
        ('feeds.a = "/x"', ["feed 'a'", "[feeds.a]"]),
        ("[feeds.a]\nformat = mbox\n", ["not TOML", "line 2"]),
    ],
)
def test_mistakes_are_named_with_their_place_and_remedy(load, tmp_path, text, words):
    with pytest.raises(CatalogueError) as raised:
        load(text)
    for word in [str(tmp_path / "feeds.toml"), *words]:
        assert word in str(raised.value)


def test_missing_and_unreadable_files(tmp_path):
    with pytest.raises(CatalogueError, match=r"none\.toml: no such file; .*--feeds"):
        load_catalogue(tmp_path / "none.toml")
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_catalogue(tmp_path)
    (tmp_path / "latin").write_bytes(b"\xe9 = 1")
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_catalogue(tmp_path / "latin")


def test_asking_for_a_feed(load, tmp_path):
    feeds = load('[feeds.trap-a]\nurl = "/x"')
    path = tmp_path / "feeds.toml"
    assert feed_named(feeds, "trap-a", path) is feeds["trap-a"]
    with pytest.raises(CatalogueError, match=r"no feed 'trap-b'; did you mean 'trap-a'\?"):
        feed_named(feeds, "trap-b", path)
    with pytest.raises(CatalogueError, match="no feed 'zzz'; it has trap-a"):
        feed_named(feeds, "zzz", path)


def test_the_committed_catalogue_pulls_nothing_by_itself():
    feeds = load_catalogue(COMMITTED)
    assert {"spamassassin-spam", "untroubled"} <= {*feeds}
    assert not [feed.name for feed in feeds.values() if feed.enabled]
    assert all(feed.licence and feed.description and feed.trusted_hosts for feed in feeds.values())


def test_the_example_in_the_committed_catalogue_is_valid(load):
    lines = [line[2:].strip() for line in COMMITTED.read_text().splitlines() if line.startswith("#     ")]
    (feed,) = load("\n".join(lines)).values()
    declared = {key for key, value in vars(feed).items() if value is not None}
    assert declared == {*Feed.__dataclass_fields__}


@pytest.mark.parametrize(
    ("pattern", "url", "name"),
    [
        ("http://u:s3cret@h.example?day={date}", "http://u:s3cret@h.example?day=2005-03-01", "?day=2005-03-01"),
        ("http://u:s3cret@h.example", "http://u:s3cret@h.example", "h.example"),
        ("http://u:s3cret@h.example/a/{date}", "http://u:s3cret@h.example/a/2005-03-01", "2005-03-01"),
        ("http://u:s3cret@h.example/a/", "http://u:s3cret@h.example/a/", "h.example/a/"),
        ("http://{year}.h.example/a", "http://2005.h.example/a", "http://2005.h.example/a"),
        ("/a.mbox", "/a.mbox", "/a.mbox"),
    ],
)
def test_names_hold_no_credentials_and_are_never_empty(pattern, url, name):
    assert Feed("a", pattern).name_of(url) == name


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("/data/{date}/a", "/data"),
        ("/data/*/a", "/data"),
        ("/a", ""),
        ("https://u:p@h.example/a/*/{date}", "https://h.example/a/*"),
        ("https://u:p@h.example?{date}", "https://h.example"),
        ("https://{date}.example/a", ""),
    ],
)
def test_the_fixed_folder(url, folder):
    assert Feed("a", url).fixed_folder == folder


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://user:pass@h.example/a", "https://h.example/a"),
        ("https://user:s3/c#r?e@t@h.example/a", "https://h.example/a"),
        ("https://user@h.example:8080/a", "https://h.example:8080/a"),
        ("https://h.example/list@l.example/{date}", "https://h.example/list@l.example/{date}"),
        ("https://h.example:8080/a", "https://h.example:8080/a"),
        ("https://h.example/?from=http://user:pass@other.example/", "https://h.example/?from=http://other.example/"),
        ("/data/a@b/c:d", "/data/a@b/c:d"),
    ],
)
def test_the_public_url(url, public):
    assert Feed("a", url).public_url == public


@pytest.mark.parametrize(
    "address",
    [
        *("user:s3/cret@h.example/a", "user:s3#cret@h.example/a", "user:s3?cret@h.example/a", "user:s3@cret@h/a"),
        *("user:s3 cret@h.example/a", "user:s3{cret}@h.example/a", "user:s3%cret@h.example/a", "user:s3[cret@h/a"),
        *("user:12/s3cret@h.example/a", "user:s3cret", "user:s3cret@h.example:99999/a", "user:s3cret@h:port/{date}"),
        *("user:s3cret@", "user:s3cret@/a", "user:s3cret@[::1/a", "user:s3cret@h:/a", "", "/a", "h:99999/a"),
    ],
)
def test_a_password_that_cannot_be_told_apart_is_refused_and_never_shown(load, address):
    with pytest.raises(CatalogueError, match="feed 'a': key url: user, password, host and port cannot") as it:
        load(f'[feeds.a]\nurl = "https://{address}"')
    for secret in ("s3", "cret", "99999"):
        assert secret not in str(it.value).partition("feed 'a'")[2]


def test_a_value_of_the_wrong_kind_shows_no_password(load):
    with pytest.raises(CatalogueError) as raised:
        load('[feeds.a]\nurl = ["https://user:s3cret@h.example/a"]')
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        *("https://user:p%40ss~!$&'()*+,;=:word@h.example:8443/{date}?a=b#c", "http://[::1]:80/a", "HTTP://h"),
        *("https://h.example/list@l.example/{date}", "https://{year}.h.example/a", "https://user:@h/a", "http://ü/ä"),
    ],
)
def test_addresses_that_are_right(load, url):
    assert load(f'[feeds.a]\nurl = "{url}"')["a"].url == url


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("s3://bucket/{date}", ["no transport for s3://", "use a path, or one of file://, http://, https://"]),
        ("https:/user:s3cret@h.example/x", ["slashes are missing", "https://host/"]),
        ("http:h.example/x", ["slashes are missing"]),
        ("file:/x", ["slashes are missing", "a path"]),
        ("file://server/x", ["the name of a machine", "mount"]),
        ("file://localhosts/x", ["the name of a machine"]),
        ("~nouser/x", ["no home folder for ~nouser", "in full"]),
        ("/x/{date", ["brace", "{date}, {year}"]),
        ("/x/{{date}}", ["brace"]),
        ("/x/date}", ["brace"]),
        ("/x\\u0000y", ["will not do"]),
    ],
)
def test_urls_that_would_fail_in_the_middle_of_a_run(load, tmp_path, url, words):
    with pytest.raises(CatalogueError) as raised:
        load(f'[feeds.a]\nurl = "/good"\n[feeds.b]\nurl = "{url}"')
    for word in [str(tmp_path / "feeds.toml"), "feed 'b'", "key url", *words]:
        assert word in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_local_urls_with_a_scheme(load):
    feeds = load('[feeds]\na.url = "file://localhost/data/x"\nb.url = "FILE:///data/x"')
    assert [feed.url for feed in feeds.values()] == ["/data/x"] * 2


@pytest.mark.parametrize(("key", "most"), [("late_days", 3660), ("expected_daily", 10**9)])
def test_numbers_that_no_feed_needs(load, key, most):
    assert getattr(load(f'[feeds.a]\nurl = "/x"\n{key} = {most}')["a"], key) == most
    with pytest.raises(
        CatalogueError, match=f"feed 'a': key {key}: {most + 1} will not do; write a whole number .*up to"
    ):
        load(f'[feeds.a]\nurl = "/x"\n{key} = {most + 1}')


def test_a_byte_order_mark_is_no_text(tmp_path):
    (tmp_path / "feeds.toml").write_bytes(b'\xef\xbb\xbf[feeds.a]\nurl = "/x"')
    assert [*load_catalogue(tmp_path / "feeds.toml")] == ["a"]
