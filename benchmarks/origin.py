"""How well Received lines are read and origins are found: on real mail, and on simulated chains with known truth."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from ipaddress import ip_address
from itertools import islice
from pathlib import Path

import pyarrow as pa

from benchmarks import received_fields
from transforms.feeds import RawMessage, read_container
from transforms.message import FeedContext, Item, parse_batch
from transforms.origin import FINDINGS, read_batch
from transforms.simulate.copies import Copy
from transforms.simulate.run import Trap
from transforms.simulate.scenario import FORGERIES, MAIL_SERVERS, RARE_FORGERIES, Scenario, SimulatedFeed
from transforms.simulate.schedule import Schedule
from transforms.simulate.world import make_world

UNTROUBLED = ("bruce-guenter.dyndns.org", "localhost", "127.0.0.1", "futurequest.net")
"""The trusted hosts of the feed `untroubled` in feeds.toml."""
_BATCH = 2_000


def compare(corpora: Path, message_count: int, seed: int) -> None:
    """Print what is read and found in the archives below `corpora`, and in `message_count` simulated messages."""
    if corpora.is_dir():
        received_fields.tell(corpora)
        _tell_untroubled(corpora / "untroubled-2015-03.tar.zst")
    else:
        print(f"no real mail below {corpora}")
    _tell_simulated(message_count, seed)


def origins_of(contents: list[bytes], feed: str, trusted_hosts: tuple[str, ...]) -> tuple[list[dict], pa.Table]:
    """The origin of each message, and the rows of `received_hops`."""
    context = FeedContext(feed, feed, date(2005, 3, 1), trusted_hosts, b"a key for measuring")
    items = [Item(place, place, RawMessage(content)) for place, content in enumerate(contents)]
    tables = parse_batch(items, context)
    found = {row["message_key"]: row for row in read_batch(tables["received_hops"], {feed: trusted_hosts}).to_pylist()}
    rows = tables["messages"].select(["message_key", "position"]).to_pylist()
    return [found.get(row["message_key"], {}) | row for row in rows], tables["received_hops"]


def read_untroubled(archive: Path) -> tuple[list[dict], set[str]]:
    """The origins of the archive's messages, and the networks of the hosts that wrote their trusted lines."""
    found, own, messages = [], set(), _contents(archive)
    while contents := list(islice(messages, _BATCH)):
        rows, hops = origins_of(contents, "untroubled", UNTROUBLED)
        found += rows
        trusted = zip(hops["by_ip"].to_pylist(), hops["is_trusted"].to_pylist(), strict=True)
        own |= {_network(ip) for ip, is_trusted in trusted if is_trusted and ip}
    return found, own


def _contents(archive: Path) -> Iterator[bytes]:
    return (each.content for each in read_container(archive, archive.name, "eml") if isinstance(each, RawMessage))


def inside_and_without(rows: list[dict], own: set[str]) -> tuple[int, int]:
    """How many origins lie in the given networks, and how many messages have none."""
    ips = [row.get("origin_ip") for row in rows]
    return sum(ip is not None and _network(ip) in own for ip in ips), ips.count(None)


def _tell_untroubled(archive: Path) -> None:
    rows, own = read_untroubled(archive)
    inside, without = inside_and_without(rows, own)
    print(f"untroubled-2015-03: {len(rows):,} messages, {without} without an origin, {inside} in the trap's networks")
    _tell_cost(list(islice(_contents(archive), _BATCH)), "untroubled", UNTROUBLED)
    print(f"  confidence {dict(Counter(row.get('origin_confidence') for row in rows))}")
    print(f"  findings {dict(Counter(word for row in rows for word in row.get('origin_findings', ())).most_common())}")


def _network(ip: str) -> str:
    """The /24 of an IPv4 address, the /64 of an IPv6 one."""
    address = ip_address(ip)
    return str(int(address) >> (8 if address.version == 4 else 64))


