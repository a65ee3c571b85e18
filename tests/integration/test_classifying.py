"""Categories and findings on simulated mail of known truth: once a template, again when the rules have changed."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.once import made_once
from transforms import steps
from transforms.compliance.exposure import MessageCounts, exposure
from transforms.compliance.rules import RULES, TEMPLATE_RULES
from transforms.compliance.volume import peaks_of_times, volume
from transforms.lake import Lake
from transforms.settings import Settings
from transforms.simulate import simulate
from transforms.simulate.scenario import Scenario, SimulatedFeed
from transforms.steps import classifying, months
from transforms.steps.fact_readers import FactReaders
from transforms.steps.verifying import verify
from transforms.tables import CONCLUSIONS

MARCH, APRIL = date(2005, 3, 1), date(2005, 4, 1)


def _make(folder: Path) -> None:
    scenario = Scenario(
        seed=20_262,
        first=MARCH,
        last=date(2005, 4, 30),
        daily_count=20,
        campaign_count=25,
        ring_count=4,
        feeds=(SimulatedFeed("trap", ("mx.trap.example",), cadence="month"),),
    )
    simulate(scenario, folder)
    settings = Settings(folder / "lake", folder / "feeds.toml")
    for month in (MARCH, APRIL):
        for step in (steps.land, steps.parse, steps.gate, steps.commit):
            step(settings, "trap", month)
    steps.group(settings)


@pytest.fixture(scope="module")
def grouped(tmp_path_factory) -> Path:
    """A folder with two months of one simulated trap, and a lake in which they are grouped."""
    return made_once(tmp_path_factory, "grouped_world", _make)


@pytest.fixture
def settings(grouped, tmp_path) -> Settings:
    """A copy of that lake."""
    shutil.copytree(grouped / "lake", tmp_path / "lake")
    return Settings(tmp_path / "lake", grouped / "feeds.toml")


def rows(settings: Settings, sql: str) -> list[tuple]:
    with Lake(settings.lake).read() as con:
        return con.execute(sql).fetchall()


def conclusions(settings: Settings) -> list[list[tuple]]:
    return [rows(settings, f"FROM {table.name} ORDER BY ALL") for table in CONCLUSIONS]


def are_built(settings: Settings) -> None:
    """As if all months had been built."""
    with Lake(settings.lake).write() as con:
        months.record(con, months.known(con), "built", classifying.now())


def dirty(settings: Settings) -> list[date]:
    with Lake(settings.lake).read() as con:
        return months.dirty(con)


def test_categories_are_those_of_the_truth_for_most_messages(settings, grouped):
    done = steps.conclude(settings)
    assert done["changed"] and not done["is_held"] and done["templates"] > 100
    truth = {
        row["message_sha256"]: row["category"]
        for row in pq.read_table(grouped / "truth" / "messages.parquet").to_pylist()
        if row["campaign_id"]
    }
    found = rows(
        settings,
        "SELECT message_sha256, category_code FROM messages JOIN campaign_assignments USING (message_key) "
        "JOIN template_categories USING (template_id)",
    )
    pairs = [(truth[sha], code) for sha, code in found if sha in truth]
    right = sum(true == code for true, code in pairs)
    wrong = sum(code not in (true, "unknown") for true, code in pairs)
    assert right > 0.8 * len(pairs)
    assert wrong < 0.05 * len(pairs)


def test_every_template_has_a_category_and_a_finding_of_every_rule_once(settings):
    steps.conclude(settings)
    [(templates,)] = rows(settings, "SELECT count(*) FROM templates")
    assert rows(settings, "SELECT count(*), count(DISTINCT template_id) FROM template_categories") == [
        (templates, templates)
    ]
    counted = "SELECT rule_id, count(DISTINCT template_id), count(*) FROM template_findings GROUP BY 1 ORDER BY 1"
    assert rows(settings, counted) == sorted((rule.id, templates, templates) for rule, _ in TEMPLATE_RULES)


def test_once_and_twice_are_the_same(settings):
    steps.conclude(settings)
    before = conclusions(settings)
    are_built(settings)
    nothing = {"changed": False, "is_held": False, "report": None, "templates": 0}
    assert steps.conclude(settings) == {"messages": 0, **nothing}
    assert conclusions(settings) == before
    again = classifying.classify(settings, is_full=True)
    assert again["templates"] == len(before[0]) and not again["changed"]
    assert conclusions(settings) == before
    assert dirty(settings) == []


def test_portions_and_the_whole_are_the_same(settings, tmp_path, monkeypatch):
    other = Settings(tmp_path / "other", settings.feeds)
    shutil.copytree(settings.lake, other.lake)
    steps.conclude(settings)
    monkeypatch.setattr(classifying, "PORTION_TEMPLATES", 70)
    steps.conclude(other)
    assert conclusions(other) == conclusions(settings)


def test_new_rules_classify_all_again_and_name_the_months_that_changed(settings, monkeypatch):
    steps.conclude(settings)
    [(templates,)] = rows(settings, "SELECT count(*) FROM templates")
    are_built(settings)
    with Lake(settings.lake).write() as con:
        con.execute("UPDATE template_categories SET rules_version = '0'")
    assert steps.conclude(settings)["templates"] == templates
    assert rows(settings, "SELECT count(*) FROM template_categories WHERE rules_version = '0'") == [(0,)]
    assert dirty(settings) == [MARCH, APRIL]
    are_built(settings)
    april = "SELECT template_id FROM campaign_assignments GROUP BY 1 HAVING min(captured_at) >= '2005-04-01'"
    with Lake(settings.lake).write() as con:
        con.execute(
            f"UPDATE template_findings SET rule_version = '0.1' WHERE rule_id = 'P1' AND template_id IN ({april})"
        )
    assert 0 < steps.conclude(settings)["templates"] < templates
    assert dirty(settings) == [APRIL]


def test_another_message_speaks_where_the_first_is_gone(settings):
    shared = "SELECT template_id FROM campaign_assignments GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
    with Lake(settings.lake).write() as con:
        [(template, key)] = con.execute(
            f"SELECT template_id, message_key FROM templates WHERE template_id IN ({shared})"
        ).fetchall()
        for table in ("messages", "campaign_assignments"):
            con.execute(f"DELETE FROM {table} WHERE message_key = ?", [key])
    steps.conclude(settings)
    assert rows(settings, f"SELECT count(*) FROM template_categories WHERE template_id = '{template}'") == [(1,)]


def test_templates_that_are_gone_leave_no_row(settings):
    steps.conclude(settings)
    with Lake(settings.lake).write() as con:
        [(template,)] = con.execute("SELECT min(template_id) FROM templates").fetchall()
        con.execute("DELETE FROM templates WHERE template_id = ?", [template])
    steps.conclude(settings)
    for table in CONCLUSIONS:
        assert rows(settings, f"SELECT count(*) FROM {table.name} WHERE template_id = '{template}'") == [(0,)]


def test_a_portion_that_lost_rows_is_held_and_comes_again(settings, monkeypatch):
    """A worker that drops rows: nothing of the portion is committed, and the next night reads it all."""
    read = FactReaders.read

    def lossy(self, portion):
        lost = isinstance(portion, pa.Table)  # templates; portions of messages are read whole
        return {name: table.slice(lost) for name, table in read(self, portion).items()}

    monkeypatch.setattr(FactReaders, "read", lossy)
    done = steps.conclude(settings)
    assert done["is_held"] and (settings.lake / "reports" / done["report"]).exists()
    assert conclusions(settings) == [[], []]
    failed = rows(
        settings,
        "SELECT DISTINCT expectation FROM gate_results WHERE gate = 'conclusions' AND NOT is_success ORDER BY ALL",
    )
    assert failed == [("every rule is asked of every template",), ("every template has a category",)]
    monkeypatch.setattr(FactReaders, "read", read)
    assert not steps.conclude(settings)["is_held"]
    assert verify(settings)["findings"] == []


def test_the_audit_tells_of_templates_that_wait_and_of_conclusions_that_do_not_add_up(settings):
    [note] = verify(settings)["notes"]
    assert "no category yet" in note
    steps.conclude(settings)
    assert verify(settings)["notes"] == verify(settings)["findings"] == []
    with Lake(settings.lake).write() as con:
        ids = [each for (each,) in con.execute("SELECT template_id FROM templates ORDER BY 1 LIMIT 3").fetchall()]
        con.execute("INSERT INTO template_categories FROM template_categories WHERE template_id = ?", ids[:1])
        con.execute("DELETE FROM template_findings WHERE rule_id = 'P1' AND template_id = ?", ids[1:2])
        con.execute("DELETE FROM template_categories WHERE template_id = ?", ids[2:])
    told = verify(settings)
    assert told["findings"] == [
        f"template {ids[0]} has 2 categories instead of one",
        f"template {ids[1]} has 5 findings, fewer than there are rules",
    ]
    assert "1 templates have no category yet" in told["notes"][0]


@pytest.fixture(scope="module")
def built(grouped, tmp_path_factory) -> Settings:
    """That lake with conclusions and marts."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(grouped / "lake", folder / "lake")
    settings = Settings(folder / "lake", grouped / "feeds.toml")
    steps.conclude(settings)
    steps.build(settings)
    return settings


