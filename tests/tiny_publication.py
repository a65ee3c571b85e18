"""A publication made by hand: marts as docs/reference/marts.md has them, two feeds, three months, figures known.

- Messages of month m (1 to 3) and feed f (1, 2): `scale * 100 * m * f`; June 2005, the third, is open.
- Campaigns `c-00` … of `scale * (10 + number)` messages each; the first forty are ring `r-big`, two more `r-small`.
- One load of trap-b is held.
"""

from __future__ import annotations

import json
import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

REFERENCE = Path(__file__).parents[1] / "docs" / "reference" / "marts.md"
MONTHS = [date(2005, 4, 1), date(2005, 5, 1), date(2005, 6, 1)]
FEEDS = ("trap-a", "trap-b")
CAMPAIGNS, IN_BIG_RING, IN_SMALL_RING = 48, 42, 2
CATEGORIES = {
    code: code.capitalize() for code in ("adult", "casino", "drugs", "loans", "phishing", "software", "stock")
}
RULES = {"A1": "Not identified as an advertisement", "O1": "No opt-out mechanism"}


def schemas() -> dict[str, str]:
    """Columns and types of each mart."""
    return {
        part.split("\n", 1)[0].strip(): ", ".join(
            map(" ".join, re.findall(r"^\| `(\w+)` \| ([\w\[\]]+) \|", part, re.M))
        )
        for part in REFERENCE.read_text().split("\n## ")[1:]
    }


def publish(
    lake: Path,
    published_at: datetime | None = None,
    scale: int = 1,
    spam: str = "Buy now",
    feeds: tuple[str, ...] = FEEDS,
    without: tuple[str, ...] = (),
    is_empty: bool = False,
) -> Path:
    """Publish a night into the lake's folder as the pipeline does; `spam` is every text that spam writes."""
    at = published_at or datetime.now().replace(microsecond=0)
    folder = lake / "publications" / f"{at:%Y%m%dT%H%M%S%f}-{scale}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "marts.duckdb").unlink(missing_ok=True)
    with duckdb.connect(folder / "marts.duckdb") as con:
        for table, columns in schemas().items():
            if table not in without:
                con.execute(f"CREATE TABLE {table} ({columns})")
        for table, rows in {} if is_empty else rows_of(scale, spam, feeds).items():
            if table not in without:
                _insert(con, table, rows)
        con.execute("CREATE TABLE publication (snapshot_id BIGINT, published_at TIMESTAMP, report VARCHAR)")
        con.execute("INSERT INTO publication VALUES (?, ?, 'gates/marts/index.html')", [scale, at])
    (folder / "publication.json").write_text(json.dumps({"snapshot_id": scale, "published_at": at.isoformat()}))
    point(lake, folder)
    return folder


def point(lake: Path, folder: Path) -> None:
    """Let the lake's readers see a publication, in one step."""
    link = lake / "published.part"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.relative_to(lake), target_is_directory=True)
    os.replace(link, lake / "published")


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    names = dict.fromkeys(name for row in rows for name in row)
    con.register("given", pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows]))
    con.execute(f"INSERT INTO {table} BY NAME FROM given")
    con.unregister("given")


