"""A lake of three feeds and three months, small enough to know every mart row by heart.

- `trap-a` daily: 2005-03-30 published (with one message captured the day before), 03-31 asked for and absent,
  04-01 held by its gate, 04-02 published with a redelivery and a broken place, 04-03 nobody asked, 04-04 empty.
- `trap-b` monthly: all of March, and May; April nobody asked for.
- `corpus` undated: pulled on 2005-05-03, messages of March 1997 and March 2005; not in the nightly run.

Two of its messages are traced: trap-b's of March, to a network; and the first of trap-a, which has no origin.

Its messages are grouped: `c-1` of 1997 and March (trap-b, corpus), which took over c-6 and, through it, c-7; `c-3` of
March, April and May (trap-a, trap-b); both are of ring `r-1`. The two of `c-2` (trap-a, March) are no campaign.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from duckdb_extensions import import_extension

from transforms.contracts import Column, Table
from transforms.tables import TABLES

Dbt = Callable[..., str]
"""`dbt(lake, *arguments, months="all")` runs dbt and returns its output."""
EPOCH = datetime(1970, 1, 1)
DEFAULTS: dict[str, Any] = {"VARCHAR": "", "BOOLEAN": False, "VARCHAR[]": [], "TIMESTAMP": EPOCH}
DEFAULTS |= dict.fromkeys(("BIGINT", "INTEGER", "DOUBLE"), 0)


def connect(lake: Path) -> duckdb.DuckDBPyConnection:
    """A connection whose default database is the lake; its folder and catalogue are made when missing."""
    for name in ("ducklake", "sqlite_scanner"):
        import_extension(name)
    (lake / "data").mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute("load ducklake; load sqlite_scanner")
    connection.execute(
        f"attach 'ducklake:sqlite:{lake}/catalogue.sqlite' as lake (data_path '{lake}/data/', override_data_path true)"
    )
    return connection.execute("use lake")


def create(lake: Path) -> None:
    """Every raw table, without rows."""
    with connect(lake) as connection:
        for table in TABLES.values():
            connection.execute(f"create table {table.name} ({', '.join(map(_ddl, table.columns))})")
            if table.month_of:
                month = table.month_of
                feed = "feed, " if "feed" in table.schema.names else ""
                connection.execute(f"alter table {table.name} set partitioned by ({feed}year({month}), month({month}))")


class Built:
    """A lake as it stands now; still readable when it has moved on."""

    def __init__(self, lake: Path):
        self.lake = lake
        with connect(lake) as connection:
            (self.version,) = connection.execute("select max(snapshot_id) from lake.snapshots()").fetchone()

    def rows(self, table: str, columns: str = "*") -> list[tuple]:
        """The rows of `schema.table`, sorted."""
        return self.query(f"select {columns} from {table} at (version => {self.version}) order by all")

    def query(self, sql: str) -> list[tuple]:
        """The rows of a query on the newest version."""
        with connect(self.lake) as connection:
            return connection.execute(sql).fetchall()


def _ddl(column: Column) -> str:
    return f"{column.name} {column.sql_type}{' not null' if column.required else ''}"


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Rows by column name; what a row leaves out is empty, or zero where a value is required."""
    contract = TABLES[table]
    marks = ", ".join("?" for _ in contract.columns)
    connection.executemany(f"insert into {table} values ({marks})", [_filled(contract, row) for row in rows])


def _filled(table: Table, row: dict[str, Any]) -> list[Any]:
    unknown = row.keys() - {column.name for column in table.columns}
    assert not unknown, f"{table.name}: no such column: {unknown}"
    return [row.get(c.name, DEFAULTS.get(c.sql_type) if c.required else None) for c in table.columns]


