"""The feed catalogue: feeds.toml, checked key by key."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from transforms.feed import PLACEHOLDER, PLACEHOLDERS, SCHEMES, Feed, Period, without_credentials
from transforms.feeds import FORMATS

__all__ = ["CatalogueError", "Feed", "Period", "feed_named", "load_catalogue"]

MOST_LATE_DAYS = 3660
MOST_DAILY = 10**9
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_FEW_SLASHES = re.compile(r"(https?|file):(?!//)", re.IGNORECASE)
_LOCAL = re.compile(r"^file://(localhost(?=/))?", re.IGNORECASE)
_USER = re.compile(r"(?:[\w.~!$&'()*+,;=:-]|%[0-9a-f]{2})*", re.IGNORECASE)
_HOST = re.compile(r"(?:\[[0-9a-f:.]+\]|[^\s:\[\]]+)(?::([0-9]{1,5}))?", re.IGNORECASE)


class CatalogueError(ValueError):
    """The catalogue is wrong: the message names file, feed and key, what is wrong, and the remedy."""


def load_catalogue(path: Path) -> dict[str, Feed]:
    """The feeds of a catalogue file by name, in its order; raises `CatalogueError`.

    Local paths are made absolute: `~` is the home folder, and a relative path starts at the file's own folder.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CatalogueError(f"{path}: no such file; write one, or name another with --feeds") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path}: not TOML: {error}; put texts in quotes, one key a line") from error
    _check_keys(f"{path}", content, ("feeds",), "each feed is a table [feeds.NAME]")
    feeds = content.get("feeds", {})
    if not isinstance(feeds, dict):
        raise CatalogueError(f"{path}: feeds: must be tables; write [feeds.NAME]")
    return {name: _read_feed(path, name, keys) for name, keys in feeds.items()}


def feed_named(feeds: dict[str, Feed], name: str, path: Path) -> Feed:
    """The feed of that name; raises `CatalogueError` when the catalogue has none."""
    if name not in feeds:
        known = _suggest(name, feeds) or f"it has {', '.join(feeds) or 'none'}"
        raise CatalogueError(f"{path}: no feed {name!r}; {known}")
    return feeds[name]


def _read_feed(path: Path, name: str, keys: Any) -> Feed:
    where = f"{path}: feed {name!r}"
    if not _NAME.fullmatch(name):
        raise CatalogueError(f"{where}: bad name; use a-z, 0-9, '-' and '_', and start with a letter or digit")
    if not isinstance(keys, dict):
        raise CatalogueError(f"{where}: must be a table; write [feeds.{name}]")
    _check_keys(where, keys, _CHECKS, f"the keys are {', '.join(_CHECKS)}")
    if "url" not in keys:
        raise CatalogueError(
            f'{where}: key url: missing; say where to pull from, e.g. url = "/data/{name}/{{date}}.mbox"'
        )
    for key, value in keys.items():
        is_right, remedy = _CHECKS[key]
        if not is_right(value):
            raise CatalogueError(f"{where}: key {key}: {without_credentials(repr(value))} will not do; {remedy}")
    url = _checked_url(f"{where}: key url", keys["url"], path.absolute().parent)
    names = {key: tuple(name.lower() for name in keys.get(key, ())) for key in ("trusted_hosts", "authserv_ids")}
    return Feed(name, **keys | {"url": url} | names)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_line(value: Any) -> bool:
    return _is_text(value) and not re.search(r"[\x00-\x1f\x7f]", value)


def _is_count(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


_CHECKS = {
    "url": (_is_line, "write a path or a URL in quotes"),
    "format": (lambda value: value in FORMATS, f"use one of {', '.join(FORMATS)}, or leave it out to have it guessed"),
    "trusted_hosts": (
        lambda value: isinstance(value, list) and all(map(_is_text, value)),
        'write a list of host names: ["mx.example.org"]',
    ),
    "authserv_ids": (
        lambda value: isinstance(value, list) and all(map(_is_text, value)),
        'write a list of the names that begin your servers\' Authentication-Results: ["mx.example.org"]',
    ),
    "licence": (_is_text, "write a text in quotes"),
    "expected_daily": (
        lambda value: _is_count(value, MOST_DAILY),
        f"write a whole number of messages, up to {MOST_DAILY:,}, or leave it out",
    ),
    "late_days": (
        lambda value: _is_count(value, MOST_LATE_DAYS),
        f"write a whole number of days, up to {MOST_LATE_DAYS}, or leave it out",
    ),
    "enabled": (lambda value: isinstance(value, bool), "write true or false"),
    "description": (_is_text, "write a text in quotes"),
}
"""What each key must be, and what to write when it is not."""


def _check_keys(where: str, found: Iterable[str], known: Iterable[str], remedy: str) -> None:
    for key in found:
        if key not in known:
            raise CatalogueError(f"{where}: unknown key {key!r}; {_suggest(key, known) or remedy}")


def _checked_url(where: str, url: str, folder: Path) -> str:
    """The URL of a feed, a path made absolute; what would fail only in the middle of a run is found here.

    Nothing of a URL is shown before it is sure where its password ends.
    """
    if _FEW_SLASHES.match(url):
        raise CatalogueError(f"{where}: slashes are missing after the scheme; write https://host/…, or a path")
    scheme = Feed("", url).scheme
    if scheme not in SCHEMES:
        known = ", ".join(f"{each}://" for each in SCHEMES)
        raise CatalogueError(f"{where}: no transport for {scheme}://; use a path, or one of {known}")
    if scheme != "file":
        _check_address(where, url.partition("://")[2])
    _check_placeholders(where, url)
    return _absolute(where, url, folder) if scheme == "file" else url


def _check_address(where: str, rest: str) -> None:
    """User, password, host and port of an http URL: what follows its scheme."""
    authority, behind = re.fullmatch(r"([^/?#]*)(.*)", rest, re.DOTALL).groups()
    user, at, host = authority.rpartition("@")
    is_clear = "@" not in behind or not (at or ":" in authority)
    match = _HOST.fullmatch(host)
    if not (is_clear and match and _USER.fullmatch(user) and int(match[1] or 0) < 1 << 16):
        raise CatalogueError(
            f"{where}: user, password, host and port cannot be told apart; write https://user:password@host:port/…, "
            "with @ as %40, / as %2F, # as %23, ? as %3F in user and password, and @ as %40 in the path"
        )


def _check_placeholders(where: str, url: str) -> None:
    used = PLACEHOLDER.findall(url)
    known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
    for name in used:
        if name not in PLACEHOLDERS:
            raise CatalogueError(f"{where}: unknown placeholder {{{name}}}; the placeholders are {known}")
    if re.search(r"[{}]", PLACEHOLDER.sub("", url)):
        raise CatalogueError(f"{where}: a brace too many or too few; braces are only for the placeholders {known}")
    if ("month" in used and not {"year", "date"} & {*used}) or ("day" in used and not {"month", "date"} & {*used}):
        raise CatalogueError(f"{where}: the date is incomplete; use {{date}}, or {{year}} with {{month}} and {{day}}")


def _absolute(where: str, url: str, folder: Path) -> str:
    local = _LOCAL.sub("", url)
    if local != url and not local.startswith("/"):
        raise CatalogueError(f"{where}: file:// with the name of a machine; mount its folder and write the path")
    try:
        return str(folder / Path(local).expanduser())
    except RuntimeError:
        raise CatalogueError(f"{where}: no home folder for {local.split('/')[0]}; write the path in full") from None


def _suggest(word: str, known: Iterable[str]) -> str | None:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else None