def test_marts_add_up_and_name_the_law(built):
    [(campaigns, categories, findings)] = rows(
        built,
        "SELECT (SELECT count(*) FROM marts.dim_campaign), (SELECT count(*) FROM marts.campaign_categories), "
        "(SELECT count(*) FROM marts.campaign_findings)",
    )
    assert campaigns == categories > 5
    assert findings == campaigns * len(RULES)
    members = (
        "SELECT date_trunc('month', captured_at)::DATE AS month, count(*) AS n FROM campaign_assignments "
        "JOIN marts.campaign_ids USING (assigned_campaign_id) GROUP BY ALL"
    )
    assert rows(built, f"{members} ORDER BY ALL") == rows(
        built,
        "SELECT month, sum(message_count)::BIGINT FROM marts.mart_compliance_monthly WHERE rule_id = 'P1' "
        "GROUP BY ALL ORDER BY ALL",
    )
    uncited = "SELECT count(*) FROM marts.{} WHERE citation IS NULL OR citation = ''"
    for mart in ("campaign_findings", "mart_compliance_monthly", "ring_findings"):
        assert rows(built, uncited.format(mart)) == [(0,)]


def test_before_a_rule_was_in_force_it_is_not_asked(built):
    assert RULES["O3"].in_force_date > APRIL
    assert rows(built, "SELECT DISTINCT verdict FROM marts.mart_compliance_monthly WHERE rule_id = 'O3'") == [
        ("not_applicable",)
    ]
    assert len(rows(built, "SELECT DISTINCT verdict FROM marts.mart_compliance_monthly WHERE rule_id = 'P1'")) > 2


