"""Links in plain text: with a scheme, bare `www.` hosts, mailto, and the spellings that hide one from a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.message.addresses import lower

_ANCHOR = re.compile(r"://|\[:\]//|:\\\\|www\.|mailto:|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\}| dot ")
_USUAL_ANCHOR = re.compile(r"://|www\.|mailto:")
_HIDING = ("[:]//", ":\\\\", "[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", " dot ")
_SCHEME = re.compile(r"(?:https?|ftp|hxxps?|hxtps?|htxps?|h\*\*ps?|h__ps?)$")
_ASCII_TAIL = re.compile(r"[!#-;=?-~]{1,2100}")
_WIDE_DOTS = ("。", "．", "｡")
_UNICODE_HOST = re.compile(r"[\w-]{1,63}(?:[.。．｡][\w-]{1,63}){1,10}")
_AUTHORITY = re.compile(r"[^/\\?#]*+")
_HOST_AND_PORT = re.compile(r"\[[0-9A-Fa-f:.]{2,60}\](?::\d{1,5})?|(?:[\w.%-]|[。．｡])*+(?::\d{1,5})?")
_USUAL_HOST = re.compile(r"[A-Za-z0-9.-]++(?:[/?#]|$)")
_GLUED = re.compile(r"(?<=\w)(?:https?|ftp)$", re.I)
_SCHEME_AGAIN = re.compile(r"(?:https?|ftp)://", re.I)
_SEPARATED = re.compile(r"\[|\w[.。．｡]\w")
_MORE_SLASHES = re.compile(r"[/\\]{0,5}")
_ASCII_HOST_START = re.compile(r"[!-.0-;=@-~]*?[A-Za-z0-9-]\.[A-Za-z0-9-]|\[|[A-Za-z0-9.-]+(?=[/?#:]|$|\s)|0x|\d")
_DOT = r"(?:\.|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\})"
_DEFANGED_DOT = re.compile(r"\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\}", re.I)
_LABELS_BEFORE = re.compile(rf"(?:[\w-]{{1,63}}{_DOT}){{0,8}}[\w-]{{1,63}}$", re.I)
_LABELS_AFTER = re.compile(rf"(?:{_DOT}[\w-]{{1,63}}){{1,8}}(?:[/?:][!#-;=?-~]{{0,2000}})?", re.I)
_SPOKEN_BEFORE = re.compile(r"(?:(?<![\w-])[\w-]{1,63} dot ){0,4}(?<![\w-])[\w-]{1,63}$")
_SPOKEN_AFTER = re.compile(r"(?: dot [\w-]{1,63}){1,4}")
_SPOKEN_TOP = frozenset(("com", "net", "org", "info", "biz", "edu", "gov", "ru", "cn", "tk", "cc", "us", "uk", "de"))
_SPOKEN_DOTS = 2
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
    anchors = _ANCHOR if any(map(low.__contains__, _HIDING)) else _USUAL_ANCHOR
    for number, anchor in enumerate(anchors.finditer(low)):
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
    start = _MORE_SLASHES.match(text, anchor.end()).end()
    rest = _rest(text, start)
    if not rest or _SCHEME_AGAIN.match(rest):
        return None
    plain = _DEFANGED_DOT.sub(".", rest) if "[" in rest or "(" in rest or "{" in rest else rest
    cut = _up_to_foreign(plain)
    rest, plain = (cut, cut) if plain == rest else (rest, cut)
    usual = "ftp" if scheme == "ftp" else "https" if scheme.endswith("s") else "http"
    is_hidden = scheme != usual or plain != rest or anchor[0] == "[:]//"
    return f"{usual}://{_trimmed(plain)}", start + len(rest), is_hidden


def _up_to_foreign(link: str) -> str:
    """A link without what follows its host where no host goes on: markup, punctuation, the scheme of another link.

    It stays whole when so little of a host is left that there must have been more.
    """
    if _USUAL_HOST.match(link):
        return link
    authority = _AUTHORITY.match(link).end()
    at = link.rfind("@", 0, authority) + 1
    end = _HOST_AND_PORT.match(link, at).end()
    if end == authority:
        return link
    if link.startswith("://", end) and (glued := _GLUED.search(link, at, end)):
        end = glued.start()
    start = at + 4 if link[at : at + 4].lower() == "www." else at
    return link[:end] if _SEPARATED.search(link, start, end) else link


def _bare(text: str, start: int) -> tuple[str, int, bool] | None:
    rest = _rest(text, start)
    plain = _DEFANGED_DOT.sub(".", rest)
    if not plain[4:5].isalnum():
        return None
    is_hidden, cut = plain != rest, _up_to_foreign(plain)
    return "http://" + _trimmed(cut), start + len(rest if is_hidden else cut), is_hidden


def _rest(text: str, start: int) -> str:
    """From the host on: ASCII, unless the host itself is written in another script."""
    if not _ASCII_HOST_START.match(text, start, start + _BACK_CHARS):
        host = _UNICODE_HOST.match(text, start)
        if host is None:
            return ""
        tail = _ASCII_TAIL.match(text, host.end()) if text[host.end() : host.end() + 1] in tuple("/?#:") else None
        return host[0] + (tail[0] if tail else "")
    tail = _ASCII_TAIL.match(text, start)
    if tail and text[tail.end() : tail.end() + 1] in _WIDE_DOTS and (host := _UNICODE_HOST.match(text, start)):
        behind = _ASCII_TAIL.match(text, host.end()) if host.end() > tail.end() else tail
        return text[start : behind.end() if behind else host.end()]
    return tail[0] if tail else ""


def _defanged(text: str, start: int, floor: int) -> tuple[str, int, bool] | None:
    before = _LABELS_BEFORE.search(text, max(floor, start - _BACK_CHARS), start)
    after = _LABELS_AFTER.match(text, start)
    if not before or not after or text[before.start() - 1 : before.start()] == "@":
        return None
    host = _DEFANGED_DOT.sub(".", before[0] + after[0])
    return "http://" + _trimmed(host), after.end(), True


def _spoken(low: str, start: int, floor: int) -> tuple[str, int, bool] | None:
    """`www dot name dot com`: only when the last word is a usual top-level domain.

    `name dot com` alone is as likely prose.
    """
    before = _SPOKEN_BEFORE.search(low, max(floor, start - _BACK_CHARS), start)
    after = _SPOKEN_AFTER.match(low, start)
    if not before or not after or after[0].rpartition(" ")[2] not in _SPOKEN_TOP:
        return None
    if (before[0] + after[0]).count(" dot ") < _SPOKEN_DOTS:
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