def scenario_of(seed: int, message_count: int) -> Scenario:
    """Four traps, one for each mail server, the first with a second host inside; all kinds of forgeries."""
    feeds = [SimulatedFeed(f"trap-{server}", (f"mx.{server}.example",), mail_server=server) for server in MAIL_SERVERS]
    feeds[0] = SimulatedFeed("trap-postfix", ("mx.postfix.example", "store.postfix.example"))
    first, last = date(2005, 3, 1), date(2005, 5, 31)
    daily, kinds = max(4, message_count // 92), FORGERIES + RARE_FORGERIES
    return Scenario(seed, first, last, daily, tuple(feeds), campaign_count=240, ring_count=30, forgeries=kinds)


def copies_of(scenario: Scenario, feed: SimulatedFeed) -> Iterator[Copy]:
    """Every message that a trap captures, once."""
    schedule = Schedule(scenario, make_world(scenario))
    trap = Trap(feed, schedule)
    for day in scenario.days_of(feed):
        for batch in schedule.arrivals(feed, day):
            if not batch.is_redelivery:
                yield from trap.messages_of(batch)


def judge(scenario: Scenario, is_configured: bool = True) -> dict[str, Counter]:
    """For each kind of forgery, `honest` for none: how many messages, how many origins found right, and so on."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for feed in scenario.feeds:
        copies = copies_of(scenario, feed)
        while some := list(islice(copies, _BATCH)):
            trusted = feed.trap_hosts if is_configured else ()
            rows, _ = origins_of([copy.raw for copy in some], feed.name, trusted)
            for row in rows:
                _count(counts[some[row["position"]].forged_hop_kind or "honest"], some[row["position"]], row)
    return dict(sorted(counts.items()))


def _count(counts: Counter, copy: Copy, row: dict) -> None:
    is_relayed = copy.forged_hop_kind is None and copy.origin_ip != copy.client_ip
    counts["messages"] += 1
    counts["right"] += row.get("origin_ip") == copy.client_ip
    counts["found"] += bool(row.get("origin_findings"))
    counts["relayed"] += is_relayed
    counts["claimed right"] += is_relayed and row.get("claimed_origin_ip") == copy.origin_ip
    counts[row.get("origin_confidence") or "none"] += 1
    counts.update(row.get("origin_findings", ()))


def _tell_cost(contents: list[bytes], feed: str, trusted_hosts: tuple[str, ...]) -> None:
    _, hops = origins_of(contents, feed, trusted_hosts)
    begin = time.process_time()
    read_batch(hops, {feed: trusted_hosts})
    each = 1e6 * (time.process_time() - begin) / len(contents)
    print(f"  {each:.0f} µs of processor a message to find its origin, {hops.num_rows / len(contents):.1f} lines each")


def _tell_simulated(message_count: int, seed: int) -> None:
    scenario = scenario_of(seed, message_count)
    print(f"simulated, seed {seed}")
    feed = scenario.feeds[0]
    _tell_cost([copy.raw for copy in islice(copies_of(scenario, feed), _BATCH)], feed.name, feed.trap_hosts)
    for is_configured in (True, False):
        print(f"trusted hosts {'configured' if is_configured else 'not configured'}")
        counts = judge(scenario, is_configured)
        forged = sum((count for kind, count in counts.items() if kind != "honest"), Counter())
        for kind, count in {**counts, "all forged": forged}.items():
            share = count["right"] / count["messages"]
            found = count["found"] / count["messages"]
            print(
                f"  {kind:22} {count['messages']:6,} messages, origin right {share:8.3%}, with a finding {found:7.2%}"
            )
        honest = counts["honest"]
        told = honest["claimed right"] / max(1, honest["relayed"])
        print(f"  honest relays: {honest['relayed']:,} messages, claimed origin right {told:.3%}")
        words = {word: count for word, count in honest.most_common() if word in FINDINGS}
        print(f"  findings on honest chains: {words}")
