"""Suites over what grouping found out, before it is committed: the campaigns of a portion of messages, and the rings.

Views of a portion: its tables; `captured`, the messages that it had to group, straight from `messages`; `notices`,
those that it left out as delivery reports; `known`, the templates that the index knew and their present campaigns.
Views of the rings: their tables, and `campaigns`, all that there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from expectations.contract import broken_rows, column_expectations, key_expectation
from expectations.rows import Rows, fault_in_columns, fault_in_schema
from expectations.suite import WARNING, NoRows, Suite
from transforms.contracts import Table
from transforms.tables import (
    CAMPAIGN_ASSIGNMENTS,
    CAMPAIGN_INDICATORS,
    CAMPAIGN_LINEAGE,
    RING_LINKS,
    RING_MEMBERS,
    TEMPLATE_INDEX,
    TEMPLATES,
)

LARGEST_SHARE = 0.5
FEWEST_MESSAGES = 1_000
LINKS_A_CAMPAIGN = 5


@dataclass(frozen=True)
class Staged:
    """Files of a staging folder: tables by their contracts, others by the columns that they must have."""

    tables: tuple[Table, ...]
    beside: dict[str, tuple[str, ...]]

    def add_views(self, rows: Rows, staging: Path) -> None:
        """Make the views that the suites read."""
        for table in self.tables:
            rows.add(table.name, staging / f"{table.name}.parquet", fault_in_schema(table))
            rows.read(f"broken_{table.name}", table.name, broken_rows(table))
        for name, columns in self.beside.items():
            rows.add(name, staging / f"{name}.parquet", fault_in_columns(columns))

    def suites(self, readable: set[str], between: dict[str, list[NoRows]]) -> Iterator[Suite]:
        """Whole files, each table against its contract, and the tables `between` each other if all can be read."""
        names = [*(table.name for table in self.tables), *self.beside]
        yield Suite("files", tuple(_whole_file(name) for name in names))
        if not readable.issuperset(names):
            between = {}
        for table in self.tables:
            if table.name in readable:
                yield Suite(f"broken_{table.name}", tuple(column_expectations(table)))
                yield Suite(table.name, (key_expectation(table), *between.get(table.name, ())))


PORTION = Staged(
    (CAMPAIGN_ASSIGNMENTS, TEMPLATES, TEMPLATE_INDEX, CAMPAIGN_LINEAGE, CAMPAIGN_INDICATORS),
    {
        "captured": ("message_key", "feed", "load_id", "captured_at"),
        "notices": ("message_key",),
        "known": ("template_id", "campaign_id"),
    },
)
RINGS = Staged((RING_LINKS, RING_MEMBERS), {"campaigns": ("campaign_id",)})


def _whole_file(name: str) -> NoRows:
    query = f"SELECT file, problem FROM {{batch}} WHERE view_name = '{name}'"
    return NoRows(name, "a whole file with the columns of the contract", query)


_TEMPLATES = """(
    SELECT template_id, assigned_campaign_id AS campaign_id FROM templates
    UNION ALL SELECT template_id, campaign_id FROM known
)"""


def between_portion() -> dict[str, list[NoRows]]:
    """What holds between the tables of a portion, by the table whose suite it belongs to."""
    return {
        CAMPAIGN_ASSIGNMENTS.name: [*_every_message_once(), *_in_their_templates_campaign(), _no_giant()],
        TEMPLATES.name: [
            _no_rows(TEMPLATES, "new: the index does not know it", "{batch} SEMI JOIN known USING (template_id)")
        ],
    }


def _every_message_once() -> Iterator[NoRows]:
    """grouped + left out = captured; that none is grouped twice is the key's promise."""
    table, message = CAMPAIGN_ASSIGNMENTS, "(message_key, feed, load_id, captured_at)"
    left_out = "captured ANTI JOIN {batch} USING (message_key) ANTI JOIN notices USING (message_key)"
    yield _no_rows(table, "every captured message is grouped, or a delivery report", left_out)
    yield _no_rows(table, "only captured messages are grouped", f"{{batch}} ANTI JOIN captured USING {message}")
    yield _no_rows(table, "no delivery report is grouped", "{batch} SEMI JOIN notices USING (message_key)")


def _in_their_templates_campaign() -> Iterator[NoRows]:
    table = CAMPAIGN_ASSIGNMENTS
    own = f"{_TEMPLATES} AS t ON t.template_id = m.template_id AND t.campaign_id = m.assigned_campaign_id"
    yield _no_rows(table, "every message is in the campaign of its template", f"{{batch}} AS m ANTI JOIN {own}")
    matched = f"(FROM {{batch}} WHERE matched_template_id IS NOT NULL) AS m ANTI JOIN {_TEMPLATES} AS t"
    yield _no_rows(
        table, "what it was matched with is a template", f"{matched} ON t.template_id = m.matched_template_id"
    )
    gone = "{batch} SEMI JOIN campaign_lineage ON campaign_id = assigned_campaign_id"
    yield _no_rows(table, "no campaign that was taken over gets a message", gone)


def _no_giant() -> NoRows:
    """A rule that ties everything together shows as one campaign with most of the mail."""
    sizes = "SELECT assigned_campaign_id, count(*) AS size, sum(size) OVER () AS whole FROM {batch} GROUP BY ALL"
    giant = f"whole >= {FEWEST_MESSAGES} AND size > {LARGEST_SHARE} * whole"
    query = f"SELECT assigned_campaign_id FROM ({sizes}) WHERE {giant}"
    name = f"no campaign has more than {LARGEST_SHARE:.0%} of {FEWEST_MESSAGES:,} messages or more"
    return NoRows(CAMPAIGN_ASSIGNMENTS.name, name, query, WARNING)


def between_rings() -> dict[str, list[NoRows]]:
    """What holds between the tables of the rings."""
    ends = "(SELECT campaign_id FROM {batch} UNION SELECT other_campaign_id FROM {batch}) AS ends"
    within = (
        "SELECT unnest([l.campaign_id, l.other_campaign_id]) AS campaign_id FROM ring_links AS l "
        "JOIN ring_members AS a USING (campaign_id) JOIN ring_members AS b ON b.campaign_id = l.other_campaign_id "
        "WHERE a.ring_id = b.ring_id"
    )
    many = (
        "SELECT count(*) FROM (SELECT DISTINCT campaign_id, other_campaign_id FROM {batch}) "
        f"HAVING count(*) > {LINKS_A_CAMPAIGN} * (SELECT count(*) FROM campaigns)"
    )
    return {
        RING_LINKS.name: [
            NoRows(
                RING_LINKS.name,
                "both ends are campaigns",
                f"SELECT campaign_id FROM {ends} ANTI JOIN campaigns USING (campaign_id)",
            ),
            _no_rows(
                RING_LINKS,
                "each pair stands once, the smaller id first",
                "{batch} WHERE campaign_id >= other_campaign_id",
            ),
            NoRows(RING_LINKS.name, f"at most {LINKS_A_CAMPAIGN} linked pairs a campaign", many),
        ],
        RING_MEMBERS.name: [
            _no_rows(RING_MEMBERS, "every member is a campaign", "{batch} ANTI JOIN campaigns USING (campaign_id)"),
            _no_rows(
                RING_MEMBERS,
                "every member is linked to another of its ring",
                f"{{batch}} ANTI JOIN ({within}) USING (campaign_id)",
            ),
        ],
    }


def _no_rows(table: Table, name: str, source: str) -> NoRows:
    """Nothing is found in `source`, whose rows have the table's key."""
    return NoRows(table.name, name, f"SELECT {', '.join(table.key)} FROM {source}")
