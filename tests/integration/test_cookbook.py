"""Every query of the cookbook, as it stands, on a simulated lake; the difficult ones against sums done in Python."""

from __future__ import annotations

import statistics
import subprocess
import time
import venv
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import cookbook_world
import duckdb
import pandas
import pytest
from scipy.stats import kendalltau

from tests.once import made_once
from transforms.lake import Lake
from transforms.reading import published_tables, query
from transforms.render.cookbook import COOKBOOK, recipes

APRIL = date(2005, 4, 1)
MAY_BE_EMPTY = {"exclusive_campaigns", "returned_campaigns"}
"""Of these traps nothing of the kind is known: they are tested on tables drawn by hand, below."""
SLOWEST_SECONDS = 2
RECIPES = {recipe.name: recipe for recipe in recipes()}
Seen = dict[str, dict[str, list[datetime]]]


@pytest.fixture(scope="module")
def con(tmp_path_factory, _project_read_once):
    """What readers see of the simulated lake."""
    folder = made_once(tmp_path_factory, "cookbook_world", cookbook_world.make)
    with published_tables(Lake(folder / "lake")) as con:
        yield con


@pytest.fixture(scope="module")
def published(tmp_path_factory, con) -> Path:
    """The folder of the published file."""
    return made_once(tmp_path_factory, "cookbook_world", cookbook_world.make) / "lake" / "published"