def rows_of(scale: int, spam: str, feeds: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each mart."""
    return volume(scale, feeds) | campaigns(scale, spam, feeds) | rings(scale, spam) | gates(scale, spam, feeds)


def volume(scale: int, feeds: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    cells = [
        {"month": month, "feed": feed, "message_count": scale * 100 * (m + 1) * (f + 1)}
        for m, month in enumerate(MONTHS)
        for f, feed in enumerate(feeds)
    ]
    states = {month: "open" if month == MONTHS[-1] else "closed" for month in MONTHS}
    traps = {"trap_address_count": 50, "days_covered": 30, "days_in_month": 30, "messages_per_covered_day": 3.0}
    kinds = [
        {"category_code": code, "message_count": cell["message_count"] // 10, "template_count": 3, "campaign_count": 2}
        | {name: cell[name] for name in ("month", "feed")}
        for cell in cells
        for code in CATEGORIES
    ]
    return {
        "mart_volume_monthly": [
            c | traps | {"month_state": states[c["month"]], "messages_per_trap_address": c["message_count"] / 50}
            for c in cells
        ],
        "mart_months": [
            {"month": month, "month_state": state, "revision": int(state == "closed"), "feed_count": len(feeds)}
            | {"message_count": sum(c["message_count"] for c in cells if c["month"] == month)}
            for month, state in states.items()
        ],
        "mart_categories_monthly": kinds,
        "dim_category": [{"category_code": code, "name": name} for code, name in CATEGORIES.items()],
        "dim_compliance_rule": [{"rule_id": rule, "title": title} for rule, title in RULES.items()],
    }


def campaigns(scale: int, spam: str, feeds: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    codes = list(CATEGORIES)
    counts = {f"c-{number:02}": scale * (10 + number) for number in range(CAMPAIGNS)}
    first, last = datetime(2005, 6, 2, 8), datetime(2005, 6, 20, 9)
    return {
        "dim_campaign": [
            {"campaign_id": key, "message_count": count, "first_seen_at": first, "last_seen_at": last}
            | {"active_day_count": 2, "template_count": 2, "feed_count": 1, "scripts": ["Latn"], "state": "active"}
            | {"subject": spam, "top_domain": spam, "ring_id": _ring(number)}
            for number, (key, count) in enumerate(counts.items())
        ],
        "campaign_ids": [{"assigned_campaign_id": key, "campaign_id": key} for key in counts]
        + [{"assigned_campaign_id": "c-old", "campaign_id": "c-00"}],
        "campaign_categories": [
            {"campaign_id": key, "category_code": codes[number % len(codes)], "confidence": 0.75}
            for number, key in enumerate(counts)
        ],
        "fct_campaign_daily": [
            {"captured_date": day, "feed": feeds[0], "campaign_id": key, "message_count": part}
            for key, count in counts.items()
            for day, part in ((date(2005, 6, 2), count - 1), (date(2005, 6, 20), 1))
        ],
        "mart_campaigns_monthly": [
            {"month": MONTHS[-1], "campaign_id": key, "message_count": count, "share": 0.01, "feeds": [feeds[0]]}
            | {"domain_count": 1, "origin_ip_count": 2, "trap_address_count": 3, "template_count": 2}
            for key, count in counts.items()
        ],
        "campaign_templates": [
            {"campaign_id": key, "template_rank": rank, "template_id": f"t-{rank}", "message_count": scale * 4 // rank}
            | {"first_seen_date": first.date(), "last_seen_date": last.date(), "subject": spam, "excerpt": spam}
            | {"method": "text" if rank > 1 else "first", "similarity": 0.5 if rank > 1 else None, "evidence": spam}
            for key in counts
            for rank in (1, 2)
        ],
        "mart_campaign_origins_monthly": [
            {"month": MONTHS[-1], "campaign_id": key, "country_code": country, "asn": asn, "as_name": spam}
            | {"message_count": part, "address_count": 1}
            for key, count in counts.items()
            for country, asn, part in (("DE", 64500, count - 2), ("FR", 64501, 2))
        ],
        "campaign_findings": [
            {"campaign_id": key, "rule_id": rule, "verdict": "indicator", "citation": "15 USC 7704", "reason": spam}
            | {"message_count": count, "strong_message_count": 0, "campaign_message_count": count}
            for key, count in counts.items()
            for rule in RULES
        ],
        "mart_origins_monthly": [
            {"month": month, "country_code": country, "asn": asn, "as_name": name, "origin_confidence": sure}
            | {"message_count": scale * 100, "address_count": 2, "campaign_count": 2, "ring_count": 1}
            | {"message_share": 0.25}
            for month in MONTHS
            for country, asn, name, sure in (("DE", 64500, spam, "high"), (None, None, None, "none"))
        ],
    }


def _ring(number: int) -> str | None:
    if number < IN_BIG_RING:
        return "r-big"
    return "r-small" if number < IN_BIG_RING + IN_SMALL_RING else None


def rings(scale: int, spam: str) -> dict[str, list[dict[str, Any]]]:
    members: dict[str, list[int]] = {"r-big": [], "r-small": []}
    for number in range(CAMPAIGNS):
        if ring := _ring(number):
            members[ring].append(number)
    seen = {"first_seen_at": datetime(2005, 6, 2, 8), "last_seen_at": datetime(2005, 6, 20, 9)}
    totals = {ring: sum(scale * (10 + number) for number in numbers) for ring, numbers in members.items()}
    links = [
        {"ring_id": ring, "campaign_id": f"c-{one:02}", "other_campaign_id": f"c-{other:02}", "kind": kind}
        | {"value": spam, "weight": weight, "campaign_count": 2}
        | seen
        for ring, numbers in members.items()
        for place, one in enumerate(numbers)
        for other in numbers[place + 1 : place + 5]
        for kind, weight in (("phone", 1.0), ("origin_network", 0.3))
    ]
    return {
        "dim_ring": [
            {"ring_id": ring, "campaign_count": len(numbers), "message_count": totals[ring], "feed_count": 1}
            | {"link_count": sum(link["ring_id"] == ring for link in links), "evidence": [spam, spam]}
            | seen
            for ring, numbers in members.items()
        ],
        "mart_rings_monthly": [
            {"month": MONTHS[-1], "ring_id": ring, "message_count": total, "share": 0.1, "campaign_count": 2}
            | {"domain_count": 1}
            for ring, total in totals.items()
        ],
        "mart_ring_links": links,
        "ring_findings": [
            {"ring_id": ring, "rule_id": rule, "citation": "15 USC 7704", "message_count": total, "pass_count": 1}
            | {"indicator_count": total - 1, "strong_indicator_count": 0, "not_applicable_count": 0}
            | {"not_determinable_count": 0, "campaign_count": 1, "reason": "told in words of ours"}
            for ring, total in totals.items()
            for rule in (*RULES, "T1")
        ],
    }


def gates(scale: int, spam: str, feeds: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    days = [date(2005, 6, 1) + timedelta(days=n) for n in range(5)]
    return {
        "dim_feed": [
            {"feed": feed, "description": spam, "cadence": "day", "is_enabled": True, "load_count": 5}
            | {"message_count": scale * 600, "first_captured_at": datetime(2005, 4, 1, 1)}
            | {"last_captured_at": datetime(2005, 6, 20, 9)}
            for feed in feeds
        ],
        "mart_feed_health_daily": [
            {"load_date": day, "last_date": day, "feed": feed, "status": "held" if is_held else "ok"}
            | {"expected_count": 30, "received_count": 0 if is_held else 29, "held_load_count": int(is_held)}
            | {"parsed_count": 28, "rejected_count": 1, "duplicate_count": 1, "gate_warning_count": 0}
            for feed in feeds
            for day in days
            for is_held in [feed == feeds[-1] and day == days[-1]]
        ],
        "mart_rejects_daily": [
            {"load_date": day, "feed": feed, "level": "message", "reason": "duplicate", "reject_count": scale}
            for feed in feeds
            for day in days
        ],
        "mart_campaign_overlap_feeds": [
            {"month": MONTHS[-1], "feed": feed, "campaign_count": 3, "exclusive_campaign_count": 1, "message_count": 9}
            | {"coverage_share": 0.5, "exclusive_share": 0.3}
            for feed in feeds
        ],
        "mart_gate_runs": [
            {"gate_run_id": "run-1", "evaluated_at": datetime(2005, 6, 5, 4), "gate": "staged", "feed": feeds[-1]}
            | {"load_date": days[-1], "expectation_count": 40, "critical_failure_count": 1, "warning_failure_count": 0}
            | {"failed_expectations": [spam], "report": "gates/run-1/index.html", "load_count": 1, "held_load_count": 1}
        ],
    }
