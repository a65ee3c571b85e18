"""How addresses are written in several countries: patterns with bounded repeats, for texts in lower case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from transforms.compliance.terms import TERMS, words

_TERMS = TERMS["postal"]


def _any(names: Iterable[str]) -> str:
    """A pattern of any of some names, long ones first."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


_STATES = _any(words(_TERMS["state_codes"]).union(_TERMS["states"]))
STATE_BEFORE = re.compile(rf"(?<![a-z])({_STATES}|[a-z]\. ?[a-z]\.)[ ,.-]{{1,3}}(?:usa?[ ,]{{1,2}})?$")
"""A state of the US right before a ZIP code."""
WORDS_TOO = words(_TERMS["state_words"])
"""States whose letters are words as well: written in capitals, or behind a comma."""
AU_STATE_BEFORE = re.compile(rf"(?<![a-z])(?:{_any(_TERMS['australian_states'])})[ ,]{{1,2}}$")
CITY_AFTER = re.compile(r"[ ,]{1,2}(?:cedex |[a-z]{2}[ ,]{1,2})?[^\W\d_]{3,30}")
"""A town behind a postcode; in the Netherlands two letters stand between."""
CITY_BEFORE = re.compile(r"[^\W\d_]{3,30}[ ,.:–-]{1,4}$")
UK_POSTCODE = re.compile(r"[0-9](?<=[a-z][0-9])(?<![a-z0-9]{3}[0-9])[a-z0-9]? [0-9][abd-hjlnp-uw-z]{2}(?![a-z0-9])")
_CA_LETTER = "[abceghj-nprstv-z]"
CA_POSTCODE = re.compile(
    rf"[0-9](?<={_CA_LETTER}[0-9])(?<![a-z0-9][a-z][0-9]){_CA_LETTER}[ -]?[0-9]{_CA_LETTER}[0-9](?![a-z0-9])"
)
"""Both from their first digit on: there are fewer digits than letters to look at."""
PLACE = re.compile(rf"(?<![a-z])(?:{_any((*_TERMS['places'], *_TERMS['states']))})(?![a-z])")
"""A country, a state or a city that needs none."""

BOX = re.compile(
    r"(?<![a-z])(?:g?p ?\. ?o\.? ?box|g?po ?box|p\.? ?o\.? ?b\.?|post(?:al)? ?(?:office )?box|pmb|p\.m\.b\."
    r"|(?:lock|locked|private) bag|postfach|b\.? ?p\.? n?[o°]?|bo[iî]te postale"
    r"|apartado(?: de correos| postal| aereo| aéreo)?|apdo\.?|casilla|caixa postal|casella postale|postbus|postboks|box"
    r"|а/я|абонентский ящик)[ :#.no°-]{0,5}\d{1,7}(?![\d.])"
)
"""A post box or private mailbox with its number."""
BOX_SIGNS: tuple[str, ...] = tuple(_TERMS["box_signs"])
NUMBER_OF_BOX = re.compile(r"(?:box|bag|pmb|b\.|fach|bus|apartado|casilla|postale?|а/я)[ :#.no°-]{0,5}$")
"""Before a number that is a box's."""

_SURE = _any(words(_TERMS["sure_streets"]))
_TYPES = _any(words(_TERMS["sure_streets"]) | words(_TERMS["streets"]))
_NAME = (
    rf"(?!(?:{_any(words(_TERMS['no_names']))})\b)"
    r"(?:[^\W\d_][\w'’-]{0,24}+|\d{1,3}(?:st|nd|rd|th))[ ,.#]{1,3}+"
)
_HOUSE = r"[0-9](?<![a-z0-9.$#/][0-9])[0-9]{0,4}+[a-z]?(?:[-/]\d{1,5}[a-z]?)?[ ,]{1,2}+"
STREET = re.compile(rf"{_HOUSE}(?:{_NAME}){{0,5}}?(?:{_TYPES})(?![a-z])")
"""A house number, up to five words, and what a way or house may be called in English: for beside a postcode."""
SURE_STREET = re.compile(rf"{_HOUSE}(?:{_NAME}){{0,4}}?(?:{_SURE}|st\.)(?![a-z])")
"""The same with what hardly is called anything else."""
WORDED_STREET = re.compile(rf"\b(?:one|two|three|four|five|six|seven|ten) (?:{_NAME}){{1,3}}?(?:{_TYPES})(?![a-z])")
"""The same with the number in a word: only to be believed beside a ZIP code."""
PLAIN_STREET = re.compile(rf"{_HOUSE}(?:{_NAME}){{2,6}}$")
"""A house number and some words up to the window's end: a street without a type, and its town."""
FOREIGN_STREET = re.compile(
    rf"(?:(?<=[^\W\d_]{{2}})(?:{_any(words(_TERMS['compounds']))})"
    rf"|(?<!\w)(?:{_any(words(_TERMS['leading']))}) ?(?<=[ .])(?:[^\W\d_][\w'’-]{{0,24}}+[ .]{{0,2}}+){{1,4}})"
    r"[ ,.]{0,3}(?:nr\.?|n[o°º]\.?|д\.|дом)? ?\d{1,5}(?![\d%€$])"
    r"|(?<![\d.$€])\d{1,4}(?: ?(?:bis|ter))?[ ,]{1,2}"
    r"(?:rue|avenue|av\.|bd|boulevard|place|chemin|allée|impasse|quai|route) [^\W\d_]{2,30}"
)
"""A street with its number behind it, or a French one."""
FOREIGN_WORDS = (*words(_TERMS["compounds"]), *words(_TERMS["leading"]))
FOREIGN_SIGNS: tuple[str, ...] = tuple(_TERMS["leading_signs"])
INDIAN = re.compile(
    r"(?<![a-z])(?:plot|flat|shop|door|block|sector|phase|road|marg|nagar|layout|floor)(?: no| number)?"
    r"[ .:#-]{0,3}[a-z]?-?\d"
)
"""A plot, block or road with its number behind it."""

_FAR, _NEAR = r"[^\s,，、。;；]{0,16}", r"[^\s,，、。;；]{0,10}?"
_COUNT, _DIGIT = r"[\d０-９一二三四五六七八九十]{1,5}", r"[\d０-９]"
_DASH = r"[-－−‐ー―]"
EASTERN = re.compile(
    rf"(?:省|市|区|區|县|縣|镇|村){_FAR}(?:路|街|大道|巷|弄|胡同|大厦|大廈|广场|廣場|中心|村|工业园|工業){_NEAR}"
    rf"{_COUNT}(?:号|號|室|楼|樓|座|层|幢)"
    rf"|(?:都|道|府|県){_FAR}(?:市|区|町|村|郡){_NEAR}{_COUNT}(?:丁目|番|(?:{_DASH}|の){_DIGIT})"
    rf"|(?:市|区)[^\s,、。\d０-９]{{1,14}}{_DIGIT}{{1,4}}(?:丁目|番地|{_DASH}{_DIGIT}{{1,4}})"
    rf"|〒 ?{_DIGIT}{{3}}{_DASH}?{_DIGIT}{{4}}[ 　]{{0,3}}[^\s\d]{{2,12}}"
    r"|(?:시|도|군) ?[^\s,]{1,10}(?:구|군|읍|면|동)? ?[^\s,]{1,12}(?:로|길|동|가) ?\d{1,5}"
)
"""Chinese, Japanese and Korean addresses, from the province or town to the house; or a Japanese postcode."""
EASTERN_SIGNS = "市区區省县縣镇村県都府道〒시도군"
"""One of them is part of each."""