class Load:
    """One landed file with its messages, rejects and delivery."""

    def __init__(self, feed: str, load_date: str, number: int = 0, status: str = "published"):
        self.feed, self.load_date, self.status = feed, date.fromisoformat(load_date), status
        self.load_id = f"{feed}-{load_date}-{number}"
        self.pulled_at = datetime.fromisoformat(load_date) + timedelta(days=1, hours=2)
        self.messages: list[dict[str, Any]] = []
        self.urls: list[dict[str, Any]] = []
        self.rejects: list[dict[str, Any]] = []

    def message(self, captured_at: str, hosts: tuple[str, ...] = (), **columns: Any) -> Load:
        key = f"{self.load_id}-{len(self.messages)}"
        row = {
            "message_key": key,
            "feed": self.feed,
            "load_id": self.load_id,
            "captured_at": datetime.fromisoformat(captured_at),
            "captured_at_source": "received",
            "message_bytes": 100,
            "url_count": len(hosts),
            "defects": [],
        }
        self.messages.append(row | columns)
        shared = {name: row[name] for name in ("message_key", "feed", "load_id", "captured_at")}
        for index, host in enumerate(hosts):
            domain = ".".join(host.split(".")[-2:])
            self.urls.append(shared | {"url_index": index, "host": host, "registrable_domain": domain})
        return self

    def reject(self, reason: str, level: str = "message") -> Load:
        row = {"load_id": self.load_id, "feed": self.feed, "load_date": self.load_date}
        self.rejects.append(row | {"position": 100 + len(self.rejects), "level": level, "reason": reason})
        return self

    def write(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The receipt and the delivery; the rows too, when the load is published."""
        shared = {"feed": self.feed, "load_date": self.load_date, "load_id": self.load_id, "file_bytes": 1000}
        counts = {
            "found_count": len(self.messages) + len(self.rejects),
            "parsed_count": len(self.messages),
            "rejected_count": len(self.rejects),
        }
        insert(connection, "loads", [shared | counts | {"pulled_at": self.pulled_at, "status": self.status}])
        delivery = shared | {"delivery_id": self.load_id, "outcome": "landed", "pulled_at": self.pulled_at}
        insert(connection, "deliveries", [delivery])
        if self.status == "published":
            for table in ("messages", "urls", "rejects"):
                if rows := getattr(self, table):
                    insert(connection, table, rows)


def fill(lake: Path) -> None:
    """The rows of the feeds that the module describes."""
    with connect(lake) as connection:
        connection.execute("begin")
        insert(connection, "feeds", FEEDS)
        for load in loads():
            load.write(connection)
        absent = {"delivery_id": "asked", "feed": "trap-a", "load_date": date(2005, 3, 31), "outcome": "absent"}
        insert(connection, "deliveries", [absent | {"pulled_at": datetime(2005, 4, 1, 2)}])
        insert(connection, "month_events", EVENTS)
        group(connection, *ASSIGNED)
        insert(connection, "message_origins", ORIGINS)
        insert(connection, "campaign_lineage", LINEAGE)
        insert(connection, "campaign_indicators", INDICATORS)
        insert(connection, "ring_links", LINKS)
        insert(connection, "ring_members", [{"campaign_id": each, "ring_id": "r-1"} for each in ("c-1", "c-3")])
        connection.execute("commit")


def group(connection: duckdb.DuckDBPyConnection, *assigned: tuple[str, str, str]) -> None:
    """Assignments of messages that are there, given as message_key, template and campaign; new templates too."""
    columns = "feed, load_id, captured_at, subject"
    for message_key, template_id, campaign_id in assigned:
        shared = {"message_key": message_key, "template_id": template_id, "assigned_campaign_id": campaign_id}
        message = connection.execute(f"select {columns} from messages where message_key = ?", [message_key]).fetchone()
        feed, load_id, captured_at, subject = message
        place = {"feed": feed, "load_id": load_id, "captured_at": captured_at}
        known = connection.execute("select count(*) from templates where template_id = ?", [template_id]).fetchone()
        insert(connection, "campaign_assignments", [shared | place | {"method": "template" if known[0] else "first"}])
        if not known[0]:
            seen = {"first_seen_at": captured_at, "subject": subject, "script": "Latn", "method": "first"}
            insert(connection, "templates", [shared | seen])


def loads() -> list[Load]:
    """The landed files, in the order of their periods."""
    spam = {"from_address": "win@a.test", "from_registrable_domain": "a.test", "origin_ip": "192.0.2.1"}
    other = {"from_address": "buy@b.test", "from_registrable_domain": "b.test", "origin_ip": "192.0.2.2"}
    first, second = ({"trap_address_hash": name, "recipient_hashes": [name]} for name in ("t1", "t2"))
    return [
        Load("trap-a", "2005-03-30")
        .message("2005-03-29 23:50", ("a.shop.example", "b.shop.example"), **spam, **first)
        .message("2005-03-30 10:00", ("a.shop.example",), **spam, **second, attachment_count=1)
        .message("2005-03-30 11:00", (), **other, **second, defects=["date_missing"]),
        Load("trap-a", "2005-04-01", status="held").message("2005-04-01 10:00", **spam),
        Load("trap-a", "2005-04-02")
        .message("2005-04-02 10:00", ("pills.example",), **other, **first)
        .reject("duplicate")
        .reject("archive_entry_broken", level="container"),
        Load("trap-a", "2005-04-04"),
        Load("trap-b", "2005-03-01").message("2005-03-07 10:00", captured_at_source="envelope", **spam),
        Load("trap-b", "2005-05-01").message("2005-05-31 23:59:59", captured_at_source="envelope", **other),
        Load("corpus", "2005-05-03")
        .message("1997-03-05 08:00", captured_at_source="feed_day", **other, subject="Buy")
        .message("2005-03-09 08:00", captured_at_source="feed_day", **other),
    ]


FEEDS = [
    {"feed": "trap-a", "cadence": "day", "expected_daily_count": 4, "late_days": 1, "is_enabled": True},
    {"feed": "trap-b", "cadence": "month", "is_enabled": True, "licence": "CC0-1.0"},
    {"feed": "corpus", "cadence": "undated", "is_enabled": False},
]
ASSIGNED = [
    ("corpus-2005-05-03-0-0", "t-1", "c-1"),
    ("corpus-2005-05-03-0-1", "t-2", "c-6"),
    ("trap-b-2005-03-01-0-0", "t-3", "c-7"),
    ("trap-a-2005-03-30-0-0", "t-4", "c-2"),
    ("trap-a-2005-03-30-0-1", "t-4", "c-2"),
    ("trap-a-2005-03-30-0-2", "t-5", "c-3"),
    ("trap-a-2005-04-02-0-0", "t-5", "c-3"),
    ("trap-b-2005-05-01-0-0", "t-6", "c-3"),
]
ORIGINS = [
    {"message_key": "trap-b-2005-03-01-0-0", "feed": "trap-b", "captured_at": datetime(2005, 3, 7, 10)}
    | {"origin_ip": "192.0.2.1", "origin_confidence": "high", "country_code": "DE", "asn": 64500, "as_name": "Example"},
    {"message_key": "trap-a-2005-03-30-0-0", "feed": "trap-a", "captured_at": datetime(2005, 3, 29, 23, 50)}
    | {"origin_confidence": "none"},
]
LINEAGE = [{"campaign_id": "c-7", "merged_into": "c-6"}, {"campaign_id": "c-6", "merged_into": "c-1"}]
INDICATORS = [
    {"load_id": load_id, "assigned_campaign_id": campaign, "kind": kind, "value": value, "message_count": 1}
    for load_id, campaign, kind, value in (
        ("trap-a-2005-04-02-0", "c-3", "registrable_domain", "pills.example"),
        ("trap-b-2005-03-01-0", "c-7", "phone", "+15550100"),
        ("trap-a-2005-03-30-0", "c-3", "phone", "+15550100"),
    )
]
LINKS = [{"campaign_id": "c-1", "other_campaign_id": "c-3", "kind": "phone", "value": "+15550100", "weight": 1.0}]
EVENTS = [
    {"event_id": f"e{i}", "month": date.fromisoformat(month), "event": event, "occurred_at": datetime.fromisoformat(at)}
    for i, (month, event, at) in enumerate(
        [
            ("2005-03-01", "changed", "2005-03-31 02:00"),
            ("2005-04-01", "changed", "2005-04-03 02:00"),
            ("2005-03-01", "closed", "2005-04-05 02:00"),
        ]
    )
]
