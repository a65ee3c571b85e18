"""Plain texts that stand in for a page: a mailing program's words to those who cannot see it, the same for all senders
who use the program.
"""

from __future__ import annotations

import re

MOST_WORDS = 40
"""A stand-in has no more; a longer text that says the like has something else to say as well."""
_CHARS = 2_000
_SAYS_SO = re.compile(
    r"\bhtml\b.{0,20}\b(?:e-?mail|mail|message|format|version|reader|client)"
    r"|\b(?:can ?not|can't|does not|doesn't|unable to) (?:read|view|see|display|support|show)\b"
    r"|\btrouble (?:reading|viewing|seeing)\b"
    r"|\b(?:view|read|see) (?:it|this|the)(?:\s\w{1,12}){0,4}\s(?:online|browser)\b",
    re.I | re.S,
)


def is_stand_in(text: str) -> bool:
    """Whether a rendered text of at most `MOST_WORDS` words only says that there is more to see."""
    return _SAYS_SO.search(text[:_CHARS]) is not None
