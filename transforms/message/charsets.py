"""Bytes to text in the charset that is declared, or the one that is meant.

Mail declares charsets that do not exist, that are subsets of what was used (gb2312 for gb18030), or that are plain
lies. The order is: the declared one (as browsers widen it), UTF-8, a relative of the declared one, Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "iso2022_jp": "iso2022_jp_ext",
}
_ALIASES = {
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "x-windows-949": "cp949",
    "x-sjis": "cp932",
    "shift-jis": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-big5": "big5hkscs",
    "iso-8859-8-i": "iso8859_8",
    "iso-8859-8-e": "iso8859_8",
    "unicode-1-1-utf-7": "utf_7",
    "unicode-1-1-utf-8": "utf_8",
    "x-user-defined": "latin_1",
    "x-cp1252": "cp1252",
    "x-mac-roman": "mac_roman",
    "dos-862": "cp862",
    "dos-874": "cp874",
}
_RELATIVES = {
    "iso2022_jp_ext": ("euc_jp", "cp932"),
    "cp932": ("euc_jp", "iso2022_jp_ext"),
    "euc_jp": ("cp932", "iso2022_jp_ext"),
    "gb18030": ("big5hkscs",),
    "big5hkscs": ("gb18030",),
    "iso2022_kr": ("cp949",),
}
_NOT_FOR_MAIL = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
_EBCDIC = {"cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"}
"""No mail is written in them; a text that claims one is to be misread by filters."""
_WIDE = re.compile(r"utf[_-]?(?:16|32)")
_BYTE_ORDER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_NOT_ASCII_BASED = re.compile(r"utf[_-]?(?:7|16|32)|iso2022|hz")
_SOUND = {"utf-8", "cp1252", "cp932", "gb18030", "cp949", "big5hkscs", "cp1251", "koi8-r"}
"""Codecs that never yield a lone surrogate."""
_NAME = re.compile(r"[A-Za-z0-9_.:+-]{1,40}")
_DAMAGE_SHARE = 0.2
"""A text with more broken characters than this, measured on those beyond ASCII, is not in that charset."""


class Decoded(NamedTuple):
    """Text without NULs and lone surrogates, and the defect that decoding it met."""

    text: str
    defect: str | None


def decode_text(content: bytes, declared: str | None, hint: str | None = None) -> Decoded:
    """Decode `content`; never raises. `hint` (an HTML meta charset) counts where nothing usable is declared."""
    codec = _codec(declared) if declared else None
    defect = "charset_unknown" if declared and codec is None else None
    if codec is None and hint:
        codec = _codec(hint)
    if codec and _is_impossible(content, codec):
        codec, defect = None, "charset_lied"
    if content.isascii() and (codec is None or not _NOT_ASCII_BASED.match(codec)):
        return Decoded(_clean(content.decode("ascii")), defect)
    text = _strictly(content, codec) if codec and not _claims_ascii(declared) else None
    if text is None:
        text = _by_fallback(content, codec)
        if codec and declared and defect is None:
            defect = "charset_lied"
    return Decoded(text if codec in _SOUND and "\0" not in text else _clean(text), defect)


def charset_name(declared: str | None) -> str | None:
    """The declared name in lower case, when it could be one at all."""
    name = (declared or "").strip(" \t\"'").lower()
    return name if _NAME.fullmatch(name) else None


@lru_cache(512)
def _codec(declared: str) -> str | None:
    """Python's name of the codec that reads a declared charset; None when there is none that mail may use."""
    name = charset_name(declared)
    if name is None:
        return None
    try:
        info = codecs.lookup(_ALIASES.get(name, name))
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding or info.name in _NOT_FOR_MAIL:
        return None
    return _WIDER.get(info.name, info.name)


def _is_impossible(content: bytes, codec: str) -> bool:
    """A charset that mail is not written in, or one of wide characters over a text of single bytes."""
    if codec in _EBCDIC:
        return True
    if not _WIDE.match(codec) or content.startswith(_BYTE_ORDER_MARKS):
        return False
    return content.count(b"\0") * (4 if content.isascii() else len(content)) < len(content)


def _claims_ascii(declared: str | None) -> bool:
    return declared is not None and declared.strip(" \"'").lower() in ("us-ascii", "ascii", "ansi_x3.4-1968")


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError):
        return _latin(content) if codec == "cp1252" else None


def _by_fallback(content: bytes, codec: str | None) -> str:
    for candidate in ("utf_8", *_RELATIVES.get(codec or "", ())):
        text = _strictly(content, candidate)
        if text is not None:
            return text
    for candidate in filter(None, (codec, "utf_8")):
        text = _damaged(content, candidate)
        if text is not None:
            return text
    return _latin(content)


def _damaged(content: bytes, codec: str) -> str | None:
    """The text with its broken characters marked, when they are few among those beyond ASCII."""
    try:
        text = content.decode(codec, "replace")
    except (UnicodeError, ValueError):
        return None
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") <= _DAMAGE_SHARE * foreign else None


def _latin(content: bytes) -> str:
    """Windows-1252, whose five undefined bytes are read as ISO 8859-1 reads them."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _clean(text: str) -> str:
    if "\0" in text:
        text = text.replace("\0", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
