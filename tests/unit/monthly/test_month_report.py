"""The page of a month, made of rows that are known by heart."""

from __future__ import annotations

import re
from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.month import FEBRUARY, HOSTILE, MARCH, answers, page


def tables(html: str) -> dict[str, list[list[str]]]:
    """The rows of each table, its foot last, by the words of its caption."""
    found = {}
    for table in HTMLParser(html).css("table"):
        caption = table.css_first("caption")
        caption.css_first("small").decompose()
        rows = [[cell.text(strip=True) for cell in row.css("td")] for row in table.css("tr")]
        found[caption.text(strip=True)] = [row for row in rows if row]
    return found


def loads_nothing(html: str) -> bool:
    tree = HTMLParser(html)
    linked = [
        node.attributes.get(name) or "" for node in tree.css("*") for name in ("src", "href", "xlink:href", "action")
    ]
    is_local = all(target.startswith("#") or not target for target in linked)
    words = ("@import", "url(", "http://", "https://", "javascript:")
    tags = ("script", "iframe", "object", "embed", "img", "link", "base", "form")
    return is_local and not any(word in html.lower() for word in words) and not any(tree.css_first(tag) for tag in tags)


@pytest.fixture(scope="module")
def shown() -> str:
    return page()


def test_the_figures_are_those_of_the_rows(shown):
    found = tables(shown)
    assert found["The month's measures"][0] == ["messages", "800", "500", "+60.0 %", "–", "–"]
    assert found["The month's measures"][1][:3] == ["campaigns seen", "2", "2"]
    assert found["Messages by feed, and by trap address and covered day"][0][:6] == [
        "trap-a",
        "700",
        "87.5 %",
        "500",
        "10",
        "31 of 31",
    ]
    assert found["Messages by category"][-2:] == [
        ["not grouped", "50", "6.2 %", "10", "2.0 %", "+40"],
        ["all", "800", "100.0 %", "500", "100.0 %", "+300"],
    ]
    assert found["The ten largest campaigns of the month"][0][-3:] == ["pills[.]example", "new", "active"]
    assert found["Top countries (ISO 3166-1)"][0] == ["US", "400", "50.0 %", "395", "3", "2"]
    assert found["By feed: the periods that touch the month"][0][2:4] == ["30 ok, 1 missing", "2"]
    assert found["What gates held or warned of"][0][3] == "messages: share of rejects"


def test_every_table_of_differences_adds_up(shown):
    found = {name: rows for name, rows in tables(shown).items() if name.startswith("Difference by")}
    assert len(found) == 3
    for name, rows in found.items():
        column = 4 if name.endswith(("feed", "ring")) else 6
        numbers = [int(row[column].replace("−", "-").replace("+", "").replace(",", "")) for row in rows]
        assert sum(numbers[:-1]) == numbers[-1] == 300, name
    assert found["Difference by feed"][-1][-2:] == ["+161", "+139"]
    whys = {row[0]: row[3] for row in found["Difference by campaign"]}
    assert whys["c-1"] == "came: first seen 2005-03-04"
    assert (whys["c-2"], whys["c-3"]) == ("fell", "went: not seen this month")


def test_a_ring_is_measured_in_the_words_of_the_rules(shown):
    sheet = tables(shown)["What ties them together, and what the rules see"][0]
    assert sheet[2] == "P1 No postal address: 9,000 (100.0 %, 7,000 strong)"
    assert sheet[3] == "150 captured in 24 hours"
    assert "7 x 250 = 1,750" in sheet[4] and "3 x 250 = 750" in sheet[4]
    assert "indicators for a court to judge, and nothing more" in shown
    assert "violat" not in shown.lower()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text):
    html = page(answers(subject=text, domain=f"{text[:40]}.evil.example", feed="trap </td><script>"))
    html.encode("utf-8")
    assert loads_nothing(html)
    assert "evil.example" not in html
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)
    assert "W" * 700 not in html
    assert len(tables(html)) == len(tables(page()))


def test_the_page_is_whole_in_itself_and_the_same_each_time(shown):
    assert loads_nothing(shown)
    assert page() == shown
    assert shown.count("<svg") == 7
    for drawing in HTMLParser(shown).css("svg"):
        assert drawing.attributes["role"] == "img"
        assert drawing.css_first("title").text() in drawing.attributes["aria-label"]
        assert drawing.css_first("desc").text()
    for place in HTMLParser(shown).css("figcaption, caption"):
        assert re.search("(mart|dim|fct)_|_findings", place.css_first("small").text())


def test_no_month_before_is_said_and_nothing_is_compared():
    given = answers()
    for subject, key in (("months", "month"), ("volume", "month")):
        given[subject] = [row for row in given[subject] if row[key] == MARCH]
    html = page(given)
    assert html.count("There is no February 2005 in the lake") == 2
    assert "Difference by" not in html
    assert tables(html)["Messages by category"][-1] == ["all", "800", "100.0 %", "–", "–", "–"]


@pytest.mark.parametrize(
    ("state", "words"), [("open", "Open: the month may"), ("reopened", "Reopened: late mail"), ("closed", None)]
)
def test_a_month_that_is_not_final_says_so_on_top(state, words):
    given = answers()
    given["months"][1]["month_state"] = state
    warning = HTMLParser(page(given)).css_first(".warning")
    assert (warning.text() if warning else "").startswith(words or "") and bool(warning) == bool(words)


def test_a_month_without_a_message_has_a_page():
    given = {subject: [] for subject in answers()}
    given["months"] = [answers()["months"][0] | {"month": month, "message_count": 0} for month in (FEBRUARY, MARCH)]
    assert "0 messages were captured in March 2005" in page(given)


def test_years_are_compared():
    given = answers()
    given["months"].insert(0, given["months"][0] | {"month": date(2004, 3, 1), "message_count": 400})
    assert tables(page(given))["The month's measures"][0][-2:] == ["400", "+100.0 %"]
