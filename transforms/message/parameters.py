"""Content-Type and Content-Disposition: a value with parameters (RFC 2045, RFC 2231), as mail really writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from transforms.message.charsets import decode_text

MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")
_CACHED_CHARS = 120
_READ_CHARS = 8 << 10
_MOST = 100
_TOKEN = r"[^\s;:=\"'()<>@,\[\]?/\\]++"
_REGULAR = re.compile(
    rf"\s*+(?:{_TOKEN}(?:/{_TOKEN})?)(?:\s*+;\s*+[^\s;=\"()]++=(?:\"[^\"\\]*+\"|[^\s;\"()]++))*+\s*+;?\s*+"
)
_PARAMETER = re.compile(r";\s*+([^\s;=\"]++)\s*+=\s*+(?:\"((?:[^\"\\]|\\.)*+)\"?|([^\s;\"]*+))", re.S)
_COMMENT = re.compile(r"\((?:[^()\\\"]|\\.){0,200}+\)")
_QUOTED_PAIR = re.compile(r"\\(.)", re.S)
_FILE_NAME = re.compile(
    r";\s*+(?P<key>(?:file)?name)\s*+=\s*+"
    r"(?P<name>'[^';\"\n]++'|[^\s;\"'=][^\s;\"]*+(?:\s++(?![^\s;\"=]*+=)[^\s;\"]++)*+)",
    re.I,
)
_COMMENT_BEHIND = re.compile(r"(?<=\.\w\w\w|.\.\w\w)\s++\([^()]*+\)$")
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")


class Parameters(NamedTuple):
    """The value (lower case), its parameters (names in lower case), and whether it was written by the rules."""

    value: str
    named: Mapping[str, str]
    is_regular: bool


def read_parameters(text: str) -> Parameters:
    """Read `value; name=value; …`; whatever it holds, and in time linear in its length."""
    return _read_cached(text) if len(text) <= _CACHED_CHARS else _read(text)


def _read(text: str) -> Parameters:
    is_regular = len(text) <= _READ_CHARS and _REGULAR.fullmatch(text) is not None
    text = text[:_READ_CHARS]
    named = _unquoted_names(text)
    if not is_regular and "(" in text:
        text = _COMMENT.sub(" ", text)
    value, _, _ = text.partition(";")
    for match in _PARAMETER.finditer(text):
        name, quoted, token = match.groups()
        content = token if quoted is None else _QUOTED_PAIR.sub(r"\1", quoted) if "\\" in quoted else quoted
        named.setdefault(name.lower(), content)
        if len(named) >= _MOST:
            break
    if any("*" in name for name in named):
        named = _joined(named)
    return Parameters(value.strip().lower(), named, is_regular)


def _unquoted_names(text: str) -> dict[str, str]:
    """File names that stand without quotes, or in single ones, with their blanks and parentheses."""
    if "name" not in text.lower():
        return {}
    named: dict[str, str] = {}
    for found in islice(_FILE_NAME.finditer(text), _MOST):
        name = _COMMENT_BEHIND.sub("", found["name"].rstrip())
        named.setdefault(found["key"].lower(), name.strip("'") if name.startswith("'") else name)
    return named


_read_cached = lru_cache(4_096)(_read)


def _joined(named: Mapping[str, str]) -> dict[str, str]:
    """Put continued and percent-encoded parameters together (RFC 2231); they win over a plain one of the same name."""
    plain = {name: value for name, value in named.items() if "*" not in name}
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for name, value in named.items():
        if "*" in name and (match := _SECTION.fullmatch(name)):
            base, number, star = match.groups()
            sections.setdefault(base, []).append((int(number or 0), star is not None, value))
    return plain | {base: _decoded(sorted(pieces)) for base, pieces in sections.items()}


def _decoded(pieces: list[tuple[int, bool, str]]) -> str:
    """Undo percent-encoding before the charset: a character may be split between two sections."""
    charset = None
    content = b""
    for number, is_encoded, value in pieces:
        if is_encoded and number == pieces[0][0] and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        content += unquote_to_bytes(value) if is_encoded else value.encode()
    return decode_text(content, charset or None).text
