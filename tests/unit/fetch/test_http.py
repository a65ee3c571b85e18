"""Downloads: conditional, resumed, retried, checked."""

import base64
import hashlib
import itertools
import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from pulls import DAY, as_seen
from web import answer, cut_after, running, serve

from transforms.catalogue import Feed
from transforms.feed import SCHEMES
from transforms.fetch import _TRANSPORTS, Seen, SourceUnreachable, fetch
from transforms.fetch import download as download_module

BODY = bytes(range(256)) * 4000


@pytest.fixture
def web(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with running(BODY) as web:
        yield web


def sha256_field(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def test_download(web, pull, inbox):
    (arrival,) = pull(web.url + "/spam/{date}.mbox.gz")
    assert (arrival.outcome, arrival.name) == ("new", "2005-03-01.mbox.gz")
    assert arrival.source_url == web.url + "/spam/2005-03-01.mbox.gz"
    assert (arrival.sha256, arrival.file_bytes) == (hashlib.sha256(BODY).hexdigest(), len(BODY))
    assert (arrival.etag, arrival.modified_at) == ('"v1"', datetime(2005, 3, 1, 1, 20))
    assert arrival.path.read_bytes() == BODY
    assert list(inbox.iterdir()) == [arrival.path]
    assert web.requests[0]["Accept-Encoding"] == "identity"
    assert "spamledger" in web.requests[0]["User-Agent"]


def test_unchanged_by_etag(web, pull):
    seen = as_seen(pull(web.url + "/a"))
    (arrival,) = pull(web.url + "/a", seen)
    assert (arrival.outcome, arrival.path, arrival.sha256) == ("unchanged", None, hashlib.sha256(BODY).hexdigest())
    assert web.requests[1]["If-None-Match"] == '"v1"'
    assert web.requests[1]["If-Modified-Since"] == "Tue, 01 Mar 2005 01:20:00 GMT"


def test_changed(web, pull):
    seen = as_seen(pull(web.url + "/a"))
    web.headers["ETag"], web.body = '"v2"', b"newer"
    (arrival,) = pull(web.url + "/a", seen)
    assert (arrival.outcome, arrival.etag, arrival.path.read_bytes()) == ("new", '"v2"', b"newer")


def test_the_version_of_another_day_is_not_asked_for(web, pull):
    pull(web.url + "/{date}/spam", {"spam": Seen("0" * 64, 1, None, '"v1"')})
    assert "If-None-Match" not in web.requests[0]


@pytest.mark.parametrize("status", [404, 410])
def test_absent(web, pull, pauses, status):
    web.script = [answer(status)]
    (arrival,) = pull(web.url + "/a")
    assert (arrival.outcome, arrival.name, pauses) == ("absent", None, [])


def test_a_busy_server_is_asked_again(web, pull, pauses):
    web.script = [answer(503), answer(502)]
    assert pull(web.url + "/a")[0].outcome == "new"
    assert 1 <= pauses[0] <= 3 and 2 <= pauses[1] <= 6


@pytest.mark.parametrize("status", [408, 500, 507, 520, 521, 524, 529, 599])
def test_failures_that_may_pass(web, pull, status):
    web.script = [answer(status)]
    assert pull(web.url + "/a")[0].outcome == "new"


def test_a_server_that_stays_busy(web, pull, pauses):
    web.script = [answer(503)] * 9
    with pytest.raises(SourceUnreachable, match=r"/a: the server answers 503, 5 times; check the server"):
        pull(web.url + "/a")
    assert len(pauses) == 4 == len(web.requests) - 1


def test_retry_after(web, pull, pauses):
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    web.script = [answer(429, Retry_After="7"), answer(503, Retry_After=later), answer(503, Retry_After="soon")]
    assert pull(web.url + "/a")[0].outcome == "new"
    assert pauses[0] == 7 and 30 < pauses[1] <= 90 and 4 <= pauses[2] <= 12


@pytest.mark.parametrize("value", ["²", "9" * 5000, "Fri, 31 Dec 9999 23:59:59 -1400"])
def test_a_retry_after_that_is_nonsense(web, pull, pauses, value):
    web.script = [answer(503, Retry_After=value), answer(503)]
    if value.isascii() and value.isdigit():
        with pytest.raises(SourceUnreachable, match="asks to come back in 999999999 seconds"):
            pull(web.url + "/a")
    else:
        assert pull(web.url + "/a")[0].outcome == "new"
        assert 1 <= pauses[0] <= 3


@pytest.mark.parametrize(
    "value", ["Fri, 31 Dec 9999 23:59:59 -1400", "1 Jan 99999999999999999999", "Tue, 99 Foo 2005", "é", " "]
)
def test_a_last_modified_that_is_nonsense(web, pull, value):
    web.headers["Last-Modified"] = value
    (arrival,) = pull(web.url + "/a")
    assert (arrival.path.read_bytes(), arrival.modified_at) == (BODY, None)


def test_an_etag_that_cannot_be_sent_back(web, pull):
    web.headers["ETag"] = '"é"'
    web.script = [cut_after(300_000)]
    (arrival,) = pull(web.url + "/a")
    assert arrival.path.read_bytes() == BODY
    assert web.requests[1]["If-Range"] == web.headers["Last-Modified"]
    assert pull(web.url + "/a", as_seen([arrival]))[0].outcome == "new"


@pytest.mark.parametrize("value", [f"bytes 300000-{'9' * 5000}/*", "bytes ٣٠٠٠٠٠-400000/*", "bytes */*", ""])
def test_a_content_range_that_is_nonsense(web, pull, value):
    web.script = [cut_after(300_000), answer(206, BODY[300_000:], Content_Range=value)]
    assert pull(web.url + "/a")[0].path.read_bytes() == BODY


def test_retry_after_an_hour_is_not_waited_for(web, pull, pauses):
    web.script = [answer(429, Retry_After="3600")]
    with pytest.raises(SourceUnreachable, match="asks to come back in 3600 seconds: run again then"):
        pull(web.url + "/a")
    assert not pauses


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(403, "user and password"), (401, "user and password"), (400, "url"), (501, "url"), (505, "url")],
)
def test_refusals_are_not_retried(web, pull, pauses, status, remedy):
    web.script = [answer(status)]
    with pytest.raises(SourceUnreachable, match=f"the server answers {status}; check the {remedy}"):
        pull(web.url + "/a")
    assert not pauses


