"""The cookbook's list of questions and answers: `python -m transforms.render.cookbook > docs/cookbook/README.md`.

With a lake's folder, `python -m transforms.render.cookbook LAKE` asks its queries there first, and keeps the first rows
of each in docs/cookbook/results: the committed ones are of the simulated year that `make run` makes.
"""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from transforms.tables import TABLES
from transforms.tables.shown import CAMPAIGN_MEMBERS

COOKBOOK = Path(__file__).parents[2] / "docs" / "cookbook"
MARTS = Path(__file__).parents[2] / "dbt_project" / "models" / "marts"
ALIASES = {"campaigns": "dim_campaign", "rings": "dim_ring"}
KEPT_ROWS = 8
WIDEST_CELL = 44

_HEADER = """\
# Cookbook

Questions that the field asks, each one SELECT in a file of this folder. Each runs unchanged on any lake and chooses
what it is about (a month, a campaign, a ring) in its first part, `asked`: put your own there.

    spamledger sql - < docs/cookbook/spam_by_month.sql
    spamledger sql --format csv - < docs/cookbook/feed_lags.sql > lags.csv
    spamledger sql --as-of 2026-11-24 - < docs/cookbook/spam_by_month.sql      # as it was known then

Those that read marts alone also run on `published/marts.duckdb` with any client: [analysts.md](../analysts.md).
Answers below are the first rows on the simulated year of `make run`; wide cells are cut. Domains are invented.

<!-- Generated: python -m transforms.render.cookbook > docs/cookbook/README.md -->
"""


@dataclass(frozen=True)
class Recipe:
    """One query with what its header says."""

    name: str
    sql: str

    @cached_property
    def _header(self) -> str:
        lines = []
        for line in self.sql.splitlines():
            if not line.startswith("--"):
                break
            lines.append(line.removeprefix("--").strip())
        return "\n".join(lines)

    def _said(self, word: str) -> str:
        found = re.search(rf"^{word}: (.*?)(?=^[A-Z][a-z]+(?: by)?: |\Z)", self._header, re.DOTALL | re.MULTILINE)
        return " ".join(found[1].split()) if found else ""

    @property
    def question(self) -> str:
        """What it answers, up to the question mark."""
        return " ".join(self._header.partition("?")[0].split()) + "?"

    @property
    def asked_by(self) -> str:
        """Who asks it."""
        return self._said("Asked by")

    @property
    def columns(self) -> str:
        """What the columns mean."""
        return self._said("Columns")

    @property
    def source(self) -> str:
        """The paper or law that it follows; empty without one."""
        return self._said("Source")

    @property
    def reads(self) -> str:
        """Which tables, and why raw ones."""
        return self._said("Reads")

    @property
    def is_of_marts(self) -> bool:
        """Whether it reads published marts alone."""
        return self.reads == "marts."

    @property
    def tables(self) -> set[str]:
        """Marts and raw tables that it names, by their own names."""
        words = set(re.findall(r"\b(?:from|join)\s+(\w+)", self.sql)) - set(re.findall(r"(\w+) as \(", self.sql))
        return {ALIASES.get(word, word) for word in words if word in ALIASES or word in known_tables()}

    @property
    def result(self) -> list[list[str]]:
        """The kept answer, its column names first."""
        path = COOKBOOK / "results" / f"{self.name}.csv"
        if not path.exists():
            return [[]]
        with path.open(newline="") as lines:
            return list(csv.reader(lines))

    @property
    def result_columns(self) -> list[str]:
        """Names of the answer's columns."""
        return self.result[0]


def known_tables() -> set[str]:
    """Every mart and raw table, and `campaign_members`."""
    return {path.stem for path in MARTS.glob("*.yml")} | TABLES.keys() | {CAMPAIGN_MEMBERS.name}


def recipes() -> list[Recipe]:
    """All of them, by name."""
    return [Recipe(path.stem, path.read_text()) for path in sorted(COOKBOOK.glob("*.sql"))]


def render() -> str:
    """Markdown: one section a question, with its answer."""
    found = recipes()
    contents = "".join(f"- [{recipe.question}](#{recipe.name})\n" for recipe in found)
    return _HEADER + "\n" + contents + "".join(_section(recipe) for recipe in found)


def _section(recipe: Recipe) -> str:
    said = [
        f"*{recipe.question}* Asked by {recipe.asked_by}",
        recipe.columns,
        recipe.source and f"After {recipe.source}",
    ]
    text = "\n\n".join(each for each in said if each)
    reads = f"[{recipe.name}.sql]({recipe.name}.sql) reads {recipe.reads}"
    return f"\n## {recipe.name}\n\n{text}\n\n{reads}\n\n{_answer(recipe.result)}"


def _answer(rows: list[list[str]]) -> str:
    """Rows in a code block: nothing out of mail is markup there."""
    cells = [[cell if len(cell) <= WIDEST_CELL else cell[: WIDEST_CELL - 1] + "…" for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "".join(f"    {line}\n" for line in lines)


def keep_results(lake: Path) -> None:
    """Ask every recipe on a lake, and keep the first rows of each."""
    from transforms.lake import Lake
    from transforms.reading import published_tables, query

    folder = COOKBOOK / "results"
    folder.mkdir(exist_ok=True)
    with published_tables(Lake(lake)) as con:
        for recipe in recipes():
            cursor = query(con, recipe.sql)
            with (folder / f"{recipe.name}.csv").open("w", newline="") as out:
                writer = csv.writer(out, lineterminator="\n")
                writer.writerow([name for name, *_ in cursor.description])
                writer.writerows(cursor.fetchmany(KEPT_ROWS))


if __name__ == "__main__":
    if sys.argv[1:]:
        keep_results(Path(sys.argv[1]).resolve())
    else:
        print(render(), end="")
