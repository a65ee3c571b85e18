"""Spellings of one word that a reader still reads and a filter does not: made once a template, drawn once a copy."""

from __future__ import annotations

from transforms.simulate.chance import Draw, pick
from transforms.simulate.names import letters

LEET = {"a": "a@4", "e": "e3", "i": "i1!|l", "o": "o0", "s": "s5$", "l": "l1|", "t": "t+", "u": "uv", "g": "g9"}
ACCENTS = {"a": "àáâãä", "e": "èéêë", "i": "ìíîï", "o": "òóôõö", "u": "ùúûü", "c": "ç", "n": "ñ", "y": "ý"}
LOOKALIKES = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "i": "і", "y": "у", "s": "ѕ"}
_MARKS = (".", "-", "_", "*", "'", " ", "~", "^", "`")
_INVISIBLE = ("\u200b", "\u200c", "\u00ad", "\ufeff")


def leet(word: str, draw: Draw) -> str:
    """`v1@gra`: some letters replaced by digits and signs."""
    return "".join(pick(draw, LEET[c.lower()]) if c.lower() in LEET and draw() < 0.6 else c for c in word)


def punctuated(word: str, draw: Draw) -> str:
    """`V.i.a-gra`: marks between some letters."""
    mark = pick(draw, _MARKS)
    gaps = [mark if draw() < 0.6 else "" for _ in word[:-1]] + [""]
    return "".join(map("".join, zip(word, gaps, strict=True)))


def accented(word: str, draw: Draw) -> str:
    """`Vìágra`: Latin letters with accents."""
    return _swapped(word, draw, ACCENTS, 0.6)


def lookalike(word: str, draw: Draw) -> str:
    """Cyrillic letters that look the same."""
    return _swapped(word, draw, LOOKALIKES, 0.7)


def zero_width(word: str, draw: Draw) -> str:
    """Characters without width between some letters."""
    return "".join(c + (pick(draw, _INVISIBLE) if draw() < 0.5 else "") for c in word)


def commented(word: str, draw: Draw) -> str:
    """`Via<!--kx-->gra`: HTML comments, or tags that no browser knows, inside the word."""
    cuts = {1 + int(draw() * max(1, len(word) - 1)) for _ in range(2)}
    junk = letters(draw, 3 + int(draw() * 5))
    piece = pick(draw, (f"<!--{junk}-->", f"<!-- {junk} -->", f"<{junk}>", f"</{junk}>"))
    return "".join((piece if place in cuts else "") + c for place, c in enumerate(word))


def entities(word: str, draw: Draw) -> str:
    """Letters as character references, decimal or hexadecimal."""
    form = pick(draw, ("&#{};", "&#x{:x};", "&#0{};"))
    return "".join(form.format(ord(c)) if draw() < 0.7 else c for c in word)


def letter_table(word: str, draw: Draw) -> str:
    """One table cell a letter: whole only on the screen."""
    tag = pick(draw, ("td", "TD"))
    cells = "".join(f"<{tag}>{c}</{tag}>" for c in word.replace(" ", "\xa0"))
    return f"<table cellpadding=0 cellspacing=0 border=0><tr>{cells}</tr></table>"


def tiny_infix(word: str, draw: Draw) -> str:
    """Letters too small to be seen inside the word."""
    cut = max(1, len(word) // 2)
    return f'{word[:cut]}<font style="font-size:1px">{letters(draw, 2 + int(draw() * 4))}</font>{word[cut:]}'


TEXT_DISGUISES = {
    "obfuscated_words": leet,
    "inserted_punctuation": punctuated,
    "accented_words": accented,
    "homoglyphs": lookalike,
    "zero_width": zero_width,
}
HTML_DISGUISES = {
    "html_comments": commented,
    "entities": entities,
    "letter_table": letter_table,
    "tiny_font": tiny_infix,
}


def spellings(word: str, tricks: frozenset[str], in_html: bool, draw: Draw, count: int = 14) -> tuple[str, ...]:
    """Up to `count` different spellings of `word` by the `tricks` that fit; the word itself when none does."""
    disguises = [f for name, f in TEXT_DISGUISES.items() if name in tricks]
    if in_html:
        disguises += [f for name, f in HTML_DISGUISES.items() if name in tricks]
    made = [pick(draw, disguises)(word, draw) for _ in range(count)] if disguises else [word]
    return tuple(dict.fromkeys(made))


def _swapped(word: str, draw: Draw, table: dict[str, str], share: float) -> str:
    return "".join(pick(draw, table[c.lower()]) if c.lower() in table and draw() < share else c for c in word)
