"""The month's largest rings: their size, what ties them together, and their sheet of compliance in brief."""

from __future__ import annotations

from transforms.compliance.exposure import TREBLED, USD_CAP, USD_PER_MESSAGE
from transforms.monthly.asked import Asked, Row
from transforms.monthly.document import Section, Table, code, number, spam, text
from transforms.monthly.figures import count, share
from transforms.monthly.plain_text import defanged

ABOUT = (
    "A ring is campaigns that rare values tie together.",
    "What the rules see are indicators for a court to judge, and nothing more: knowledge, consent, who sent a message "
    "and where it was read are not in it. They are over all messages of the ring, not this month's alone.",
    f"E1 is a range of statutory damages (15 USC 7706(f)(3)): {USD_PER_MESSAGE} USD for each message at most, "
    f"{USD_CAP:,} USD at most for those without a false header, up to {TREBLED} times that if increased; no amount is "
    "owed, a court may award less or nothing. Captured mail is a part of what was sent.",
)


def section(asked: Asked) -> Section:
    """Two tables of ten rings: sizes; evidence and sheet."""
    rings = asked.rows("rings")
    part = Section("rings", "Largest rings", list(ABOUT))
    part.tables = [
        Table("The ten largest rings of the month", asked.marts("rings"), SIZES, [_sizes(row) for row in rings]),
        Table(
            "What ties them together, and what the rules see",
            asked.marts("rings", "ring_rules"),
            SHEET,
            [_sheet(asked, row) for row in rings],
        ),
    ]
    return part


SIZES = (
    code("ring"),
    *map(number, ("messages", "share of the month", "campaigns", "domains")),
    code("known"),
    *map(number, ("campaigns ever", "messages ever")),
)
SHEET = (code("ring"), spam("evidence"), text("rules with indicators"), text("T1, volume"), text("E1, exposure range"))


def _sizes(row: Row) -> tuple[str, ...]:
    return (
        row["ring_id"],
        count(row["message_count"]),
        f"{100 * row['share']:.1f} %",
        count(row["campaign_count"]),
        count(row["domain_count"]),
        "new" if row["is_new"] else f"since\u00a0{row['first_seen_at']:%Y-%m}",
        count(row["all_campaign_count"]),
        count(row["all_message_count"]),
    )


def _sheet(asked: Asked, row: Row) -> tuple[str, ...]:
    ring_id = row["ring_id"]
    found = {rule["rule_id"]: rule for rule in asked.rows("ring_rules") if rule["ring_id"] == ring_id}
    evidence = "\n".join(_evidence(each) for each in row["evidence"][:5])
    volume, exposure = found.pop("T1", None), found.pop("E1", None)
    return (
        ring_id,
        evidence,
        "\n".join(map(_rule, found.values())) or "none",
        volume["reason"].replace("; ", "\n") if volume else "no threshold was passed",
        exposure["reason"].replace("; ", "\n").replace(". ", "\n") if exposure else "no message has an indicator",
    )


def _rule(found: Row) -> str:
    indicated = found["indicator_count"] + found["strong_indicator_count"]
    strong = f", {count(found['strong_indicator_count'])} strong" if found["strong_indicator_count"] else ""
    of_all = f"{count(indicated)} ({share(indicated, found['message_count'])}{strong})"
    return f"{found['rule_id']} {found['title'] or ''}: {of_all}"


def _evidence(text: str) -> str:
    """`sender_domain a.example` as it is read: kind and value."""
    kind, _, value = text.partition(" ")
    return f"{kind.replace('_', ' ')} {defanged(value, 60)}"