@pytest.mark.parametrize(("mart", "by"), [("campaign_findings", "campaign_id"), ("ring_findings", "ring_id")])
def test_volumes_and_exposures_in_sql_are_those_of_the_rules(built, mart, by):
    """T1 and E1 of each campaign and ring, counted again message by message."""
    times: dict[str, list] = {}
    strengths: dict[str, Counter] = {}
    query = (
        f"SELECT {by}, captured_at, any_value(purpose), any_value({_STRENGTH.format(_HEADER)}), "
        f"max(CASE WHEN rule_id IN ('S1', 'O1', 'A1', 'P1', 'X1') THEN {_STRENGTH.format('verdict')} ELSE 0 END) "
        "FROM campaign_assignments AS a JOIN marts.campaign_ids USING (assigned_campaign_id) "
        "LEFT JOIN ring_members USING (campaign_id) JOIN template_findings USING (template_id) "
        f"JOIN message_origins AS o ON a.message_key = o.message_key WHERE {by} IS NOT NULL "
        f"GROUP BY a.message_key, {by}, a.captured_at"
    )
    with Lake(built.lake).read() as con:
        found = con.execute(query.replace("captured_at", "a.captured_at", 1)).fetchall()
        seen = {
            (of, rule): reason
            for of, rule, reason in con.execute(f"SELECT {by}, rule_id, reason FROM marts.{mart}").fetchall()
        }
    for of, at, purpose, header, other in found:
        times.setdefault(of, []).extend([at] if purpose == "commercial" else [])
        strengths.setdefault(of, Counter())[header, other] += 1
    assert len(times) > 2
    for of, captured in times.items():
        owed = exposure(_counts(strengths[of], 1), _counts(strengths[of], 2))
        assert seen[of, "E1"] == owed.reason
        if captured:
            beside = any(header for header, _ in strengths[of])
            told = volume(
                peaks_of_times(np.sort(np.array(captured, "datetime64[us]"))), has_false_headers=beside or None
            )
            assert seen[of, "T1"].removesuffix("; none has an H1 indicator") == told.reason


_HEADER = "CASE WHEN purpose IN ('commercial', 'transactional') THEN header_verdict END"
_STRENGTH = "CASE {} WHEN 'strong_indicator' THEN 2 WHEN 'indicator' THEN 1 ELSE 0 END"


def _counts(strengths: Counter, least: int) -> MessageCounts:
    """Messages with a header indicator of that strength, and others with one of another rule."""
    header = sum(n for (of_header, _), n in strengths.items() if of_header >= least)
    other = sum(n for (of_header, of_others), n in strengths.items() if of_header < least <= of_others)
    return MessageCounts(header, other)
