"""Campaigns and rings against the simulator's truth, with each kind of evidence left out in turn; and what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks import near_duplicates
from benchmarks.agreement import bcubed, pairs
from benchmarks.measure import measured
from transforms import steps
from transforms.campaigns.assignment import KNOWN, MATCHES, assign
from transforms.campaigns.matching import METHODS
from transforms.lake import Lake
from transforms.reading import published_tables
from transforms.settings import Settings
from transforms.simulate import SCENARIOS, simulate
from transforms.steps.fact_readers import FactReaders
from transforms.steps.grouping_facts import READING
from transforms.steps.portions import Load, Portion
from transforms.steps.template_index import distinct

MONTHS = [date(2005, month, 1) for month in (3, 4, 5)]
FEWEST_MESSAGES = 3
_MEMBERS = "SELECT message_sha256, campaign_id FROM messages JOIN campaign_members USING (message_key)"


def parsed_lake(folder: Path, message_count: int, seed: int) -> Settings:
    """A lake below `folder` that holds three months of simulated mail, not grouped; the truth lies beside it."""
    scenario = SCENARIOS["quality"](seed=seed, message_count=message_count)
    simulate(replace(scenario, feeds=tuple(replace(feed, cadence="month") for feed in scenario.feeds)), folder)
    settings = Settings(folder / "lake", folder / "feeds.toml")
    for feed in scenario.feeds:
        for month in MONTHS:
            for step in (steps.land, steps.parse, steps.gate, steps.commit):
                step(settings, feed.name, month)
    return settings


def compare(folder: Path, message_count: int, seed: int) -> None:
    """Print quality on a seed, with an ablation, what grouping costs, and near-duplicates beside others'."""
    settings = parsed_lake(folder, message_count, seed)
    with measured() as cost:
        done = steps.group(settings)
    steps.build(settings)
    steps.publish(settings)
    truth = _truth(folder)
    with published_tables(Lake(settings.lake)) as con:
        members = dict(con.execute(_MEMBERS).fetchall())
        rings = dict(con.execute("SELECT campaign_id, ring_id FROM ring_members").fetchall())
    print(
        f"seed {seed}: {done['messages']:,} messages in {len(set(members.values())):,} campaigns, {done['rings']} rings"
    )
    print(
        f"grouping: {cost.wall_seconds:.1f} s, {done['messages'] / cost.wall_seconds:,.0f} messages/s, "
        f"{cost.peak_bytes / 1e9:.2f} GB at most"
    )
    _say("all evidence", truth, members)
    _ablations(settings, truth)
    _say_rings(truth, members, rings)
    near_duplicates.compare(Lake(settings.lake), folder / "truth")


def _truth(folder: Path) -> dict[str, tuple[str | None, str | None]]:
    """Campaign and ring of each message, by its digest."""
    table = pq.read_table(folder / "truth" / "messages.parquet", columns=["message_sha256", "campaign_id", "ring_id"])
    return {row["message_sha256"]: (row["campaign_id"], row["ring_id"]) for row in table.to_pylist()}


def _say(name: str, truth: dict, members: dict[str, str]) -> None:
    precision, recall = bcubed({sha: campaign for sha, (campaign, _) in truth.items() if campaign}, members)
    background = [sha for sha, (campaign, _) in truth.items() if campaign is None]
    left_out = 1 - sum(sha in members for sha in background) / max(1, len(background))
    print(f"{name:28} B-cubed precision {precision:.4f} recall {recall:.4f}; background in no campaign {left_out:.4f}")


def _ablations(settings: Settings, truth: dict) -> None:
    with FactReaders(Lake(settings.lake), READING, len(truth)) as readers, Lake(settings.lake).read() as con:
        loads = [Load(*row) for row in con.execute("SELECT load_id, parsed_count, committed_at FROM loads").fetchall()]
        tables = readers.read(Portion(tuple(loads)))
        digests = dict(con.execute("SELECT message_key, message_sha256 FROM messages").fetchall())
    templates, keys = distinct(tables)
    place = zip(tables["messages"]["message_key"].to_pylist(), tables["messages"]["template"].to_pylist(), strict=True)
    template_of = {digests[key]: template for key, template in place}
    for method in METHODS:
        used = tuple(each for each in METHODS if each != method)
        reasons, _ = assign(templates, keys, KNOWN.empty_table(), MATCHES.empty_table(), used)
        campaign_of = dict(zip(reasons["template"].to_pylist(), reasons["campaign_id"].to_pylist(), strict=True))
        members = {sha: campaign_of[template] for sha, template in template_of.items()}
        _say(f"  without {method}", truth, _campaigns(members))


def _campaigns(members: dict[str, str]) -> dict[str, str]:
    sizes: dict[str, int] = {}
    for campaign in members.values():
        sizes[campaign] = sizes.get(campaign, 0) + 1
    return {sha: campaign for sha, campaign in members.items() if sizes[campaign] >= FEWEST_MESSAGES}


def _say_rings(truth: dict, members: dict[str, str], rings: dict[str, str]) -> None:
    """Pairs of campaigns: each found one stands for the true one that most of its messages are of."""
    votes: dict[str, dict[tuple, int]] = {}
    for sha, campaign in members.items():
        counts = votes.setdefault(campaign, {})
        counts[truth[sha]] = counts.get(truth[sha], 0) + 1
    true = {campaign: max(counts, key=counts.__getitem__)[1] for campaign, counts in votes.items()}
    precision, recall, count = pairs(true, rings)
    print(f"rings: pair precision {precision:.4f} recall {recall:.4f} over {count:,} pairs of one ring's campaigns")
