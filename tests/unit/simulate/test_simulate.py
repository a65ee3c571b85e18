"""The files and the truth agree, and a seed always gives the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import mailbox
import os
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from transforms.catalogue import load_catalogue
from transforms.simulate import SCENARIOS, simulate
from transforms.simulate.run import Trap
from transforms.simulate.schedule import Batch, Schedule, repeat_lags
from transforms.simulate.world import make_world

SMALL = """
from datetime import date
from pathlib import Path
from transforms.simulate import Scenario, SimulatedFeed, simulate
feed = SimulatedFeed("a", ("mx.a.example",))
simulate(Scenario(3, date(2005, 4, 1), date(2005, 4, 2), 60, (feed,), campaign_count=20, ring_count=3), Path("out"))
"""


def raw_messages(path, tmp_path):
    """The messages of a compressed mbox, read with the standard library and unquoted."""
    plain = tmp_path / "plain.mbox"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    box = mailbox.mbox(plain, create=False)
    try:
        return [box.get_bytes(key).replace(b"\n>From ", b"\nFrom ") for key in box.keys()]  # noqa: SIM118
    finally:
        box.close()
        plain.unlink()


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_truth_has_a_row_for_every_message_and_its_digest(simulated, truth, tmp_path):
    out, summary = simulated
    digests = defaultdict(list)
    for row in truth:
        assert row["position"] == len(digests[row["feed"], row["file_name"]])
        digests[row["feed"], row["file_name"]].append(row["message_sha256"])
    files = [p for feed in ("daily", "monthly") for p in (out / feed).iterdir()]
    assert {(p.parent.name, p.name) for p in files} == set(digests)
    for path in files:
        found = [hashlib.sha256(raw).hexdigest() for raw in raw_messages(path, tmp_path)]
        assert found == digests[path.parent.name, path.name], path
    assert summary.message_count == len(truth)
    assert summary.file_count == len(files) == 22


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_same_seed_gives_the_same_bytes_in_any_process(hash_seed, tmp_path):
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", SMALL], cwd=tmp_path, env=environment, check=True)
    namespace_out = tmp_path / "again"
    namespace_out.mkdir()
    exec(compile(SMALL.replace('Path("out")', f"Path({str(namespace_out)!r})"), "small", "exec"), {})
    assert tree(tmp_path / "out") == tree(namespace_out)


def test_another_seed_gives_other_messages(scenario, truth, tmp_path):
    simulate(replace(scenario, seed=8, last=scenario.first), tmp_path)
    day = gzip.decompress((tmp_path / "daily" / f"{scenario.first}.mbox.gz").read_bytes())
    assert day and not any(row["message_sha256"] == hashlib.sha256(day).hexdigest() for row in truth)


def test_a_day_alone_is_the_same_as_within_the_period(scenario, simulated, truth, tmp_path):
    """What is captured promptly on a day does not depend on any other day being made."""
    day, feed = date(2005, 5, 3), scenario.feeds[0]
    alone = Trap(feed, Schedule(scenario, make_world(scenario))).messages_of(Batch(day, "prompt", 0))
    digests = [hashlib.sha256(copy.raw).hexdigest() for copy in alone]
    filed = [r["message_sha256"] for r in truth if r["feed"] == "daily" and r["file_name"].startswith(str(day))]
    assert digests == filed[-len(digests) :]


def test_the_stopped_ring_falls_silent_and_the_total_does_not(scenario, truth):
    stop = scenario.shutdown_on
    before, after, residue, total = 0, 0, 0, Counter()
    for row in truth:
        day = row["captured_at"].date()
        total[day] += 1
        if row["ring_id"] == "ring-001":
            before += day < stop
            residue += stop <= day < stop + timedelta(days=2)
            after += day >= stop + timedelta(days=2)
    days_before = (stop - scenario.first).days
    assert before / sum(n for day, n in total.items() if day < stop) > 0.15
    assert residue < before / days_before and after == 0
    mean_before = sum(n for day, n in total.items() if day < stop) / days_before
    mean_after = sum(n for day, n in total.items() if day >= stop) / ((scenario.last - stop).days + 1)
    assert mean_after > 0.8 * mean_before


def test_late_messages_lie_in_a_later_file_within_the_declared_days(truth, scenario):
    feeds = {feed.name: feed for feed in scenario.feeds}
    late = [row for row in truth if row["is_late"]]
    assert {row["feed"] for row in late} == {"daily", "monthly"}
    for row in truth:
        day, period = row["captured_at"].date(), row["file_name"].split(".")[0]
        if row["is_duplicate"]:
            continue
        assert (feeds[row["feed"]].file_period(day) != period) == row["is_late"]
        if row["is_late"]:
            lags = [n for n in range(1, 6) if feeds[row["feed"]].file_period(day + timedelta(days=n)) == period]
            assert lags, row


def test_duplicates_repeat_a_message_of_an_earlier_file(truth):
    first = {}
    for row in truth:
        if not row["is_duplicate"]:
            first[row["feed"], row["message_sha256"]] = row["file_name"]
    duplicates = [row for row in truth if row["is_duplicate"]]
    assert len(duplicates) > 20
    for row in duplicates:
        assert first[row["feed"], row["message_sha256"]] < row["file_name"]


def test_messages_differ_but_for_duplicates(truth):
    digests = Counter(row["message_sha256"] for row in truth if not row["is_duplicate"])
    assert max(digests.values()) == 1


def test_repetitions_never_fall_into_the_file_of_the_first_delivery(scenario):
    for feed in scenario.feeds:
        for day in (date(2005, 1, 31), date(2005, 2, 1), date(2005, 12, 31)):
            assert all(feed.file_period(day) != feed.file_period(day + timedelta(days=n)) for n in repeat_lags(feed))


def test_feeds_file_is_a_catalogue_of_what_was_written(simulated):
    out, summary = simulated
    content = tomllib.loads(summary.feeds_file.read_text("utf-8"))["feeds"]
    assert content["daily"]["url"] == "daily/{date}.mbox.gz"
    assert content["monthly"]["url"] == "monthly/{year}-{month}.mbox.gz"
    assert content["daily"]["trusted_hosts"] == ["mx1.daily.example", "store.daily.example"]
    feeds = load_catalogue(summary.feeds_file)
    for name, feed in feeds.items():
        urls = {feed.url_for(period) for period in feed.periods(date(2005, 4, 20), date(2005, 5, 9))}
        assert urls == {str(path) for path in (out / name).iterdir()}


def test_progress_counts_every_message(scenario, tmp_path):
    told = []
    summary = simulate(replace(scenario, last=scenario.first), tmp_path, told.append)
    assert sum(told) == summary.message_count > 0


def test_a_failed_run_leaves_no_half_file(scenario, tmp_path):
    def interrupt(count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(scenario, tmp_path, interrupt)
    assert not list((tmp_path / "daily").iterdir())
    assert not list((tmp_path / "truth").glob("*messages*"))


@pytest.mark.parametrize("name", SCENARIOS)
def test_ready_made_scenarios(name):
    scenario = SCENARIOS[name](5)
    assert scenario.seed == 5
    assert scenario.first < scenario.shutdown_on < scenario.last
