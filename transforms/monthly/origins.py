"""Where the month's mail entered the network, and how sure that is."""

from __future__ import annotations

from transforms.monthly.asked import Asked, Row
from transforms.monthly.bar_charts import CONFIDENCES, origins_chart
from transforms.monthly.document import Section, Table, code, number, spam, text
from transforms.monthly.figures import count, share
from transforms.monthly.plain_text import defanged

MEANINGS = {
    "high": "a trusted host wrote the address",
    "medium": "the host that wrote it is the feed's own by name or by guess",
    "low": "no trusted host wrote it",
    "none": "no address can be believed",
    "untraced": "nobody has looked yet",
}
SPLIT = ("high", "medium", "low")


def section(asked: Asked) -> Section:
    """The split by confidence; countries and networks, when a table of networks knows them."""
    part = Section("origins", "Origins", [_about(asked)])
    part.tables = [_confidence(asked)]
    if countries := asked.rows("countries"):
        bars = [(row["country_code"], _split(row)) for row in countries]
        part.charts.append(origins_chart(bars, "Top countries by confidence of the origin", asked.marts("countries")))
        part.tables.append(_countries(asked, countries))
    if networks := asked.rows("networks"):
        bars = [(f"AS{row['asn']}", _split(row)) for row in networks]
        part.charts.append(origins_chart(bars, "Top networks by confidence of the origin", asked.marts("networks")))
        part.tables.append(_networks(asked, networks))
    return part


def _about(asked: Asked) -> str:
    if asked.rows("countries") or asked.rows("networks"):
        return (
            "An origin is the address that handed the message to the last host that is believed; country and network "
            "are those of its address, as of the day that the table of networks was made."
        )
    return (
        "No origin of the month has a country or network: the lake had no table of networks, or none that knows these "
        "addresses (spamledger networks)."
    )


def _confidence(asked: Asked) -> Table:
    total = asked.total(asked.month) or 0
    counts = {row["origin_confidence"]: row["message_count"] for row in asked.rows("confidence")}
    cells = [
        (name, meaning, count(counts[name]), share(counts[name], total))
        for name, meaning in MEANINGS.items()
        if name in counts
    ]
    columns = (text("confidence"), text("meaning"), number("messages"), number("share"))
    return Table("How sure the origins are", asked.marts("confidence"), columns, cells)


def _split(row: Row) -> dict[str, int]:
    return {name: row[f"{name}_count"] for name in CONFIDENCES}


def _counts(row: Row, total: int) -> tuple[str, ...]:
    return (
        count(row["message_count"]),
        share(row["message_count"], total),
        *(count(row[f"{name}_count"]) for name in SPLIT),
    )


def _countries(asked: Asked, rows: list[Row]) -> Table:
    total = asked.total(asked.month) or 0
    columns = (code("country"), *map(number, ("messages", "share", *SPLIT)))
    cells = [(row["country_code"], *_counts(row, total)) for row in rows]
    return Table("Top countries (ISO 3166-1)", asked.marts("countries"), columns, cells)


def _networks(asked: Asked, rows: list[Row]) -> Table:
    total = asked.total(asked.month) or 0
    columns = (code("network"), spam("name"), code("country"), *map(number, ("messages", "share", *SPLIT)))
    cells = [
        (f"AS{row['asn']}", defanged(row["as_name"] or "", 40), row["country_code"] or "", *_counts(row, total))
        for row in rows
    ]
    return Table("Top networks (autonomous systems)", asked.marts("networks"), columns, cells)
