"""Sources reached over http and https: conditional, resumable, checked against what the server says of the bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import httpx

from transforms.feed import Feed, Period, without_credentials
from transforms.fetch.arrival import Arrival, Seen, SourceUnreachable
from transforms.fetch.download import Download, Mismatch, is_sendable
from transforms.fetch.timing import Pace, Timing, TooSlow

ATTEMPTS = 5
BACK_OFF_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 300.0
TIMEOUT = httpx.Timeout(60.0, connect=15.0)
_HEADERS = {"User-Agent": "spamledger (spam telemetry pipeline)", "Accept-Encoding": "identity"}
_ABSENT = (404, 410)
_RETRIED = (408, 425, 429)
_FINAL = (501, 505)


class _TryAgain(Exception):
    """An attempt failed in a way that may pass; `wait` is what the server asks for, in seconds."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


def fetch_http(feed: Feed, period: Period, inbox: Path, seen: Mapping[str, Seen], timing: Timing) -> Iterator[Arrival]:
    """Download the period's file, unless it is unchanged or absent (404, 410).

    Network errors, slow and busy servers are tried again; a download that broke off is taken up where it stopped, even
    by a later pull. Raises `SourceUnreachable`.
    """
    url = feed.url_for(period)
    name = feed.name_of(url)
    known = seen.get(name)
    with httpx.Client(headers=_HEADERS, timeout=TIMEOUT, follow_redirects=True, max_redirects=5) as client:
        yield _persist(
            lambda: _attempt(client, url, name, known, inbox, timing), without_credentials(url), timing.sleep
        )


def _persist(attempt: Callable[[], Arrival], shown_url: str, sleep: Callable[[float], None]) -> Arrival:
    for count in range(ATTEMPTS):
        try:
            return attempt()
        except (_TryAgain, Mismatch, TooSlow, httpx.TransportError) as error:
            why = str(error) or type(error).__name__
            asked = getattr(error, "wait", None)
        except httpx.InvalidURL:  # it quotes what may be a password
            raise SourceUnreachable(f"{shown_url}: is no URL; check its host and port") from None
        except httpx.HTTPError as error:
            raise SourceUnreachable(f"{shown_url}: {error}; check the url") from None
        if asked is not None and asked > LONGEST_WAIT_SECONDS:
            raise SourceUnreachable(f"{shown_url}: {why}; it asks to come back in {asked:.0f} seconds: run again then")
        if count < ATTEMPTS - 1:
            sleep(asked if asked is not None else BACK_OFF_SECONDS * 2**count * random.uniform(0.5, 1.5))
    raise SourceUnreachable(f"{shown_url}: {why}, {ATTEMPTS} times; check the server and the network, then run again")


def _attempt(client: httpx.Client, url: str, name: str, known: Seen | None, inbox: Path, timing: Timing) -> Arrival:
    shown_url = without_credentials(url)
    download = Download(inbox, name, shown_url)
    headers = download.resume_headers() or _conditional_headers(known)
    address = httpx.URL(url)
    auth = (address.username, address.password) if address.userinfo else None
    address = address.copy_with(userinfo=b"")  # the client logs the address of each request
    with client.stream("GET", address, headers=headers, auth=auth) as response:
        status = response.status_code
        if status in _ABSENT:
            return Arrival("absent", None, shown_url)
        if status == 304 and known:
            etag = response.headers.get("etag", known.etag)
            return Arrival("unchanged", name, shown_url, None, known.sha256, known.file_bytes, etag, known.modified_at)
        if status == 416:
            download.discard()
            raise _TryAgain("the server cannot continue the download", wait=0)
        if status in _RETRIED or (status >= 500 and status not in _FINAL):
            raise _TryAgain(f"the server answers {status}", _retry_after(response.headers.get("retry-after")))
        if status not in (200, 206):
            remedy = "check the user and password in the url" if status in (401, 403) else "check the url"
            raise SourceUnreachable(f"{shown_url}: the server answers {status}; {remedy}")
        whole = download.receive(response, Pace(timing))
    modified_at = parse_http_date(response.headers.get("last-modified"))
    etag = response.headers.get("etag")
    return Arrival("new", name, shown_url, whole, download.sha256, download.file_bytes, etag, modified_at)


def _conditional_headers(known: Seen | None) -> dict[str, str]:
    headers = {}
    if known and known.sha256 and known.etag and is_sendable(known.etag):
        headers["If-None-Match"] = known.etag
    if known and known.sha256 and known.modified_at:
        headers["If-Modified-Since"] = format_datetime(known.modified_at.replace(tzinfo=UTC), usegmt=True)
    return headers


def parse_http_date(value: str | None) -> datetime | None:
    """An HTTP date as UTC without a zone; None for nonsense."""
    try:
        moment = parsedate_to_datetime(value or "")
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def _retry_after(value: str | None) -> float | None:
    if value and value.isascii() and value.isdigit():
        return float(value[:9])
    moment = parse_http_date(value)
    if moment is None:
        return None
    return max((moment - datetime.now(UTC).replace(tzinfo=None)).total_seconds(), 0.0)
