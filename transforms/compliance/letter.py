"""A template's facts, read once for all rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from transforms.compliance.finding import Finding, indicator, not_applicable, not_determinable
from transforms.compliance.opt_out import Link, OptOut, find_opt_out
from transforms.compliance.purpose import Purpose, primary_purpose, quotes_somebody
from transforms.compliance.terms import Prose

_PICTURED = frozenset(("src", "background"))
_LITTLE_TEXT = 200


@dataclass(frozen=True)
class Letter:
    """One message of a template: columns of `messages`, links, types of its attachments, and its categories.

    `is_cut`: its text is longer than what is stored of it.
    """

    subject: str | None
    body_text: str
    links: Sequence[Link] = ()
    list_unsubscribe: str | None = None
    in_reply_to: str | None = None
    reference_count: int = 0
    from_address: str | None = None
    category_code: str = "unknown"
    subject_category_code: str = "unknown"
    attachment_types: Sequence[str] = ()
    is_cut: bool = False

    @cached_property
    def prose(self) -> Prose:
        """The text, to be searched."""
        return Prose(self.body_text)

    @cached_property
    def heading(self) -> Prose:
        """The subject, to be searched."""
        return Prose(self.subject or "")

    @property
    def is_reply(self) -> bool:
        """Whether it names a message that it answers (RFC 5322 section 3.6.4)."""
        return bool(self.in_reply_to) or self.reference_count > 0

    @cached_property
    def opt_out(self) -> OptOut:
        """How its reader may ask to be left alone."""
        return find_opt_out(self.prose, self.links, self.list_unsubscribe, bool(self.from_address))

    @cached_property
    def purpose(self) -> Purpose:
        """What it is for."""
        is_bulk = bool(self.opt_out.ways or self.opt_out.windows)
        has_more = bool(self.attachment_types) or any(link.source != "header" for link in self.links)
        return primary_purpose(
            self.heading,
            self.prose,
            self.category_code,
            is_quoting_reply=self.is_reply and quotes_somebody(self.body_text, self.prose),
            is_bulk=is_bulk,
            has_more=has_more,
        )

    @cached_property
    def has_pictures(self) -> bool:
        """Whether it shows pictures, which are not read."""
        return any(link.source in _PICTURED for link in self.links) or any(
            each.startswith("image/") for each in self.attachment_types
        )

    @cached_property
    def has_little_text(self) -> bool:
        """Whether most of what it says may stand in its pictures or files."""
        return self.prose.letter_count < _LITTLE_TEXT


def gate(letter: Letter) -> Finding | None:
    """The finding of rules that are for commercial messages alone (15 USC 7702(2)), where a letter is none."""
    word = letter.purpose.word
    if word == "undetermined":
        return not_determinable("its primary purpose is not known: its words do not tell")
    return None if word == "commercial" else not_applicable(f"its primary purpose is {word}, not commercial")


def absent(letter: Letter, what: str) -> Finding:
    """The finding where something that must be in a letter was not found in its text."""
    if letter.is_cut:
        return not_determinable(f"{what}; the text is longer than what is stored of it")
    if (letter.has_pictures or letter.attachment_types) and letter.has_little_text:
        return not_determinable(f"{what}; there is little text, and pictures or files are not read")
    if letter.has_pictures:
        return indicator(f"{what}; its pictures are not read")
    return indicator(f"{what}; all of its text was read, and it has no pictures", is_strong=True)
