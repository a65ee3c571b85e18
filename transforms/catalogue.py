"""The feed catalogue: feeds.toml, checked key by key."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from transforms.feed import PLACEHOLDER, PLACEHOLDERS, Feed, Period
from transforms.feeds import FORMATS

__all__ = ["CatalogueError", "Feed", "Period", "feed_named", "load_catalogue"]

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


class CatalogueError(ValueError):
    """The catalogue is wrong: the message names file, feed and key, what is wrong, and the remedy."""


def load_catalogue(path: Path) -> dict[str, Feed]:
    """The feeds of a catalogue file by name, in its order; raises `CatalogueError`.

    Local paths are made absolute: `~` is the home folder, and a relative path starts at the file's own folder.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
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
    return {name: _absolute(_read_feed(path, name, keys), path.absolute().parent) for name, keys in feeds.items()}


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
            raise CatalogueError(f"{where}: key {key}: {value!r} will not do; {remedy}")
    _check_placeholders(where, keys["url"])
    return Feed(name, **keys | {"trusted_hosts": tuple(host.lower() for host in keys.get("trusted_hosts", ()))})


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


_CHECKS = {
    "url": (_is_text, "write a path or a URL in quotes"),
    "format": (lambda value: value in FORMATS, f"use one of {', '.join(FORMATS)}, or leave it out to have it guessed"),
    "trusted_hosts": (
        lambda value: isinstance(value, list) and all(map(_is_text, value)),
        'write a list of host names: ["mx.example.org"]',
    ),
    "licence": (_is_text, "write a text in quotes"),
    "expected_daily": (_is_count, "write a whole number of messages, or leave it out"),
    "late_days": (_is_count, "write a whole number of days, or leave it out"),
    "enabled": (lambda value: isinstance(value, bool), "write true or false"),
    "description": (_is_text, "write a text in quotes"),
}
"""What each key must be, and what to write when it is not."""


def _check_keys(where: str, found: Iterable[str], known: Iterable[str], remedy: str) -> None:
    for key in found:
        if key not in known:
            raise CatalogueError(f"{where}: unknown key {key!r}; {_suggest(key, known) or remedy}")


def _check_placeholders(where: str, url: str) -> None:
    used = PLACEHOLDER.findall(url)
    for name in used:
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise CatalogueError(f"{where}: key url: unknown placeholder {{{name}}}; the placeholders are {known}")
    if ("month" in used and not {"year", "date"} & {*used}) or ("day" in used and not {"month", "date"} & {*used}):
        raise CatalogueError(
            f"{where}: key url: the date is incomplete; use {{date}}, or {{year}} with {{month}} and {{day}}"
        )


def _suggest(word: str, known: Iterable[str]) -> str | None:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else None


def _absolute(feed: Feed, folder: Path) -> Feed:
    if feed.scheme != "file":
        return feed
    given = Path(re.sub(r"^file://(localhost)?", "", feed.url, flags=re.IGNORECASE)).expanduser()
    return replace(feed, url=str(folder / given))
