"""S1: a subject that misleads about what the message is."""

from __future__ import annotations

import re

from transforms.compliance.finding import Finding, Rule, indicator, not_applicable, passed
from transforms.compliance.letter import Letter, gate
from transforms.compliance.terms import TERMS, Phrases, Prose, words

RULE = Rule("S1", "Subject heading that misleads about the contents", "15 USC 7704(a)(2)", "template")

_MARKS = words(TERMS["subject"]["answers"])
_NOTICES = Phrases(TERMS["subject"]["notices"])
_MARK = re.compile(
    r"[\s\[(*\"'<-]{0,3}(?:\[[^\]]{1,40}\]\s{0,2})?([^\W\d_]{1,9}(?:-[^\W\d_])?)\s?(?:[\[(]\d{1,3}[\])])?\s?[:：]"
)
_UNTOLD = frozenset(("unknown", "other"))
_KIN = {code: number for number, codes in enumerate(TERMS["subject"]["kin"]) for code in codes.split()}


def subject_heading(letter: Letter) -> Finding:
    """An answer to nothing, a notice of nothing, or another kind of goods than in the text; two of them are strong.

    Whether a reader would be misled about something material is for a court.
    """
    if gated := gate(letter):
        return gated
    if not letter.heading.low.strip():
        return not_applicable("it has no subject")
    reasons = [
        *_false_answer(letter),
        *_false_notice(letter.heading),
        *_other_kind(letter.subject_category_code, letter.category_code),
    ]
    if not reasons:
        return passed("its subject claims no answer, no notice and no other kind of goods", "subject")
    return indicator("; ".join(reasons), "subject", is_strong=len(reasons) > 1)


def _false_answer(letter: Letter) -> list[str]:
    mark = _MARK.match(letter.heading.low)
    is_marked = bool(mark) and mark[1] in _MARKS
    is_false = is_marked and not letter.is_reply
    return ["marked as an answer or as passed on, without In-Reply-To and References"] * is_false


def _false_notice(subject: Prose) -> list[str]:
    is_notice = any(_NOTICES.found(subject))
    return ["worded as a notice about an account, order or delivery, over a text that sells"] * is_notice


def _other_kind(subject_code: str, code: str) -> list[str]:
    if subject_code == code or subject_code in _UNTOLD or code in _UNTOLD:
        return []
    are_kin = code in _KIN and _KIN[code] == _KIN.get(subject_code)
    return [] if are_kin else ["of another category than the text"]
