"""The script that most letters of a text are in (ISO 15924)."""

from __future__ import annotations

import re

_SCRIPTS = {
    "Cyrl": r"\u0400-\u052f",
    "Grek": r"\u0370-\u03ff",
    "Hebr": r"\u0590-\u05ff",
    "Arab": r"\u0600-\u06ff",
    "Thai": r"\u0e00-\u0e7f",
    "Kana": r"\u3040-\u30ff",
    "Hang": r"\uac00-\ud7af",
    "Hani": r"\u3400-\u9fff\uf900-\ufaff",
}
_LETTERS = {script: re.compile(f"[{letters}]+") for script, letters in _SCRIPTS.items()}
_ASCII = re.compile(r"[\x00-\x7f]+")
_NO_LETTERS = bytes(each for each in range(128) if not chr(each).isalpha())
_KANA_SHARE = 0.05


def script_of(text: str) -> str | None:
    """`Latn`, `Cyrl`, `Jpan` (kana, with or without Han), `Hani` …; None for a text without letters.

    Links and addresses do not count.
    """
    if text.isascii():
        return "Latn" if text.encode("ascii").translate(None, _NO_LETTERS) else None
    said = " ".join(token for token in text.split() if "://" not in token and "@" not in token)
    foreign = _ASCII.sub("", said)
    counts = {"Latn": len(said.encode("ascii", "ignore").translate(None, _NO_LETTERS))}
    counts |= {script: sum(map(len, found.findall(foreign))) for script, found in _LETTERS.items()}
    if counts["Kana"] > _KANA_SHARE * (counts["Hani"] + counts["Kana"]) > 0:
        return "Jpan"
    script = max(counts, key=counts.__getitem__)
    return script if counts[script] else None