def asked(con: duckdb.DuckDBPyConnection, name: str) -> list[dict]:
    """The rows of a recipe, by column."""
    cursor = query(con, RECIPES[name].sql)
    columns = [column for column, *_ in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture(scope="module")
def seen(con) -> Seen:
    """Capture times by feed and campaign, on the days of April on which all three traps were there; of raw rows."""
    rows = con.execute(
        "select feed, captured_at, campaign_id from messages left join (select message_key, campaign_id from "
        "campaign_members) using (message_key) where captured_at >= date '2005-04-01'"
    ).fetchall()
    days = defaultdict(set)
    for feed, at, _ in rows:
        days[feed].add(at.date())
    first, last = max(map(min, days.values())), min(map(max, days.values()))
    found: Seen = defaultdict(lambda: defaultdict(list))
    for feed, at, campaign in rows:
        if campaign and first <= at.date() <= last:
            found[feed][campaign].append(at)
    assert len(found) == 3
    return found


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_says_what_it_answers_and_answers(con, name):
    recipe = RECIPES[name]
    assert recipe.question.endswith("?")
    assert recipe.asked_by and recipe.reads and recipe.columns, "a header lacks a line"
    started = time.monotonic()
    cursor = query(con, recipe.sql)
    rows = cursor.fetchall()
    took = time.monotonic() - started
    columns = [column for column, *_ in cursor.description]
    assert len(columns) == len(set(columns))
    assert rows or name in MAY_BE_EMPTY
    assert took < SLOWEST_SECONDS or not recipe.is_of_marts
    assert columns == recipe.result_columns, f"python -m transforms.render.cookbook LAKE writes results/{name}.csv"


@pytest.mark.parametrize("name", [name for name, recipe in RECIPES.items() if recipe.is_of_marts])
def test_who_says_marts_reads_no_raw_table(con, name):
    assert not RECIPES[name].tables & raw_tables(con)


def test_what_reads_marts_alone_reads_the_published_file(con, published):
    with duckdb.connect(published / "marts.duckdb", read_only=True) as file:
        for recipe in RECIPES.values():
            if recipe.is_of_marts:
                assert file.execute(recipe.sql).fetchall() == query(con, recipe.sql).fetchall(), recipe.name


def test_everything_in_the_published_file_is_described(published):
    with duckdb.connect(published / "marts.duckdb", read_only=True) as file:
        lacking = file.execute(
            "select table_name, column_name from duckdb_columns() where not internal and comment is null union all "
            "select table_name, null from duckdb_tables() where comment is null union all "
            "select view_name, null from duckdb_views() where not internal and comment is null"
        )
        assert lacking.fetchall() == []
        assert file.execute("select count(*) from duckdb_views() where not internal").fetchone() == (2,)


def test_everything_that_readers_see_is_described(con):
    described = con.execute("select table_name, column_name from duckdb_columns() where comment is not null").fetchall()
    seen = con.execute("select table_name, column_name from duckdb_columns() where database_name = 'memory'").fetchall()
    assert set(seen) <= set(described)


def test_recipes_for_pandas(published):
    with duckdb.connect(published / "marts.duckdb", read_only=True) as file:
        by_file = file.sql(
            "select month, sum(message_count) as n from mart_volume_monthly group by all order by all"
        ).df()
    volume = pandas.read_parquet(published / "mart_volume_monthly.parquet")
    assert list(volume.groupby("month")["message_count"].sum()) == list(by_file["n"])


@pytest.mark.slow
@pytest.mark.parametrize("version", ["1.0.0", "1.1.3"])
def test_an_older_duckdb_reads_the_published_file(published, tmp_path, version):
    venv.create(tmp_path / "old", with_pip=True)
    python = tmp_path / "old" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", f"duckdb=={version}"]
    if subprocess.run(install, capture_output=True, check=False).returncode:
        pytest.skip(f"duckdb {version} cannot be installed here")
    reads = "import duckdb, sys; con = duckdb.connect(sys.argv[1], read_only=True); "
    reads += "print(duckdb.__version__, con.execute('select count(*) > 0 from campaigns').fetchone()[0])"
    done = subprocess.run(
        [python, "-c", reads, published / "marts.duckdb"], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == [version, "True"], done.stderr


def raw_tables(con: duckdb.DuckDBPyConnection) -> set[str]:
    rows = con.execute("select table_name from duckdb_tables() where database_name = 'lake' and schema_name = 'main'")
    return {name for (name,) in rows.fetchall()} | {"campaign_members"}


def test_proportions_of_two_feeds(con, seen):
    rows = {(row["feed"], row["other_feed"]): row for row in asked(con, "feed_proportionality")}
    assert set(rows) == {("trap-a", "trap-b"), ("trap-a", "trap-c"), ("trap-b", "trap-c")}
    for (one, other), row in rows.items():
        x, y = ({campaign: len(times) for campaign, times in seen[feed].items()} for feed in (one, other))
        every, shared = x.keys() | y.keys(), sorted(x.keys() & y.keys())
        p, q = ({c: counts.get(c, 0) / sum(counts.values()) for c in every} for counts in (x, y))
        assert row["campaign_count"] == len(every)
        assert row["shared_count"] == len(shared) > 5
        assert row["variation_distance"] == pytest.approx(sum(abs(p[c] - q[c]) for c in every) / 2, abs=1e-6)
        tau = kendalltau([x[c] for c in shared], [y[c] for c in shared], variant="b").statistic
        assert row["kendall_tau_b"] == pytest.approx(tau, abs=1e-6)


def test_coverage_and_overlap(con, seen):
    everything = set().union(*seen.values())
    coverage = {row["feed"]: row for row in asked(con, "feed_coverage") if row["kind"] == "campaign"}
    for feed, campaigns in seen.items():
        alone = set(campaigns) - set().union(*(set(seen[other]) for other in seen if other != feed))
        assert coverage[feed]["seen_count"] == len(campaigns)
        assert coverage[feed]["coverage_share"] == pytest.approx(len(campaigns) / len(everything), abs=1e-4)
        assert coverage[feed]["exclusive_count"] == len(alone)
    overlap = {(row["feed"], row["other_feed"]): row for row in asked(con, "feed_overlap")}
    assert set(overlap) == set(permutations(seen, 2))
    for (one, other), row in overlap.items():
        shared = set(seen[one]) & set(seen[other])
        assert row["shared_share"] == pytest.approx(len(shared) / len(seen[one]), abs=1e-4)
        weighed = sum(len(seen[one][c]) for c in shared) / sum(map(len, seen[one].values()))
        assert row["message_share"] == pytest.approx(weighed, abs=1e-4)


def test_lags(con, seen):
    rows = {row["feed"]: row for row in asked(con, "feed_lags")}
    feeds_of = Counter(campaign for campaigns in seen.values() for campaign in campaigns)
    for feed, campaigns in seen.items():
        first_lags, last_lags = [], []
        for campaign in campaigns:
            if feeds_of[campaign] > 1:
                all_times = [t for each in seen.values() for t in each.get(campaign, ())]
                own = campaigns[campaign]
                first_lags.append((min(own) - min(all_times)).total_seconds() / 3600)
                last_lags.append((max(all_times) - max(own)).total_seconds() / 3600)
        row = rows[feed]
        assert row["campaign_count"] == len(first_lags) > 5
        assert row["first_lag_median_hours"] == pytest.approx(statistics.median(first_lags), abs=2e-3)
        assert row["last_lag_median_hours"] == pytest.approx(statistics.median(last_lags), abs=2e-3)
        assert row["last_lag_p90_hours"] == pytest.approx(
            statistics.quantiles(last_lags, n=10, method="inclusive")[8], abs=2e-3
        )
        assert row["is_first_share"] == pytest.approx(first_lags.count(0) / len(first_lags), abs=1e-4)


def test_lifetimes(con):
    times = defaultdict(list)
    for campaign, at in con.execute("select campaign_id, captured_at from campaign_members").fetchall():
        times[campaign].append(at)
    states = dict(con.execute("select campaign_id, state from campaigns").fetchall())
    over = [(max(t) - min(t)).total_seconds() / 86400 for c, t in times.items() if states[c] == "dormant"]
    total = next(row for row in asked(con, "campaign_lifetimes") if row["category_code"] == "all")
    assert (total["over_count"], total["running_count"]) == (len(over), len(times) - len(over))
    assert total["median_days"] == pytest.approx(statistics.median(over), abs=0.051)
    assert total["longest_days"] == pytest.approx(max(over), abs=0.051)
    assert total["message_count"] == sum(map(len, times.values()))


def test_the_ring_that_the_court_stopped_is_gone_and_the_total_is_not(con):
    rows = asked(con, "stopped_ring")
    assert [row["week"] for row in rows] == [-4, -3, -2, -1, 1, 2, 3, 4]
    assert rows[3]["last_date"] <= cookbook_world.STOPPED + timedelta(days=3)
    (largest,) = con.execute(
        "select max_by(ring_id, message_count) from rings where last_seen_at < '2005-04-03'"
    ).fetchone()
    assert {row["ring_id"] for row in rows} == {largest}
    for row in rows:
        counted = con.execute(
            "select count(*), count(*) filter (ring_id = ?) from messages left join (select message_key, campaign_id "
            "from campaign_members) using (message_key) left join campaigns using (campaign_id) "
            "where feed <> 'trap-c' and captured_at >= ? and captured_at < ?",
            [largest, row["first_date"], row["last_date"] + timedelta(days=1)],
        ).fetchone()
        assert (row["total_count"], row["ring_count"]) == counted
    assert all(row["ring_count"] > 0 for row in rows[:3])
    assert all(row["ring_count"] == 0 for row in rows[4:])
    assert all(0.6 < row["total_index"] < 1.5 for row in rows)


def test_concentration(con):
    by_ring = defaultdict(Counter)
    totals = Counter()
    for month, ring in con.execute(
        "select date_trunc('month', messages.captured_at)::date, ring_id from messages left join (select message_key, "
        "campaign_id from campaign_members) using (message_key) left join campaigns using (campaign_id)"
    ).fetchall():
        totals[month] += 1
        by_ring[month].update([ring] if ring else [])
    for row in asked(con, "concentration"):
        counts = by_ring[row["month"]]
        top = sum(n for _, n in counts.most_common(10))
        assert row["top_ten_share"] == pytest.approx(top / totals[row["month"]], abs=1e-4)
        effective = sum(counts.values()) ** 2 / sum(n * n for n in counts.values())
        assert row["effective_ring_count"] == pytest.approx(effective, abs=6e-3)


def test_hours_of_weekdays_add_up(con):
    rows = asked(con, "week_and_hour")
    assert [row["hour"] for row in rows] == list(range(24))
    for day in ("all_days", "monday", "sunday"):
        assert sum(row[day] for row in rows) == pytest.approx(1, abs=3e-3)


def test_domains_are_first_and_last_seen(con):
    rows = {row["registrable_domain"]: row for row in asked(con, "first_and_last_seen_domains")}
    times = defaultdict(dict)
    for domain, key, at in con.execute("select registrable_domain, message_key, captured_at from urls").fetchall():
        if domain:
            times[domain][key] = at
    assert set(rows) == set(times)
    for domain, row in rows.items():
        found = times[domain].values()
        assert (row["first_seen_at"], row["last_seen_at"]) == (min(found), max(found))
        assert row["message_count"] == len(found)


def test_what_changed_adds_up(con):
    rows = asked(con, "changed_since_last_month")
    total = next(row for row in rows if row["part"] == "total")
    feeds = [row for row in rows if row["part"] == "feed"]
    assert sum(row["change"] for row in feeds) == total["change"] == total["after_count"] - total["before_count"]


@pytest.fixture
def drawn():
    """Two feeds and three campaigns, drawn by hand: c-2 was silent from 10 March to 20 April; trap-b alone saw c-3."""
    days = [
        ("trap-a", "c-1", "2005-03-01", 5),
        ("trap-a", "c-2", "2005-03-01", 2),
        ("trap-b", "c-2", "2005-03-10", 3),
        ("trap-a", "c-2", "2005-04-20", 4),
        ("trap-b", "c-3", "2005-04-10", 7),
        ("trap-a", "c-1", "2005-04-10", 1),
        ("trap-b", "c-1", "2005-04-25", 1),
        ("trap-a", "c-1", "2005-04-28", 1),
        ("trap-b", "c-1", "2005-04-05", 1),
        ("trap-a", "c-1", "2005-04-02", 1),
    ]
    with duckdb.connect() as con:
        con.execute(
            "create table fct_campaign_daily (feed text, campaign_id text, captured_date date, message_count int)"
        )
        con.executemany("insert into fct_campaign_daily values (?, ?, ?, ?)", days)
        con.execute("create table fct_messages_daily as from fct_campaign_daily")
        con.execute("create table mart_months as select date '2005-04-01' as month, 2 as feed_count")
        con.execute(
            "create table campaigns as select distinct campaign_id, null as ring_id, 'active' as state, "
            "campaign_id as subject, 1 + (campaign_id <> 'c-3')::int as feed_count from fct_campaign_daily"
        )
        con.execute("create table campaign_categories (campaign_id text, category_code text)")
        yield con


def test_a_campaign_that_came_back(drawn):
    (row,) = (row for row in asked(drawn, "returned_campaigns") if row["campaign_id"] == "c-2")
    assert (row["silent_after"], row["returned_date"]) == (date(2005, 3, 10), date(2005, 4, 20))
    assert (row["silent_days"], row["before_count"], row["after_count"]) == (41, 5, 4)


def test_what_one_feed_alone_saw(drawn):
    rows = asked(drawn, "exclusive_campaigns")
    assert [(row["feed"], row["campaign_id"], row["message_count"]) for row in rows] == [
        ("trap-a", "c-2", 4),
        ("trap-b", "c-3", 7),
    ]
    assert [row["known_from_elsewhere"] for row in rows] == [True, False]


def test_every_recipe_is_a_file_of_the_folder():
    assert {path.stem for path in Path(COOKBOOK).glob("*.sql")} == set(RECIPES)
    assert len(RECIPES) >= 20
