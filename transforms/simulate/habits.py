"""How often spammers do what: the tricks, structures and codings that a new campaign is given."""

from __future__ import annotations

from transforms.simulate.chance import Draw, pick, pick_weighted
from transforms.simulate.mime import Coding

_STRUCTURES = {"plain": 22, "html": 42, "alternative": 24, "related": 7, "mixed": 5}
_CHARSETS = {
    "en": ("us-ascii", "iso-8859-1", "iso-8859-1", "windows-1252", "utf-8"),
    "de": ("iso-8859-1", "windows-1252", "iso-8859-15", "utf-8"),
    "es": ("iso-8859-1", "windows-1252", "utf-8"),
    "fr": ("iso-8859-1", "windows-1252", "iso-8859-15", "utf-8"),
    "pt": ("iso-8859-1", "windows-1252", "utf-8"),
    "ru": ("koi8-r", "windows-1251", "windows-1251", "utf-8"),
    "zh-cn": ("gb2312", "gb2312", "gbk", "utf-8"),
    "zh-tw": ("big5", "big5", "utf-8"),
    "ja": ("iso-2022-jp", "iso-2022-jp", "shift_jis", "euc-jp"),
}
_LIES = ("windows-1251", "big5", "koi8-r", "windows-1250", "iso-8859-2", "")
LANGUAGES = {"en": 76, "de": 5, "es": 4, "fr": 3, "ru": 4, "zh-cn": 4, "zh-tw": 2, "ja": 3, "pt": 2}
LANGUAGES_ABROAD = tuple(language for language in LANGUAGES if language != "en")

_ANY_TRICKS = {
    "rotated_hosts": 0.55,
    "recipient_link": 0.25,
    "wildcard_host": 0.12,
    "numeric_host": 0.08,
    "escaped_host": 0.05,
    "user_part": 0.05,
    "subject_hashbuster": 0.25,
    "fake_reply": 0.12,
    "spun_text": 0.45,
    "dictionary_run": 0.1,
    "no_recipient": 0.05,
    "word_salad": 0.16,
}
_LATIN_TRICKS = {"obfuscated_words": 0.14, "inserted_punctuation": 0.08, "accented_words": 0.07}
_WIDE_TRICKS = {"homoglyphs": 0.3, "zero_width": 0.3}
_HTML_TRICKS = {
    "html_comments": 0.12,
    "entities": 0.1,
    "letter_table": 0.06,
    "tiny_font": 0.08,
    "white_text": 0.15,
    "hidden_salad": 0.14,
    "tracking_image": 0.2,
}


def choose_structure(category: str, draw: Draw) -> str:
    """A MIME structure that suits the category."""
    if category == "malware":
        return "mixed"
    if category == "advance_fee":
        return pick(draw, ("plain", "plain", "plain", "html"))
    return pick_weighted(draw, _STRUCTURES)


def choose_coding(language: str, draw: Draw) -> Coding:
    """Charset, its declared name and the transfer encoding; one in twenty declares another charset than it uses."""
    charset = pick(draw, _CHARSETS[language])
    declared = pick(draw, _LIES) if draw() < 0.05 and language == "en" else charset
    if charset == "us-ascii" and draw() < 0.3:
        declared = ""
    if language == "en" and charset != "utf-8":
        weights = {"7bit": 55, "8bit": 8, "quoted-printable": 28, "base64": 9}
    elif charset == "iso-2022-jp":
        weights = {"7bit": 90, "base64": 10}
    else:
        weights = {"8bit": 34, "quoted-printable": 30, "base64": 36}
    return Coding(charset, declared, pick_weighted(draw, weights))


def choose_tricks(category: str, structure: str, coding: Coding, language: str, has_link: bool, draw: Draw) -> set[str]:
    """The tricks of a campaign, none that its structure and charset cannot carry."""
    chances = dict(_ANY_TRICKS)
    if not has_link:
        for trick in ("rotated_hosts", "recipient_link", "wildcard_host", "numeric_host", "escaped_host", "user_part"):
            chances.pop(trick)
    if language == "en":
        chances |= _LATIN_TRICKS if coding.charset != "us-ascii" else {"obfuscated_words": 0.2}
        chances |= _WIDE_TRICKS if coding.charset == "utf-8" else {}
    if structure in ("html", "alternative"):
        chances |= _HTML_TRICKS
    tricks = {trick for trick, chance in chances.items() if draw() < chance}
    if category == "phishing":
        tricks |= {"link_mismatch"} if structure in ("html", "alternative") else set()
        tricks -= {"word_salad", "obfuscated_words", "inserted_punctuation", "accented_words"}
    if category == "advance_fee":
        tricks -= {"word_salad", "obfuscated_words", "accented_words", "inserted_punctuation", "subject_hashbuster"}
    if structure == "related":
        tricks |= {"image_only"} | ({"image_noise"} if draw() < 0.5 else set())
        tricks |= {"white_text"} if draw() < 0.4 else set()
    if structure == "mixed":
        tricks |= {"attachment"}
    if coding.encoding == "base64":
        tricks |= {"base64_text"}
    return _without_contradictions(tricks)


def _without_contradictions(tricks: set[str]) -> set[str]:
    if "numeric_host" in tricks:
        tricks -= {"wildcard_host", "escaped_host"}
    if "no_recipient" in tricks:
        tricks -= {"dictionary_run"}
    return tricks
