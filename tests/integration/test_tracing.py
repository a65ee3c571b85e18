"""Origins of simulated mail of known truth, as rows with evidence: found once, and anew when what they rest on changes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.once import made_once
from transforms import steps
from transforms.lake import Lake
from transforms.origin.networks import read_networks, write_networks
from transforms.reading import published_tables, query
from transforms.settings import Settings
from transforms.simulate import simulate
from transforms.simulate.scenario import Scenario, SimulatedFeed
from transforms.steps import fact_readers, months, portions, tracing
from transforms.steps.fact_readers import FactReaders
from transforms.steps.verifying import verify
from transforms.tables import ORIGINS

MONTHS = [date(2005, 3, 1), date(2005, 4, 1)]
OF_NETWORKS = "asn, country_code, network_prefix, networks_version, rules_version"
NOTHING = {"messages": 0, "changed": False, "is_held": False}


@pytest.fixture(scope="module")
def parsed(tmp_path_factory) -> Path:
    """A folder with two months of one simulated trap, and a lake that holds them, not traced."""
    return made_once(tmp_path_factory, "origins", simulated)


def simulated(folder: Path) -> None:
    scenario = Scenario(
        seed=7,
        first=date(2005, 3, 1),
        last=date(2005, 4, 30),
        daily_count=15,
        campaign_count=20,
        ring_count=4,
        feeds=(SimulatedFeed("trap", ("mx.trap.example",), cadence="month"),),
    )
    simulate(scenario, folder)
    settings = Settings(folder / "lake", folder / "feeds.toml")
    for month in MONTHS:
        for step in (steps.land, steps.parse, steps.gate, steps.commit):
            step(settings, "trap", month)


@pytest.fixture
def settings(parsed, tmp_path) -> Settings:
    """A copy of that lake."""
    shutil.copytree(parsed / "lake", tmp_path / "lake")
    return Settings(tmp_path / "lake", parsed / "feeds.toml")


def rows(settings: Settings, sql: str) -> list[tuple]:
    with Lake(settings.lake).read() as con:
        return con.execute(sql).fetchall()


def origins(settings: Settings, without: str = OF_NETWORKS) -> list[tuple]:
    return rows(settings, f"SELECT * EXCLUDE ({without}) FROM message_origins ORDER BY message_key")


def give_networks(settings: Settings, text: str, name: str = "some") -> None:
    path = settings.lake / f"{name}.csv"
    path.write_text(text)
    write_networks(read_networks([path]), Lake(settings.lake).networks)


def test_origins_are_those_of_the_truth(settings, parsed):
    done = tracing.trace(settings)
    truth = {
        row["message_sha256"]: row["handed_over_ip"]
        for row in pq.read_table(parsed / "truth" / "messages.parquet").to_pylist()
    }
    found = rows(
        settings,
        "SELECT message_sha256, o.origin_ip, origin_confidence FROM messages LEFT JOIN message_origins AS o "
        "USING (message_key, feed, load_id, captured_at)",
    )
    assert done == {"messages": len(found), "changed": True, "is_held": False}
    assert len(found) > 500
    assert sum(truth[sha] == ip for sha, ip, _ in found) > 0.98 * len(found)
    assert {confidence for *_, confidence in found} <= {"high", "none"}
    assert rows(settings, "SELECT sum(message_count) FROM concluded_loads") == [(len(found),)]
    assert rows(settings, "SELECT count(*) FROM message_origins WHERE len(origin_findings) > 0")[0][0] > 10
    assert rows(settings, "SELECT DISTINCT header_verdict FROM message_origins ORDER BY 1")[0] == ("indicator",)


def test_a_message_without_lines_has_a_row_that_says_so(settings):
    with Lake(settings.lake).write() as con:
        (key,) = con.execute("SELECT min(message_key) FROM messages").fetchone()
        con.execute("DELETE FROM received_hops WHERE message_key = ?", [key])
    tracing.trace(settings)
    columns = "origin_ip, origin_confidence, claimed_origin_ip, origin_findings, asn, networks_version"
    found = rows(settings, f"SELECT {columns} FROM message_origins WHERE message_key = '{key}'")
    assert found == [(None, "none", None, [], None, None)]


def test_twice_is_once_in_portions_of_any_size(settings, tmp_path, monkeypatch):
    other = Settings(tmp_path / "cut", settings.feeds)
    shutil.copytree(settings.lake, other.lake)
    tracing.trace(settings)
    first = origins(settings)
    assert tracing.trace(settings) == NOTHING
    monkeypatch.setattr(tracing, "portions", lambda loads: portions.portions(loads, 100))
    tracing.trace(other)
    assert origins(settings) == origins(other) == first
    assert tracing.trace(other, is_full=True)["messages"] == len(first)
    assert origins(other) == first
    assert rows(other, "SELECT count(*) FROM concluded_loads") == [(2,)]


def test_what_a_killed_run_left_is_traced_again(settings, monkeypatch):
    monkeypatch.setattr(tracing, "portions", lambda loads: portions.portions(loads, 100))
    trace_portion, traced = tracing._trace_portion, []

    def killed(*given):
        traced.append(given)
        if len(traced) > 2:
            raise KeyboardInterrupt
        return trace_portion(*given)

    monkeypatch.setattr(tracing, "_trace_portion", killed)
    with pytest.raises(KeyboardInterrupt):
        tracing.trace(settings)
    assert rows(settings, "SELECT count(*) FROM concluded_loads") == [(0,)]
    assert rows(settings, "SELECT count(*) FROM message_origins") == [(200,)]
    monkeypatch.setattr(tracing, "_trace_portion", trace_portion)
    tracing.trace(settings)
    messages = "SELECT count(*), count(DISTINCT message_key) FROM"
    assert rows(settings, f"{messages} message_origins") == rows(settings, f"{messages} messages")


def test_a_load_that_comes_again_is_traced_again_and_one_that_is_gone_leaves_no_row(settings):
    tracing.trace(settings)
    before = origins(settings)
    with Lake(settings.lake).write() as con:
        con.execute("UPDATE loads SET committed_at = committed_at + INTERVAL 1 SECOND WHERE load_date = '2005-04-01'")
    assert 0 < tracing.trace(settings)["messages"] < len(before)
    assert origins(settings) == before
    with Lake(settings.lake).write() as con:
        (gone,) = con.execute("SELECT load_id FROM loads WHERE load_date = '2005-04-01'").fetchone()
        con.execute("UPDATE loads SET status = 'held' WHERE load_id = ?", [gone])
        months.record(con, MONTHS, "built", tracing.now())
    assert tracing.trace(settings) == NOTHING | {"changed": True}
    assert [rows(settings, f"SELECT count(*) FROM {t} WHERE load_id = '{gone}'") for t in tracing.OF_A_LOAD] == [
        [(0,)],
        [(0,)],
    ]
    with Lake(settings.lake).read() as con:
        assert date(2005, 4, 1) in months.dirty(con)


def test_a_new_table_of_networks_traces_all_again_and_tells_the_country(settings):
    tracing.trace(settings)
    before = origins(settings, OF_NETWORKS)
    assert rows(settings, "SELECT count(*) FROM message_origins WHERE coalesce(asn::VARCHAR, country_code) <> ''") == [
        (0,)
    ]
    with Lake(settings.lake).write() as con:
        months.record(con, MONTHS, "built", tracing.now())
    give_networks(settings, "start_ip,end_ip,asn,country_code\n0.0.0.0,127.255.255.255,64500,DE\n")
    assert tracing.trace(settings)["messages"] == len(before)
    assert origins(settings, OF_NETWORKS) == before
    low = "CASE WHEN try_cast(split_part(origin_ip, '.', 1) AS INTEGER) < 128 THEN 'DE' END"
    assert rows(settings, f"SELECT count(*) FROM message_origins WHERE country_code IS DISTINCT FROM {low}") == [(0,)]
    places = rows(
        settings, "SELECT DISTINCT asn, country_code, split_part(networks_version, ' ', 1) FROM message_origins"
    )
    assert sorted(places, key=str) == [(64500, "DE", "some.csv"), (None, None, None)]
    with Lake(settings.lake).read() as con:
        assert months.dirty(con) == MONTHS
    assert tracing.trace(settings) == NOTHING


def test_readers_see_where_mail_came_from_month_by_month(settings):
    steps.build(settings)
    give_networks(settings, "start_ip,end_ip,asn,as_name,country_code\n0.0.0.0,255.255.255.255,64500,Example,DE\n")
    tracing.trace(settings)
    assert steps.build(settings)["months"] == [month.isoformat() for month in MONTHS]
    assert not steps.publish(settings)["is_held"]
    with published_tables(Lake(settings.lake)) as con:
        found = query(
            con,
            "SELECT month, sum(message_count), sum(message_share), count(*) FILTER (origin_confidence = 'untraced'), "
            "list_sort(list(DISTINCT country_code)) FROM mart_origins_monthly GROUP BY month ORDER BY month",
        ).fetchall()
        counted = (
            "SELECT month, sum(message_count), 1, 0, ['DE'] FROM mart_volume_monthly GROUP BY month ORDER BY month"
        )
        assert found == query(con, counted).fetchall()
        assert query(con, "SELECT count(*) FROM message_origins").fetchone()[0] > 500


def test_the_audit_tells_of_messages_without_an_origin_and_of_origins_without_a_message(settings):
    assert verify(settings)["findings"] == []
    tracing.trace(settings)
    assert verify(settings)["findings"] == []
    with Lake(settings.lake).write() as con:
        key, load_id = con.execute("SELECT message_key, load_id FROM message_origins LIMIT 1").fetchone()
        con.execute("DELETE FROM message_origins WHERE message_key = ?", [key])
    assert verify(settings)["findings"] == [f"{load_id}: 1 messages of a traced load have no row in message_origins"]
    with Lake(settings.lake).write() as con:
        con.execute(
            "UPDATE message_origins SET message_key = ? WHERE message_key = (SELECT min(message_key) "
            "FROM message_origins WHERE load_id = ?)",
            ["0" * 32, load_id],
        )
    assert any("rows of message_origins have no message" in finding for finding in verify(settings)["findings"])


def test_only_own_servers_are_believed_about_authentication(settings, tmp_path):
    said = "mx.trap.example; spf=fail smtp.mailfrom=a.example; dmarc=pass header.from=a.example"
    with Lake(settings.lake).write() as con:
        con.execute(
            "UPDATE messages SET authentication_results = [?, 'elsewhere.example; dkim=pass'], "
            "header_names = ['authentication-results', 'authentication-results', 'received', 'from']",
            [said],
        )
    results = "SELECT DISTINCT spf_result, dkim_result, dmarc_result, arc_result FROM message_origins"
    tracing.trace(settings)
    assert rows(settings, results) == [(None, None, None, None)]
    believing = Settings(settings.lake, tmp_path / "feeds.toml")
    believing.feeds.write_text(settings.feeds.read_text() + '\nauthserv_ids = ["MX.trap.example"]\n')
    assert tracing.trace(believing) == NOTHING
    tracing.trace(believing, is_full=True)
    assert ("fail", None, "pass", None) in rows(settings, results)


def test_a_portion_that_lost_messages_is_held_and_comes_again(settings, monkeypatch):
    """A reader that drops a batch: nothing of the portion is committed, and the next night traces it all."""
    read = FactReaders._made

    def lossy(self, batches):
        yield from list(read(self, batches))[:-1]

    monkeypatch.setattr(fact_readers, "BATCH_MESSAGES", 200)
    monkeypatch.setattr(FactReaders, "_made", lossy)
    done = tracing.trace(settings)
    assert done["is_held"] and (settings.lake / "reports" / done["report"]).exists()
    assert [rows(settings, f"SELECT count(*) FROM {t.name}") for t in ORIGINS] == [[(0,)], [(0,)]]
    assert rows(
        settings,
        "SELECT DISTINCT expectation FROM gate_results WHERE gate = 'origins' AND severity = 'critical' "
        "AND NOT is_success",
    ) == [("every captured message has an origin, or is known to have none",)]
    monkeypatch.setattr(FactReaders, "_made", read)
    assert not tracing.trace(settings)["is_held"]