def test_a_cut_connection_is_taken_up_where_it_broke(web, pull):
    web.script = [cut_after(300_000), cut_after(200_000)]
    (arrival,) = pull(web.url + "/a")
    assert (arrival.sha256, arrival.path.read_bytes()) == (hashlib.sha256(BODY).hexdigest(), BODY)
    assert [request["Range"] for request in web.requests] == [None, "bytes=300000-", "bytes=500000-"]
    assert web.requests[1]["If-Range"] == '"v1"'


def test_a_later_pull_takes_up_what_an_earlier_one_left(web, pull):
    web.script = [cut_after(300_000)] + [answer(503)] * 4
    with pytest.raises(SourceUnreachable):
        pull(web.url + "/a")
    assert pull(web.url + "/a")[0].path.read_bytes() == BODY
    assert web.requests[-1]["Range"] == "bytes=300000-"


def test_a_file_that_changed_meanwhile_is_downloaded_whole(web, pull):
    def change(handler):
        cut_after(300_000)(handler)
        web.headers["ETag"], web.body = '"v2"', BODY[::-1]

    web.script = [change]
    assert pull(web.url + "/a")[0].path.read_bytes() == BODY[::-1]


def any_rest(*names):
    """Serve the rest that is asked for, of whatever version, with these headers of the file."""

    def handle(handler):
        web = handler.server.web
        start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
        place = f"bytes {start}-{len(web.body) - 1}/{len(web.body)}"
        answer(206, web.body[start:], Content_Range=place, **{name: web.headers[name] for name in names})(handler)

    return handle


