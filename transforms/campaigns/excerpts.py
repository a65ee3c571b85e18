"""The beginning of a text, as it may be shown to a reader: no live link, nothing that hides or turns letters."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

CHARS = 400
_UNSHOWN = r"[\p{Cc}\p{Cf}\p{Co}\p{Cs}]+"
_DOT = (r"([\pL\pN_-])\.(\pL{2})", r"\1[.]\2")
_DEFANGED = ((r"(?i)\bhttp(s?)://", r"hxxp\1://"), (r"(?i)\bftp(s?)://", r"fxp\1://"), _DOT, _DOT)
"""Schemes and the dots of host names, as analysts write them for each other; twice, for labels that share a letter."""


def excerpts(texts: pa.StringArray) -> pa.StringArray:
    """The first CHARS characters of each text, on lines of their own as written; empty ones are null."""
    lines = pc.replace_substring_regex(pc.utf8_slice_codeunits(texts, 0, CHARS), r"\r\n?|\n", "\u2028")
    shown = pc.replace_substring(pc.replace_substring_regex(lines, _UNSHOWN, " "), "\u2028", "\n")
    for pattern, written in _DEFANGED:
        shown = pc.replace_substring_regex(shown, pattern, written)
    shown = pc.utf8_trim_whitespace(shown)
    return pc.if_else(pc.equal(shown, ""), pa.scalar(None, pa.string()), shown)
