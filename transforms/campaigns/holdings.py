"""What the messages of a template give away about those behind them, counted by load."""

from __future__ import annotations

from functools import lru_cache

import pyarrow as pa

from transforms.campaigns.facts import Row
from transforms.campaigns.features import Pair, telling_files
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

    def add(self, row: Row, template: int, contacts: set[Pair]) -> None:
        """Count what one message holds: each indicator once."""
        at = row["captured_at"]
        place = row["load_id"], row["feed"], template
        for indicator in _indicators(row, contacts):
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


def _indicators(row: Row, contacts: set[Pair]) -> set[Pair]:
    kinds = _OF_AN_AUTHOR if row["is_listed"] else INDICATOR_KINDS
    found = {pair for pair in contacts if pair[0] in kinds}
    sources = {link.source for link in row["links"]}
    for link in row["links"]:
        if is_followed(link.source, sources):
            found |= _of_link(link.url, link.host, link.registrable_domain)
    found |= {("attachment", file.sha256) for file in telling_files(row["files"])}
    return found | message_indicators(
        row["x_mailer"],
        row["header_names"],
        row["from_host"],
        row["authentication_results"],
        None if row["is_listed"] else row["origin_ip"],
        None if row["is_listed"] else row["reply_to_address"],
        row["from_address"],
    )


_of_link = lru_cache(1 << 16)(link_indicators)