TIMES = ("Tue, 01 Mar 2005 01:20:00 GMT", "Tue, 01 Mar 2005 01:20:01 GMT")


@pytest.mark.parametrize(
    ("said", "first", "then", "size"),
    [
        (["ETag"], '"v1"', '"v2"', len(BODY)),
        (["ETag"], 'W/"v1"', 'W/"v2"', len(BODY)),
        (["Last-Modified"], *TIMES, len(BODY)),
        ([], *TIMES, len(BODY) - 9),
    ],
)
def test_the_rest_of_another_version_is_never_joined(web, pull, said, first, then, size):
    web.headers = {"Last-Modified": TIMES[0]} | dict.fromkeys(said, first)

    def change(handler):
        cut_after(300_000)(handler)
        web.headers |= dict.fromkeys(said, then)
        web.body = BODY[::-1][:size]

    web.script = [change, any_rest(*said)]
    (arrival,) = pull(web.url + "/a")
    assert arrival.path.read_bytes() == web.body
    assert [request["Range"] for request in web.requests] == [None, "bytes=300000-", None]


@pytest.mark.parametrize("said", [[], ["ETag"], ["Last-Modified"], ["ETag", "Last-Modified"]])
def test_the_rest_of_the_same_version_is_joined(web, pull, said):
    web.script = [cut_after(300_000), any_rest(*said)]
    assert pull(web.url + "/a")[0].path.read_bytes() == BODY
    assert [request["Range"] for request in web.requests] == [None, "bytes=300000-"]


def test_a_part_that_was_not_asked_for(web, pull, inbox):
    web.script = [answer(206, b"x", Content_Range="bytes 0-0/1")]
    assert pull(web.url + "/a")[0].path.read_bytes() == BODY
    web.script = [answer(206, b"x", Content_Range="bytes 0-0/1")] * 5
    with pytest.raises(SourceUnreachable, match="sends a part that was not asked for, 5 times"):
        pull(web.url + "/b")


def test_without_a_version_a_download_starts_over(web, pull):
    web.headers = {}
    web.script = [cut_after(300_000)]
    assert pull(web.url + "/a")[0].path.read_bytes() == BODY
    assert [request["Range"] for request in web.requests] == [None, None]


def test_a_part_that_cannot_be_continued_is_dropped(web, pull):
    web.script = [cut_after(300_000), answer(416)]
    assert pull(web.url + "/a")[0].path.read_bytes() == BODY


def test_a_range_that_starts_elsewhere_is_refused(web, pull):
    web.script = [cut_after(300_000), answer(206, b"x", Content_Range=f"bytes 7-7/{len(BODY)}")]
    assert pull(web.url + "/a")[0].path.read_bytes() == BODY


def test_a_server_that_announces_more_than_it_sends(web, pull):
    def short(handler):
        handler.close_connection = True
        answer(200, b"short", Content_Length="99")(handler)

    web.script = [short] * 5
    with pytest.raises(SourceUnreachable, match="5 times; check the server and the network"):
        pull(web.url + "/a")


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Repr-Digest", f"sha-256=:{sha256_field(BODY)}:"),
        ("Digest", f"UNIXsum=30637, SHA-256={sha256_field(BODY)}"),
        ("Content-MD5", base64.b64encode(hashlib.md5(BODY).digest()).decode()),
        ("Repr-Digest", "sha-256=:not base 64!:"),
    ],
)
def test_announced_checksums(web, pull, header, value):
    web.headers[header] = value
    assert pull(web.url + "/a")[0].path.read_bytes() == BODY


@pytest.mark.parametrize("header", ["Repr-Digest", "Digest"])
def test_a_wrong_checksum_is_tried_again_and_never_delivered(web, pull, inbox, header):
    web.headers[header] = f"sha-256=:{sha256_field(b'other')}:"
    with pytest.raises(SourceUnreachable, match="sha256 checksum is not the one that the server announced, 5 times"):
        pull(web.url + "/a")
    assert not list(inbox.iterdir())


