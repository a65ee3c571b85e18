"""The answers of marts for a made-up month, March 2005, with a month before: known by heart, for tests of its report."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from transforms import monthly

MARCH, FEBRUARY = date(2005, 3, 1), date(2005, 2, 1)
PUBLICATION = {"snapshot_id": 7, "published_at": "2005-04-06T02:30:00", "report": "gates/g1/index.html"}
MARTS = (
    *("fct_messages_daily", "fct_campaign_daily", "campaign_categories", "campaign_findings", "ring_findings"),
    *("dim_campaign", "dim_category", "dim_compliance_rule", "dim_ring", "mart_months", "mart_volume_monthly"),
    *("mart_categories_monthly", "mart_origins_monthly", "mart_campaigns_monthly", "mart_rings_monthly"),
    *("mart_feed_health_daily", "mart_rejects_daily", "mart_gate_runs"),
)
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=http://evil.example/x.png onerror=alert(1)>",
    "</style></svg>]]><!-- {{ 7*7 }} {% raw %}",
    "\u202egnp.exe \u2066evil\u2069\x00\x1b[31m\x07",
    "https://evil.example/a?b=c me@evil.example",
    "W" * 5000,
    "Z" + "\u0300\u0301" * 300,
    "\ud800 lone",
)


def _month(month: date, count: int, **changes: Any) -> dict[str, Any]:
    row = {"month": month, "month_state": "closed", "revision": 1, "closed_at": datetime(2005, 4, 6, 2)}
    return row | {"last_changed_at": None, "feed_count": 2, "message_count": count} | changes


def _volume(month: date, feed: str, count: int, days: int, addresses: int = 10) -> dict[str, Any]:
    shared = {"month": month, "feed": feed, "message_count": count, "trap_address_count": addresses}
    rate = count / (addresses * days) if days else None
    return shared | {
        "days_covered": days,
        "days_in_month": 31 if month == MARCH else 28,
        "messages_per_address_day": rate,
    }


def _origin(count: int, **names: Any) -> dict[str, Any]:
    return names | {"message_count": count, "high_count": count - 5, "medium_count": 3, "low_count": 2}


def answers(subject: str = "Cheap pills", domain: str = "pills.example", feed: str = "trap-a") -> dict[str, list[dict]]:
    """800 messages in March and 500 in February; what comes out of spam, or a catalogue, can be given."""
    seen = {"first_seen_at": datetime(2005, 3, 4), "state": "active", "subject": subject}
    campaign = seen | {"campaign_id": "c-1", "category_code": "drugs", "category": "Drugs", "message_count": 600}
    evidence = [f"registrable_domain {domain}", f"mailer {subject}"]
    return {
        "months": [_month(FEBRUARY, 500), _month(MARCH, 800)],
        "volume": [_volume(FEBRUARY, feed, 500, 28), _volume(MARCH, feed, 700, 31), _volume(MARCH, "trap-b", 100, 5)],
        "days": [{"captured_date": date(2005, 3, d), "feed": feed, "message_count": 20 + d} for d in range(1, 32)],
        "categories": [
            {"category_code": "drugs", "name": "Drugs", "message_count": 650, "last_message_count": 100},
            {"category_code": "adult", "name": "Adult", "message_count": 100, "last_message_count": 390},
        ],
        "confidence": [
            {"origin_confidence": "high", "message_count": 700},
            {"origin_confidence": "none", "message_count": 100},
        ],
        "countries": [_origin(400, country_code="US"), _origin(300, country_code="CN")],
        "networks": [_origin(400, asn=64500, as_name=subject, country_code="US")],
        "campaigns": [
            campaign | {"share": 0.75, "day_count": 9, "ring_id": "r-1", "is_new": True, "top_domain": domain}
        ],
        "rings": [
            {"ring_id": "r-1", "campaign_count": 2, "message_count": 620, "share": 0.775, "domain_count": 3}
            | {"first_seen_at": datetime(2005, 2, 4), "is_new": False, "evidence": evidence}
            | {"all_message_count": 9000, "all_campaign_count": 4}
        ],
        "ring_rules": [
            {
                "ring_id": "r-1",
                "rule_id": "P1",
                "title": "No postal address",
                "citation": "15 USC 7704",
                "message_count": 9000,
            }
            | {"indicator_count": 2000, "strong_indicator_count": 7000, "reason": "no street"},
            {"ring_id": "r-1", "rule_id": "E1", "title": "Damages", "citation": "15 USC 7706", "message_count": 9000}
            | {"indicator_count": 0, "strong_indicator_count": 9000, "reason": "all: 7 x 250 = 1,750; 3 x 250 = 750"},
            {"ring_id": "r-1", "rule_id": "T1", "title": "Volume", "citation": "18 USC 1037", "message_count": 9000}
            | {"indicator_count": 9000, "strong_indicator_count": 0, "reason": "150 captured in 24 hours"},
        ],
        "campaign_changes": [
            seen | {"campaign_id": "c-1", "ring_id": "r-1", "message_count": 600, "last_message_count": 0},
            seen | {"campaign_id": "c-2", "ring_id": "r-1", "message_count": 20, "last_message_count": 90},
            seen | {"campaign_id": "c-3", "ring_id": None, "message_count": 0, "last_message_count": 300},
        ],
        "ring_changes": [
            {"ring_id": "r-1", "first_seen_at": datetime(2005, 2, 4), "message_count": 620, "last_message_count": 90}
        ],
        "health": [
            {
                "feed": feed,
                "period_count": 31,
                "ok_count": 30,
                "late_period_count": 0,
                "missing_count": 1,
                "empty_count": 0,
            }
            | {"pending_count": 0, "held_load_count": 2, "late_message_count": 4, "parsed_count": 704}
            | {"rejected_count": 13, "gate_warning_count": 1}
        ],
        "rejects": [{"feed": feed, "level": "message", "reason": "duplicate", "reject_count": 13}],
        "gates": [
            {"gate": "staged", "feed": feed, "load_date": date(2005, 3, 2), "critical_failure_count": 1}
            | {"warning_failure_count": 1, "held_load_count": 1, "failed": "messages: share of rejects"}
        ],
    }


def page(given: dict[str, list[dict]] | None = None, month: date = MARCH) -> str:
    """The report of the answers, all marts being there."""
    return monthly.write(month, PUBLICATION, monthly.questions(month, MARTS), answers() if given is None else given)
