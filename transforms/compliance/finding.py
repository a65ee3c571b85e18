"""What a rule is, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from transforms.compliance.terms import TERMS_VERSION

Verdict = Literal["pass", "indicator", "strong_indicator", "not_applicable", "not_determinable"]
VERDICTS: tuple[Verdict, ...] = ("pass", "indicator", "strong_indicator", "not_applicable", "not_determinable")
"""The check is met; it is not; it is not on several or on clear grounds; the law does not ask it of this mail; the
facts do not say."""
INDICATORS = frozenset(("indicator", "strong_indicator"))

Scope = Literal["message", "template", "campaign", "ring"]

ACT_DATE = date(2004, 1, 1)
"""When the CAN-SPAM Act of 2003 came into force (Pub. L. 108-187, section 16)."""


class Finding(NamedTuple):
    """A verdict, why in words of ours, and where in the message: a column, with characters from and to in brackets.

    Nothing of the mail itself is in it: as many findings are distinct as rules have words.
    """

    verdict: Verdict
    reason: str
    where: str | None = None


@dataclass(frozen=True)
class Rule:
    """A requirement of the law and how it is looked for.

    `citation` names every provision, `in_force_date` the day from which it could be asked of a message.
    """

    id: str
    title: str
    citation: str
    scope: Scope
    in_force_date: date = ACT_DATE
    number: int = 1

    @property
    def version(self) -> str:
        """Version of the rule and, behind the dot, of the lists of terms."""
        return f"{self.number}.{TERMS_VERSION}"


def passed(reason: str, where: str | None = None) -> Finding:
    """The check is met."""
    return Finding("pass", reason, where)


def indicator(reason: str, where: str | None = None, *, is_strong: bool = False) -> Finding:
    """The check is not met."""
    return Finding("strong_indicator" if is_strong else "indicator", reason, where)


def not_applicable(reason: str) -> Finding:
    """The law does not ask it of this mail."""
    return Finding("not_applicable", reason)


def not_determinable(reason: str) -> Finding:
    """The facts at hand do not say."""
    return Finding("not_determinable", reason)


def span(column: str, start: int, end: int) -> str:
    """A place in a text column, in characters from its beginning."""
    return f"{column}[{start}:{end}]"
