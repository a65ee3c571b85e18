"""SPF, DKIM, DMARC and ARC as the feed's own servers found them; what anybody else says is not believed (RFC 8601)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.origin.authentication_grammar import Result, read_statement

METHODS = ("spf", "dkim", "dmarc", "arc")
_BESIDE = frozenset(
    ("authentication-results", "arc-authentication-results", "received-spf", "dkim-filter", "dmarc-filter")
)
_MAIL_FROM = ("smtp.mailfrom", "smtp.mail", "smtp.mfrom")


class Verdicts(NamedTuple):
    """Results of RFC 8601 (`authentication_grammar.RESULTS`), None when nobody who is believed says any; and the
    domains that they speak of: of the envelope's sender or HELO, the signature, and From."""

    spf: str | None = None
    spf_domain: str | None = None
    dkim: str | None = None
    dkim_domain: str | None = None
    dmarc: str | None = None
    dmarc_domain: str | None = None
    arc: str | None = None


NO_VERDICTS = Verdicts()


def find_verdicts(lines: Sequence[str], authserv_ids: Sequence[str]) -> Verdicts:
    """The verdicts out of Authentication-Results lines, top down, of the given servers only.

    Of several lines the topmost that speaks of a method decides.
    """
    ids = {name.lower().rstrip(".") for name in authserv_ids}
    decisive: dict[str, list[Result]] = {}
    for line in lines if ids else ():
        server, results = read_statement(line)
        if server in ids:
            _take(decisive, results)
    if not decisive:
        return NO_VERDICTS
    spf, dkim, dmarc, arc = (_choice(method, decisive.get(method)) for method in METHODS)
    return Verdicts(*spf, *dkim, *dmarc, arc[0])


def _take(decisive: dict[str, list[Result]], results: Sequence[Result]) -> None:
    spoken: dict[str, list[Result]] = {}
    for each in results:
        spoken.setdefault(each.method, []).append(each)
    for method, said in spoken.items():
        decisive.setdefault(method, said)


def _choice(method: str, said: list[Result] | None) -> tuple[str | None, str | None]:
    """The result that stands for all of a line's of one method, and its domain.

    One signature that passes is enough (RFC 6376, 6.1); SPF is first of all about the envelope's sender (RFC 7208).
    """
    if not said:
        return None, None
    if method == "dkim":
        chosen = next((each for each in said if each.result == "pass"), said[0])
    else:
        chosen = next((each for each in said if each.scope in _MAIL_FROM), said[0])
    return chosen.result, chosen.domain


def believable(lines: Sequence[str], header_names: Sequence[str], believed_count: int) -> list[str]:
    """The Authentication-Results lines that the feed's own servers can have written.

    `lines` are those of the message in their order, `header_names` the names of all its fields, in lower case, and
    `believed_count` says how many of its Received lines are believed (`Origin.believed_count`). Own are the lines above
    the last of these, and those next to it, where a mail filter puts them: a border server is to remove what pretends
    to be its own there (RFC 8601, 5). Below all may be forged.
    """
    return [line for line, is_own in zip(lines, _are_own(header_names, believed_count), strict=False) if is_own]


def _are_own(header_names: Sequence[str], believed_count: int) -> Iterator[bool]:
    """For each Authentication-Results field, whether it stands where own ones do."""
    left, is_beside = believed_count, True
    for name in header_names:
        if name == "received":
            left -= 1
        if left < 0 or (left == 0 and name != "received" and name not in _BESIDE):
            is_beside = False
        if name == "authentication-results":
            yield believed_count > 0 and is_beside
