"""The page: every section of the month, how it stands, and how each number is traced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from transforms.monthly import campaigns, categories, changes, feeds, origins, overview, quality, rings
from transforms.monthly.asked import Asked, Row, asked
from transforms.monthly.figures import named
from transforms.monthly.questions import Question

SECTIONS = (overview, feeds, categories, origins, campaigns, rings, changes, quality)
_PAGES = Environment(
    loader=PackageLoader("transforms.monthly"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def write(
    month: date, publication: Mapping[str, Any], questions: list[Question], answers: Mapping[str, list[Row]]
) -> str:
    """The page of the month, of the answers by subject; the same answers make the same page.

    `publication` holds `snapshot_id`, `published_at` (ISO 8601) and `report`, as publication.json does.
    """
    seen = asked(month, publication, questions, answers)
    return _PAGES.get_template("report.html.j2").render(
        title=f"Spam in {named(month)}",
        facts=_facts(seen),
        warning=_warning(seen),
        sections=[module.section(seen) for module in SECTIONS],
        questions=seen.questions,
        month=month,
    )


def _facts(seen: Asked) -> list[tuple[str, str]]:
    standing = seen.standing(seen.month) or {"month_state": "open", "revision": 0, "closed_at": None}
    facts = [("month", f"{seen.month:%Y-%m}"), ("state", standing["month_state"])]
    if standing["revision"]:
        facts.append(("revision", str(standing["revision"])))
    if standing["closed_at"]:
        facts.append(("closed", _time(standing["closed_at"])))
    facts.append(("published", _time(datetime.fromisoformat(seen.publication.published_at))))
    facts.append(("lake snapshot", str(seen.publication.snapshot_id)))
    if seen.publication.report:
        facts.append(("gate report", f"reports/{seen.publication.report}"))
    return facts


def _warning(seen: Asked) -> str:
    """What must stand on top of a month that is not final; empty for a closed one."""
    state = (seen.standing(seen.month) or {"month_state": "open"})["month_state"]
    if state == "reopened":
        return "Reopened: late mail came after the month was closed. These numbers are not final."
    return "" if state == "closed" else "Open: the month may still grow. These numbers are not final."


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
