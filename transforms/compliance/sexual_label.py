"""X1: sexually oriented material without its label."""

from __future__ import annotations

from datetime import date

from transforms.compliance.finding import Finding, Rule, indicator, not_applicable, not_determinable, passed
from transforms.compliance.letter import Letter

RULE = Rule(
    "X1",
    "Adult material without its label",
    "15 USC 7704(d); 16 CFR 316.4(a)(1)",
    "template",
    in_force_date=date(2004, 5, 19),
)

LABEL = "SEXUALLY-EXPLICIT: "
"""The first nineteen characters of the subject, in capitals and in ASCII (16 CFR 316.2(b), 316.4(a)(1))."""
_NEARLY = "sexuallyexplicit"


def sexual_label(letter: Letter) -> Finding:
    """Whether the subject of adult mail begins with the label.

    Adult goods may be sold without anything that depicts sexually explicit conduct (7704(d)(4)): the indicator is
    strong only with pictures. After prior affirmative consent no label is asked for (7704(d)(2)).
    """
    subject = letter.subject or ""
    if f"{subject} ".startswith(LABEL):
        return passed("its subject begins with the label", f"subject[0:{len(LABEL)}]")
    if letter.category_code == "unknown":
        return not_determinable("its category is not known")
    if letter.category_code != "adult":
        return not_applicable("its category is not adult")
    if _NEARLY in "".join(filter(str.isalpha, letter.heading.low)):
        return indicator("the label is not spelled or placed as it must be", "subject")
    if letter.has_pictures:
        return indicator("its subject does not begin with the label, and it shows pictures", "subject", is_strong=True)
    return indicator("its subject does not begin with the label; it shows no pictures", "subject")
