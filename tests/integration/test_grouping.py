"""Campaigns and rings on simulated mail of known truth, grouped in several ways: the same facts, the same campaigns."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.once import copied, made_once
from transforms import steps
from transforms.lake import Lake
from transforms.reading import published_tables, query
from transforms.settings import Settings
from transforms.simulate import simulate
from transforms.simulate.scenario import Scenario, SimulatedFeed
from transforms.steps import building, fact_readers, grouping, months, portions
from transforms.steps.fact_readers import FactReaders
from transforms.steps.template_index import LINEAGE
from transforms.steps.verifying import verify
from transforms.tables import GROUPS

MONTHS = [date(2005, 3, 1), date(2005, 4, 1), date(2005, 5, 1)]
_PRESENT = f"""
    SELECT message_key, coalesce(present_id, assigned_campaign_id) FROM campaign_assignments
    LEFT JOIN ({LINEAGE}) AS heirs ON assigned_campaign_id = heirs.campaign_id
"""


def simulated(folder: Path) -> None:
    """Three months of one trap, and a lake that holds them, not grouped."""
    scenario = Scenario(
        seed=20_261,
        first=date(2005, 3, 1),
        last=date(2005, 5, 31),
        daily_count=40,
        campaign_count=60,
        ring_count=8,
        feeds=(SimulatedFeed("trap", ("mx.trap.example",), cadence="month"),),
    )
    simulate(scenario, folder)
    settings = Settings(folder / "lake", folder / "feeds.toml")
    for month in MONTHS:
        for step in (steps.land, steps.parse, steps.gate, steps.commit):
            step(settings, "trap", month)


@pytest.fixture(scope="module")
def parsed(tmp_path_factory) -> Path:
    """The folder of a simulated trap with its truth and a lake that holds its messages, not grouped."""
    return made_once(tmp_path_factory, "parsed", simulated)


@pytest.fixture(scope="module")
def grouped_lake(parsed, tmp_path_factory) -> Path:
    """A lake in which all of them are grouped at once."""
    return made_once(
        tmp_path_factory,
        "grouped",
        lambda folder: grouping.group(Settings(copied(parsed / "lake", folder), parsed / "feeds.toml")),
    )


@pytest.fixture(scope="module")
def published(parsed, grouped_lake, tmp_path_factory) -> Lake:
    """The same with its marts, published."""

    def publish(folder: Path) -> None:
        settings = Settings(copied(grouped_lake, folder), parsed / "feeds.toml")
        steps.build(settings)
        assert not steps.publish(settings)["is_held"]

    return Lake(made_once(tmp_path_factory, "published", publish))


@pytest.fixture
def settings(parsed, tmp_path) -> Settings:
    """A copy of the lake that is not grouped."""
    return Settings(copied(parsed / "lake", tmp_path / "lake"), parsed / "feeds.toml")


@pytest.fixture
def grouped(parsed, grouped_lake, tmp_path) -> Settings:
    """A copy of the one that is."""
    return Settings(copied(grouped_lake, tmp_path / "grouped"), parsed / "feeds.toml")


def rows(settings: Settings, sql: str) -> list[tuple]:
    with Lake(settings.lake).read() as con:
        return con.execute(sql).fetchall()


def partition(settings: Settings) -> set[frozenset[str]]:
    """The messages of each group."""
    groups: dict[str, set[str]] = {}
    for message, campaign in rows(settings, _PRESENT):
        groups.setdefault(campaign, set()).add(message)
    return {frozenset(group) for group in groups.values()}


def likeness(one: Settings, other: Settings) -> float:
    """B-cubed F1 of two partitions: 1 when they are the same.

    Of a text band that more than four templates share, each is compared with four, and which these are depends on
    what came first: so the tolerance is not zero.
    """
    first, second = dict(rows(one, _PRESENT)), dict(rows(other, _PRESENT))
    assert first.keys() == second.keys()
    both = Counter((first[key], second[key]) for key in first)
    sizes = Counter(first.values()), Counter(second.values())
    shares = [sum(n * n / sizes[side][pair[side]] for pair, n in both.items()) / len(first) for side in (0, 1)]
    return 2 * shares[0] * shares[1] / sum(shares)


def load_by_load(settings: Settings, monkeypatch, order: list[int]) -> None:
    """Group one load at a time, as nights would, in an order of its months."""
    work = grouping._work
    pending, _ = work(Lake(settings.lake))
    for load in (pending[place] for place in order):
        monkeypatch.setattr(grouping, "_work", lambda _, load=load: ([load], []))
        grouping.group(settings)
    monkeypatch.setattr(grouping, "_work", work)


def test_campaigns_are_those_of_the_truth(grouped, parsed):
    truth = {
        row["message_sha256"]: row["campaign_id"]
        for row in pq.read_table(parsed / "truth" / "messages.parquet").to_pylist()
    }
    found = rows(
        grouped,
        f"SELECT message_sha256, p.* FROM messages JOIN ({_PRESENT}) AS p(message_key, id) USING (message_key)",
    )
    sizes = Counter(campaign for *_, campaign in found)
    members = [(truth[sha], campaign) for sha, _, campaign in found if sizes[campaign] >= 3]
    true, told = [x for x, _ in members if x], [c for x, c in members if x]
    both, by_told, by_truth = (
        Counter(zip(true, told, strict=True)),
        Counter(c for _, c in members),
        Counter(filter(None, truth.values())),
    )
    precision = sum(n * n / by_told[c] for (_, c), n in both.items()) / len(true)
    recall = sum(n * n / by_truth[x] for (x, _), n in both.items()) / sum(by_truth.values())
    assert rows(grouped, "SELECT count(DISTINCT ring_id) > 0 FROM ring_members") == [(True,)]
    assert precision > 0.985
    assert recall > 0.94
    assert sum(1 for x, _ in members if x is None) < 0.01 * len(members)


def test_the_same_facts_give_the_same_campaigns_in_any_order_of_nights(settings, grouped, tmp_path, monkeypatch):
    others = [Settings(copied(settings.lake, tmp_path / name), settings.feeds) for name in ("late", "backwards", "cut")]
    load_by_load(others[0], monkeypatch, [0, 2, 1])
    load_by_load(others[1], monkeypatch, [2, 1, 0])
    monkeypatch.setattr(grouping, "portions", lambda loads: portions.portions(loads, 700))
    grouping.group(others[2])
    assert [likeness(grouped, other) > 0.995 for other in others] == [True, True, True]
    assert rows(others[1], "SELECT count(*) FROM campaign_lineage") != [(0,)]
    for table in GROUPS:
        key = ", ".join(table.key)
        assert rows(others[2], f"SELECT {key} FROM {table.name} GROUP BY ALL HAVING count(*) > 1") == []


def test_twice_is_once_and_a_load_that_comes_again_keeps_its_campaigns(grouped, grouped_lake):
    settings = grouped
    ((first,),) = rows(settings, "SELECT count(*) FROM campaign_assignments")
    assert grouping.group(settings) == {
        "messages": 0,
        "campaigns_merged": 0,
        "rings": 0,
        "changed": False,
        "is_held": False,
    }
    with Lake(settings.lake).write() as con:
        con.execute("UPDATE loads SET committed_at = committed_at + INTERVAL 1 SECOND WHERE load_date = '2005-04-01'")
    again = grouping.group(settings)
    assert 0 < again["messages"] < first
    assert likeness(settings, Settings(grouped_lake, settings.feeds)) > 0.999


def test_a_load_that_is_gone_leaves_no_row(grouped):
    settings = grouped
    with Lake(settings.lake).write() as con:
        (gone,) = con.execute("SELECT load_id FROM loads WHERE load_date = '2005-05-01'").fetchone()
        con.execute("UPDATE loads SET status = 'held' WHERE load_id = ?", [gone])
        months.record(con, MONTHS, "built", grouping.now())
    grouping.group(settings)
    left = [rows(settings, f"SELECT count(*) FROM {t} WHERE load_id = '{gone}'") for t in grouping.OF_A_LOAD]
    assert left == [[(0,)]] * 3
    with Lake(settings.lake).read() as con:
        assert date(2005, 5, 1) in months.dirty(con)


def test_grouping_everything_anew_gives_the_same(grouped):
    settings = grouped
    before = partition(settings)
    grouping.group(settings, is_full=True)
    assert partition(settings) == before
    with Lake(settings.lake).write() as con:
        con.execute("UPDATE grouped_loads SET rules_version = 'old' WHERE load_id = (SELECT min(load_id) FROM loads)")
    assert grouping.group(settings)["messages"] == len([message for group in before for message in group])
    assert partition(settings) == before
    assert all(
        rows(settings, f"SELECT count(*) FROM {t.name}") != [(0,)] for t in GROUPS if t.name != "campaign_lineage"
    )


def test_every_membership_and_link_names_its_reason(grouped):
    settings = grouped
    assert rows(
        settings, "SELECT count(*) FROM campaign_assignments WHERE method <> 'first' AND matched_template_id IS NULL"
    ) == [(0,)]
    assert rows(
        settings,
        "SELECT count(*) FROM campaign_assignments WHERE method IN ('link', 'attachment', 'contact') AND evidence IS NULL",
    ) == [(0,)]
    assert rows(settings, "SELECT count(*) FROM campaign_assignments ANTI JOIN templates USING (template_id)") == [(0,)]
    assert rows(
        settings,
        "SELECT count(*) FROM ring_members ANTI JOIN (SELECT campaign_id FROM ring_links UNION SELECT other_campaign_id FROM ring_links) USING (campaign_id)",
    ) == [(0,)]


def test_readers_see_campaigns_rings_and_why(published):
    explanation = Path("docs/cookbook/ring_explanation.sql").read_text()
    with published_tables(published) as con:
        counted = "SELECT (SELECT count(*) FROM campaign_members), (SELECT sum(message_count) FROM campaigns), "
        members, campaigns, daily, monthly = query(
            con,
            counted + "(SELECT sum(message_count) FROM fct_campaign_daily), "
            "(SELECT sum(message_count) FROM mart_campaigns_monthly)",
        ).fetchone()
        assert members == campaigns == daily == monthly > 1000
        explained = query(con, explanation).fetchall()
        ringed = query(
            con, "SELECT count(*) - count(DISTINCT ring_id), count(DISTINCT ring_id) FROM ring_members"
        ).fetchone()
    assert len(explained) == ringed[0]
    assert all(len(reasons) == len(path) - 1 and all(reasons) for _, path, reasons in explained)


def test_the_ring_that_the_court_stopped_is_found_whole_with_its_reasons_and_no_stranger(published, parsed):
    truth = pq.read_table(parsed / "truth" / "messages.parquet").to_pylist()
    ring_of = {row["message_sha256"]: row["ring_id"] for row in truth}
    [stopped] = [r for r in pq.read_table(parsed / "truth" / "rings.parquet").to_pylist() if r["shutdown_on"]]
    with published_tables(published) as con:
        members = query(
            con, "SELECT message_sha256, campaign_id FROM messages JOIN campaign_members USING (message_key)"
        ).fetchall()
        rings = dict(query(con, "SELECT campaign_id, ring_id FROM ring_members").fetchall())
        paths = query(con, Path("docs/cookbook/ring_explanation.sql").read_text()).fetchall()
    votes: dict[str, Counter] = {}
    for sha, campaign in members:
        votes.setdefault(campaign, Counter())[ring_of[sha]] += 1
    its_own = {c for c, counts in votes.items() if counts.most_common(1)[0][0] == stopped["ring_id"]}
    assert len(its_own) >= 8
    [ring_id] = {rings[campaign] for campaign in its_own}
    assert {campaign for campaign, ring in rings.items() if ring == ring_id} == its_own
    explained = {path[-1]: reasons for ring, path, reasons in paths if ring == ring_id}
    assert len(explained) == len(its_own) - 1
    shared = {value.partition("=")[2] for value in stopped["shared_values"]}
    assert any(reason.partition(" ")[2] in shared for reasons in explained.values() for reason in reasons)


def test_a_portion_that_lost_messages_is_held_and_comes_again(settings, monkeypatch):
    """A reader that drops a batch: nothing of the portion is committed, and the next night groups it all."""
    read = FactReaders._made

    def lossy(self, batches):
        yield from list(read(self, batches))[:-1]

    monkeypatch.setattr(fact_readers, "BATCH_MESSAGES", 500)
    monkeypatch.setattr(FactReaders, "_made", lossy)
    done = grouping.group(settings)
    assert done["is_held"] and (settings.lake / "reports" / done["report"]).exists()
    empty = [rows(settings, f"SELECT count(*) FROM {table.name}") for table in GROUPS]
    assert empty == [[(0,)]] * len(GROUPS)
    assert rows(
        settings,
        "SELECT DISTINCT expectation FROM gate_results WHERE gate = 'campaigns' AND severity = 'critical' "
        "AND NOT is_success",
    ) == [("every captured message is grouped, or a delivery report",)]
    monkeypatch.setattr(FactReaders, "_made", read)
    assert not grouping.group(settings)["is_held"]
    assert verify(settings)["findings"] == []


def test_the_audit_tells_of_messages_without_a_group_and_of_loads_that_wait(settings):
    waiting = verify(settings)
    assert waiting["findings"] == [] and len(waiting["notes"]) == 3
    assert all("not grouped yet" in note for note in waiting["notes"])
    grouping.group(settings)
    [note] = verify(settings)["notes"]
    assert "no category yet" in note and verify(settings)["findings"] == []
    with Lake(settings.lake).write() as con:
        key, load_id = con.execute("SELECT message_key, load_id FROM campaign_assignments LIMIT 1").fetchone()
        con.execute("DELETE FROM campaign_assignments WHERE message_key = ?", [key])
    assert verify(settings)["findings"] == [f"{load_id}: 1 messages of a grouped load are in no group"]


def test_months_that_were_built_before_their_messages_were_grouped_are_built_again(settings, monkeypatch):
    asked = []
    monkeypatch.setattr(building, "run_dbt", lambda lake, lock, changed, *arguments: asked.append(changed))
    steps.build(settings)
    assert steps.build(settings)["changed"] is False
    grouping.group(settings)
    assert steps.build(settings)["changed"]
    assert asked == [MONTHS, MONTHS]


def test_every_month_that_a_load_changes_is_named_to_the_build(tmp_path):
    """A merger of small groups, one of a campaign that had taken over another, and a campaign that falls below size."""
    lake = Lake(tmp_path / "lake")
    lake.create()
    feb, mar, apr = (date(2005, month, 1) for month in (2, 3, 4))
    ids = {number: f"c-{number:016x}" for number in range(1, 7)}
    rows_of = [("old", 1, feb), ("old", 1, feb), ("mid", 2, mar), ("mid", 2, mar), ("new", 1, apr)]
    rows_of += [("old", 4, feb), ("mid", 3, mar), ("mid", 3, mar), ("mid", 3, mar)]
    with lake.write() as con:
        for number, (load, campaign, day) in enumerate(rows_of):
            con.execute(
                "INSERT INTO campaign_assignments BY NAME SELECT ? AS message_key, 'trap' AS feed, ? AS load_id, "
                "?::DATE::TIMESTAMP AS captured_at, 't-' || repeat('0', 16) AS template_id, ? AS assigned_campaign_id, "
                "'first' AS method, '1' AS rules_version",
                [f"{number:032x}", load, day, ids[campaign]],
            )
        for taken, elder in ((2, 1), (4, 3)):
            con.execute(
                "INSERT INTO campaign_lineage BY NAME SELECT ? AS campaign_id, ? AS merged_into, 'link' AS method, "
                "'t-' || repeat('0', 16) AS template_id, now()::TIMESTAMP AS merged_at, '1' AS rules_version",
                [ids[taken], ids[elder]],
            )

    def marked(loads: list[str], elders: list[str]) -> list[date]:
        with lake.write() as con:
            con.execute("DELETE FROM month_events")
            grouping._note_changes(con, loads, elders)
            return months.dirty(con)

    assert marked(["new"], [ids[1]]) == [feb, mar, apr]
    assert marked(["new"], []) == [apr]
    assert marked(["mid"], []) == [feb, mar]
