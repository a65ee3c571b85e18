"""Reports of months that closed: one a revision, with the figures of the marts; what is published stands when one fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.integration.test_cli import spamledger  # noqa: F401
from transforms import monthly, steps
from transforms.monthly.questions import questions
from transforms.reading import published_tables, query
from transforms.steps import running
from transforms.steps.reporting import NoSuchMonth, ReportFailed

MARCH = date(2005, 3, 1)


def close(made, revision: int, more: int = 0) -> None:
    """The published month is closed, with some messages more: as a build that closes it leaves it."""
    with duckdb.connect(made.lake.published / "marts.duckdb") as con:
        con.execute(
            "update mart_months set month_state = 'closed', closed_at = '2005-04-06 02:00', revision = ?", [revision]
        )
        con.execute("update mart_months set message_count = message_count + ?", [more])


def pages(made) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (made.lake.reports / "months").iterdir()}


def cells(html: str, caption: str) -> list[list[str]]:
    """The rows of the table whose caption begins with these words."""
    for table in LexborHTMLParser(html).css("table"):
        if table.css_first("caption").text(strip=True).startswith(caption):
            return [[cell.text(strip=True) for cell in row.css("td")] for row in table.css("tbody tr")]
    raise AssertionError(caption)


def asked(made, sql: str) -> list[tuple]:
    with published_tables(made.lake) as con:
        return query(con, sql).fetchall()


def test_each_revision_has_a_page_and_the_newest_a_name_that_stays(published_trap):
    made = published_trap
    assert steps.report(made.settings)["reports"] == []
    (path,) = steps.report(made.settings, MARCH)["reports"]
    assert "Open: the month may still grow" in Path(path).read_text("utf-8")
    assert list(pages(made)) == ["2005-03-open.html"]
    close(made, 1)
    steps.report(made.settings)
    first = pages(made)
    assert sorted(first) == ["2005-03-r1.html", "2005-03.html"]
    assert "30 messages were captured in March 2005" in first["2005-03.html"] == first["2005-03-r1.html"]
    assert steps.report(made.settings)["reports"] == []
    close(made, 2, more=3)
    steps.report(made.settings)
    second = pages(made)
    assert sorted(second) == ["2005-03-r1.html", "2005-03-r2.html", "2005-03.html"]
    assert second["2005-03-r1.html"] == first["2005-03-r1.html"]
    assert "33 messages were captured in March 2005" in second["2005-03.html"] == second["2005-03-r2.html"]


def test_the_figures_are_those_of_the_marts_and_each_query_is_one_that_sql_takes(published_trap, tmp_path):
    made = published_trap
    (path,) = steps.report(made.settings, MARCH, tmp_path / "report.html")["reports"]
    html = Path(path).read_text("utf-8")
    volume = "select feed, message_count::varchar, trap_address_count::varchar, days_covered || ' of 31' "
    row = cells(html, "Messages by feed")[0]
    assert [(row[0], row[1], row[4], row[5])] == asked(made, f"{volume} from mart_volume_monthly")
    counted = "select coalesce(name, category_code), message_count from mart_categories_monthly "
    shown = [(row[0], int(row[1])) for row in cells(html, "Messages by category") if row[0] != "not grouped"]
    assert sorted(shown) == sorted(asked(made, f"{counted} left join dim_category using (category_code)")) != []
    shown = [(row[0], int(row[3])) for row in cells(html, "The ten largest campaigns") if row != ["none"]]
    assert sorted(shown) == asked(made, "select campaign_id, message_count from mart_campaigns_monthly order by all")
    texts = [node.text() for node in LexborHTMLParser(html).css("pre")]
    marts = {
        name for (name,) in asked(made, "select table_name from duckdb_tables() where database_name = 'published'")
    }
    assert len(texts) == len(questions(MARCH, marts)) > 10
    with published_tables(made.lake) as con:
        for text in texts:
            query(con, text).fetchall()


def test_the_same_publication_makes_the_same_page_wherever_it_is_put(published_trap, tmp_path):
    made = published_trap
    close(made, 1)
    steps.report(made.settings)
    before = pages(made)
    for out, name in ((tmp_path / "out.html", "out.html"), (tmp_path / "lake" / "reports", "2005-03-r1.html")):
        (path,) = steps.report(made.settings, None, out)["reports"]
        assert (Path(path).name, Path(path).read_text("utf-8")) == (name, before["2005-03.html"])
    (made.lake.reports / "months" / "2005-03.html").unlink()
    assert len(steps.report(made.settings)["reports"]) == 1
    assert pages(made) == before


def test_a_report_that_fails_is_red_and_leaves_what_is_published(published_trap, monkeypatch, spamledger):  # noqa: F811
    made = published_trap
    close(made, 1)
    seen = made.lake.published.resolve()
    with monkeypatch.context() as patch:
        patch.setattr(monthly, "write", lambda *_: 1 / 0)
        with pytest.raises(ReportFailed, match=r"2005-03: ZeroDivisionError.*published stands"):
            steps.report(made.settings)
        code, shown, said = spamledger(made, "publish")
        assert (code, "readers see snapshot" in shown, "no report of 2005-03" in said) == (1, True, True)
        for station in ("group", "conclude", "build", "publish"):
            patch.setattr(steps, station, lambda *_, **__: {"is_held": False})
        with pytest.raises(ReportFailed):
            running.run(made.settings, [])
    assert made.lake.published.resolve() == seen
    code, shown, _ = spamledger(made, "report")
    assert (code, "2005-03-r1.html" in shown.replace("\n", "")) == (0, True)
    assert not list((made.lake.reports / "months").glob("*.part"))


def test_a_month_that_is_not_published_is_named_with_those_that_are(published_trap, spamledger):  # noqa: F811
    with pytest.raises(NoSuchMonth, match="2005-01 is published; there are 2005-03 to 2005-03"):
        steps.report(published_trap.settings, date(2005, 1, 1))
    code, _, said = spamledger(published_trap, "report", "--out", "x.html")
    assert (code, "no month is closed yet" in said) == (2, True)
