"""What the messages of a template give away about those behind them, counted by load."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from transforms.campaigns.features import Template, own_links, telling_files
from transforms.rings.header_fields import came_by_list
from transforms.rings.message_indicators import message_indicators
from transforms.rings.url_indicators import is_followed, link_indicators
from transforms.tables.campaign_indicators import INDICATOR_KINDS

HOLDINGS = pa.schema(
    {
        "load_id": pa.string(),
        "feed": pa.string(),
        "template": pa.int64(),
        "kind": pa.string(),
        "value": pa.string(),
        "message_count": pa.int64(),
        "first_seen_at": pa.timestamp("us"),
        "last_seen_at": pa.timestamp("us"),
        "message_key": pa.string(),
    }
)
_OF_AN_AUTHOR = frozenset(("phone", "wallet"))
"""Of the contacts in a text that came by a mailing list, those that no list writes at its end."""


def table_of(rows: list[tuple], schema: pa.Schema) -> pa.Table:
    """Rows of values, in the order of a schema, as a table."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(column, each.type) for column, each in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


class Tally:
    """Counts indicators by load and template as messages come."""

    def __init__(self) -> None:
        self._held: dict[tuple, list] = {}

    def add(self, row: dict[str, Any], template: Template) -> None:
        """Count what one message holds: each indicator once."""
        at = row["captured_at"]
        place = row["load_id"], row["feed"], template.template
        for indicator in _indicators(row, template):
            held = self._held.get((place, indicator))
            if held is None:
                self._held[place, indicator] = [1, at, at, row["message_key"]]
            else:
                held[0] += 1
                held[1] = min(held[1], at)
                held[2] = max(held[2], at)

    def table(self) -> pa.Table:
        """What was counted, by HOLDINGS."""
        rows = [(*place, *indicator, *held) for (place, indicator), held in self._held.items()]
        return table_of(rows, HOLDINGS)


def _indicators(row: dict[str, Any], template: Template) -> set[tuple[str, str]]:
    by_list = came_by_list(row["header_names"])
    kinds = _OF_AN_AUTHOR if by_list else INDICATOR_KINDS
    found = {pair for pair in template.contacts if pair[0] in kinds}
    links = own_links(row)
    sources = {link["source"] for link in links}
    for link in links:
        if not is_followed(link["source"], sources):
            continue
        found |= link_indicators(link["url"], link["host"], link["registrable_domain"])
    found |= {("attachment", file["sha256"]) for file in telling_files(row)}
    return found | message_indicators(
        row["x_mailer"],
        row["header_names"],
        row["from_host"],
        row["authentication_results"],
        None if by_list else row["origin_ip"],
        None if by_list else row["reply_to_address"],
        row["from_address"],
    )
