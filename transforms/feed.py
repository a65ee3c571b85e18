"""A feed: where its mail comes from, and what its URL says about time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

SCHEMES = ("file", "http", "https")
"""The transports there are; a path is of scheme `file`."""
PLACEHOLDERS = ("date", "year", "month", "day")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_UP_TO_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*://[^/?#]*)?", re.IGNORECASE)
_CREDENTIALS = re.compile(r"(?<=://)(?=[^/?#]*[:@]).*@", re.DOTALL)
_GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Period:
    """What one pull covers: from its first day, under which it is kept, to its last."""

    load_date: date
    last_date: date


@dataclass(frozen=True)
class Feed:
    """One feed of the catalogue; each field but `name` is a key there.

    `expected_daily` is the number of messages on a usual day, `late_days` how many days late mail may arrive; None
    where nothing is declared.
    """

    name: str
    url: str
    format: str | None = None
    trusted_hosts: tuple[str, ...] = ()
    licence: str | None = None
    expected_daily: int | None = None
    late_days: int | None = None
    enabled: bool = True
    description: str | None = None
    authserv_ids: tuple[str, ...] = ()

    @property
    def scheme(self) -> str:
        """The transport: scheme of the URL in lower case, `file` for a path."""
        match = _SCHEME.match(self.url)
        return match[1].lower() if match else "file"

    @property
    def public_url(self) -> str:
        """The URL without credentials, placeholders and all."""
        return without_credentials(self.url)

    @property
    def cadence(self) -> str:
        """How often a new file is due: `day`, `month`, `year` or `undated`, from the placeholders of the URL."""
        used = set(PLACEHOLDER.findall(self.url))
        if used & {"date", "day"}:
            return "day"
        return "month" if "month" in used else "year" if "year" in used else "undated"

    def periods(self, first: date, last: date) -> list[Period]:
        """The periods that share a day with the range, both ends included, oldest first.

        A feed without dates has one: whatever lies there, under the last day.
        """
        if first > last:
            return []
        if self.cadence == "undated":
            return [Period(last, last)]
        found = [self._period(first)]
        while found[-1].last_date < last:
            found.append(self._period(found[-1].last_date + timedelta(days=1)))
        return found

    def url_for(self, period: Period) -> str:
        """The URL of a period: placeholders filled in from its first day."""
        date = period.load_date.isoformat()
        values = dict(zip(PLACEHOLDERS, (date, *date.split("-")), strict=True))
        return PLACEHOLDER.sub(lambda match: values[match[1]], self.url)

    def name_of(self, url: str) -> str:
        """A source file's name relative to the feed's URL: what varies from file to file, with no fixed folder.

        It holds no credentials, and is never empty.
        """
        shown, fixed = without_credentials(url), self.fixed_folder
        name = shown[len(fixed) :].removeprefix("/") if fixed else shown
        return name or shown.rpartition("://")[2]

    @property
    def fixed_folder(self) -> str:
        """The folder that all of the feed's files lie below: the public URL up to the first part that varies.

        Empty when nothing is fixed, as in a URL whose host varies.
        """
        url = self.public_url
        varying = min((match.start() for match in (PLACEHOLDER.search(url), self._glob()) if match), default=len(url))
        host_end = _UP_TO_HOST.match(url).end()
        return url[: max(url.rfind("/", 0, varying), host_end)] if varying >= host_end else ""

    def _glob(self) -> re.Match | None:
        return _GLOB.search(self.url) if self.scheme == "file" else None

    def _period(self, day: date) -> Period:
        if self.cadence == "day":
            return Period(day, day)
        first = day.replace(day=1) if self.cadence == "month" else day.replace(month=1, day=1)
        inside_next = first + timedelta(days=31 if self.cadence == "month" else 366)
        after = inside_next.replace(day=1) if self.cadence == "month" else inside_next.replace(month=1, day=1)
        return Period(first, after - timedelta(days=1))


def without_credentials(url: str) -> str:
    """A URL without user and password.

    A password that is not percent-encoded may seem to be a port, path or query: where a user may have been named, all
    up to the last `@` is taken for it.
    """
    return _CREDENTIALS.sub("", url)