def test_a_wrong_content_md5(web, pull):
    web.script = [answer(200, b"damaged", Content_MD5=base64.b64encode(hashlib.md5(b"whole").digest()).decode())]
    assert pull(web.url + "/a")[0].path.read_bytes() == BODY


def test_redirects_are_followed(web, pull):
    web.script = [answer(302, Location="/elsewhere")]
    (arrival,) = pull(web.url + "/a")
    assert (arrival.name, arrival.path.read_bytes()) == ("a", BODY)


def test_endless_redirects(web, pull):
    web.script = [answer(302, Location="/a")] * 20
    with pytest.raises(SourceUnreachable, match="check the url"):
        pull(web.url + "/a")


def trickle(handler):
    """Serve 500 bytes, then nothing until the client hangs up."""
    serve(handler, cut=500)
    handler.close_connection = True
    handler.rfile.read(1)


def test_a_slow_download_is_taken_up_on_a_new_connection(web, inbox):
    web.script = [trickle]
    moments = itertools.count(0, 61)
    clock = lambda: next(moments) if len(web.requests) == 1 else 1e6  # noqa: E731
    (arrival,) = fetch(Feed("trap", web.url + "/a"), DAY, inbox, {}, sleep=lambda _: None, clock=clock)
    assert arrival.path.read_bytes() == BODY
    assert [request["Range"] for request in web.requests] == [None, "bytes=500-"]


def test_a_source_that_stays_slow(web, inbox):
    web.script = [trickle] * 5
    web.headers = {}
    moments = itertools.count(0, 61)
    pull = fetch(Feed("trap", web.url + "/a"), DAY, inbox, {}, sleep=lambda _: None, clock=lambda: next(moments))
    with pytest.raises(SourceUnreachable, match="500 bytes came in 61 seconds, 5 times; check the server"):
        list(pull)


def test_a_file_over_the_size_limit(web, pull, inbox, monkeypatch):
    monkeypatch.setattr(download_module, "SIZE_LIMIT_BYTES", 1000)
    with pytest.raises(SourceUnreachable, match="larger than 1,000 bytes"):
        pull(web.url + "/a")
    assert not list(inbox.iterdir())


def test_a_server_that_is_not_there(pull, pauses):
    with running(b"") as web:
        url = web.url
    with pytest.raises(SourceUnreachable, match="5 times; check the server and the network"):
        pull(url + "/a")
    assert len(pauses) == 4


def test_credentials_are_used_and_never_shown(web, pull, caplog):
    caplog.set_level(logging.DEBUG)
    url = web.url.replace("://", "://trap:s%40cret@") + "/a"
    (arrival,) = pull(url)
    assert web.requests[0]["Authorization"] == "Basic " + base64.b64encode(b"trap:s@cret").decode()
    web.script = [answer(403)]
    with pytest.raises(SourceUnreachable) as raised:
        pull(url)
    for shown in (repr(arrival), str(raised.value), caplog.text):
        assert "cret" not in shown


@pytest.mark.parametrize("path", ["", "?day={date}", "/", "/a"])
def test_credentials_are_no_part_of_a_name(web, pull, path):
    (arrival,) = pull(web.url.replace("://", "://trap:s3cret@") + path)
    assert arrival.name and "s3cret" not in repr(arrival)


@pytest.mark.parametrize("password", ["s3/cret", "s3#cret", "s3?cret", "s3/c@ret"])
def test_a_password_that_is_not_escaped_is_not_told(web, pull, password):
    with pytest.raises(SourceUnreachable) as raised:
        pull(web.url.replace("://", f"://trap:{password}@") + "/a")
    assert "s3" not in str(raised.value) and "cret" not in str(raised.value)


def test_the_catalogue_knows_the_transports():
    assert {*_TRANSPORTS} == {*SCHEMES}
