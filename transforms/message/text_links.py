"""Links in plain text: with a scheme, bare `www.` hosts, mailto, and the spellings that hide one from a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.message.addresses import lower

_ANCHOR = re.compile(r"://|\[:\]//|:\\\\|www\.|mailto:|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\}| dot ")
_SCHEME = re.compile(r"(?:https?|ftp|hxxps?|hxtps?|htxps?|h\*\*ps?|h__ps?)$")
_ASCII_TAIL = re.compile(r"[!#-;=?-~]{1,2100}")
_UNICODE_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")
_ASCII_HOST_START = re.compile(r"[!-.0-;=@-~]*?[A-Za-z0-9-]\.[A-Za-z0-9-]|\[|[A-Za-z0-9.-]+(?=[/?#:]|$|\s)|0x|\d")
_DOT = r"(?:\.|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\})"
_DEFANGED_DOT = re.compile(r"\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\}", re.I)
_LABELS_BEFORE = re.compile(rf"(?:[\w-]{{1,63}}{_DOT}){{0,8}}[\w-]{{1,63}}$", re.I)
_LABELS_AFTER = re.compile(rf"(?:{_DOT}[\w-]{{1,63}}){{1,8}}(?:[/?:][!#-;=?-~]{{0,2000}})?", re.I)
_SPOKEN_BEFORE = re.compile(r"(?:(?<![\w-])[\w-]{1,63} dot ){0,4}(?<![\w-])[\w-]{1,63}$")
_SPOKEN_AFTER = re.compile(r"(?: dot [\w-]{1,63}){1,4}")
_SPOKEN_TOP = frozenset(("com", "net", "org", "info", "biz", "edu", "gov", "ru", "cn", "tk", "cc", "us", "uk", "de"))
_BACK_CHARS = 200
_MOST_ANCHORS = 20_000
_PAIRS = {")": "(", "]": "[", "}": "{"}
_MOST_CLOSING = 10


def find_links(text: str, defects: set[str]) -> Iterator[tuple[str, bool]]:
    """Each link as it stands in the text, defanged dots and schemes undone, and whether it was hidden so.

    A link ends at white space, quotes, angle brackets and, behind its host, at the first letter beyond ASCII; the
    punctuation that ends a sentence is left out. Links without a scheme get `http`. A text with a suspicious number of
    places where a link could be is not searched to its end: `url_limit` is added to `defects`.
    """
    low = lower(text)
    end = 0
    for number, anchor in enumerate(_ANCHOR.finditer(low)):
        if number >= _MOST_ANCHORS:
            defects.add("url_limit")
            break
        if anchor.start() < end:
            continue
        found = _at_anchor(text, low, anchor, end)
        if found:
            spelling, end, is_hidden = found
            yield spelling, is_hidden


def _at_anchor(text: str, low: str, anchor: re.Match[str], floor: int) -> tuple[str, int, bool] | None:
    start, token = anchor.start(), anchor[0]
    if token.endswith(("//", "\\\\")):
        scheme = _SCHEME.search(low, max(floor, start - 8), start)
        return _with_scheme(text, scheme[0], anchor) if scheme else None
    if token == "www.":
        return _bare(text, start) if start == 0 or not (low[start - 1].isalnum() or low[start - 1] in "@.-_") else None
    if token == "mailto:":
        tail = _ASCII_TAIL.match(text, anchor.end())
        return ("mailto:" + _trimmed(tail[0]), tail.end(), False) if tail and "@" in tail[0] else None
    return _spoken(low, start, floor) if token == " dot " else _defanged(text, start, floor)


def _with_scheme(text: str, scheme: str, anchor: re.Match[str]) -> tuple[str, int, bool] | None:
    rest = _rest(text, anchor.end())
    if not rest:
        return None
    plain = _DEFANGED_DOT.sub(".", rest) if "[" in rest or "(" in rest or "{" in rest else rest
    usual = "ftp" if scheme == "ftp" else "https" if scheme.endswith("s") else "http"
    is_hidden = scheme != usual or plain != rest or anchor[0] == "[:]//"
    return f"{usual}://{_trimmed(plain)}", anchor.end() + len(rest), is_hidden


def _bare(text: str, start: int) -> tuple[str, int, bool] | None:
    rest = _rest(text, start)
    plain = _DEFANGED_DOT.sub(".", rest)
    if not plain[4:5].isalnum():
        return None
    return "http://" + _trimmed(plain), start + len(rest), plain != rest


def _rest(text: str, start: int) -> str:
    """From the host on: ASCII, unless the host itself is written in another script."""
    if not _ASCII_HOST_START.match(text, start, start + _BACK_CHARS):
        host = _UNICODE_HOST.match(text, start)
        if host is None:
            return ""
        tail = _ASCII_TAIL.match(text, host.end()) if text[host.end() : host.end() + 1] in tuple("/?#:") else None
        return host[0] + (tail[0] if tail else "")
    tail = _ASCII_TAIL.match(text, start)
    return tail[0] if tail else ""


def _defanged(text: str, start: int, floor: int) -> tuple[str, int, bool] | None:
    before = _LABELS_BEFORE.search(text, max(floor, start - _BACK_CHARS), start)
    after = _LABELS_AFTER.match(text, start)
    if not before or not after or text[before.start() - 1 : before.start()] == "@":
        return None
    host = _DEFANGED_DOT.sub(".", before[0] + after[0])
    return "http://" + _trimmed(host), after.end(), True


def _spoken(low: str, start: int, floor: int) -> tuple[str, int, bool] | None:
    """`www dot name dot com`: only when the last word is a usual top-level domain."""
    before = _SPOKEN_BEFORE.search(low, max(floor, start - _BACK_CHARS), start)
    after = _SPOKEN_AFTER.match(low, start)
    if not before or not after or after[0].rpartition(" ")[2] not in _SPOKEN_TOP:
        return None
    return "http://" + (before[0] + after[0]).replace(" dot ", "."), after.end(), True


def _trimmed(link: str) -> str:
    """Without the punctuation that belongs to the sentence around the link."""
    link = link.rstrip(".,;:!?'*_|\\")
    for _ in range(_MOST_CLOSING):
        if not link or link[-1] not in _PAIRS or link.count(link[-1]) <= link.count(_PAIRS[link[-1]]):
            break
        link = link[:-1].rstrip(".,;:!?'")
    return link
