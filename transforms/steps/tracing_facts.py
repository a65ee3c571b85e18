"""What tracing reads of a message, and what a worker makes of it: origin, authentication, and rule H1 on the header."""

from __future__ import annotations

from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from transforms.catalogue import Feed
from transforms.compliance.batch import header_batch
from transforms.origin import ORIGINS, HopFacts
from transforms.origin import read_batch as read_origins
from transforms.origin.authentication import METHODS, NO_VERDICTS, Verdicts, believable, find_verdicts
from transforms.origin.rules import NONE
from transforms.steps.fact_readers import Reading, Tables

_HOP = ", ".join(f"'{name}': {name}" for name in HopFacts._fields)
_FACTS = f"""
    WITH chosen AS (
        SELECT message_key, feed, load_id, captured_at, header_names, authentication_results, from_address, from_host,
            recipient_count
        FROM messages WHERE list_contains($loads, load_id) AND position >= $first AND position < $end
    ),
    ways AS (
        SELECT message_key, list({{{_HOP}}} ORDER BY hop) AS hops
        FROM received_hops SEMI JOIN chosen USING (message_key) WHERE list_contains($loads, load_id)
        GROUP BY message_key
    )
    SELECT chosen.*, hops FROM chosen LEFT JOIN ways USING (message_key)
"""
_PLACE = ("message_key", "feed", "load_id", "captured_at")
_ORIGIN = tuple(name for name in ORIGINS.names if name not in ("message_key", "origin_rules_version", "origin_hop"))
_OF_HEADER = {"verdict": "header_verdict", "reason": "header_reason", "place": "header_place"}
_OF_HEADER |= {"rule_version": "header_rule_version"}
_ANY_PURPOSE = "commercial"
"""H1 is asked of the header alone, as of mail that the law covers: what a message is for is its template's matter."""

Trust = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""Of each feed the trusted hosts and the authserv-ids. A feed that is not in it has none."""


def reading(feeds: dict[str, Feed]) -> Reading:
    """How the messages of these feeds are read; the table is `origins`, with `origin_address` for networks."""
    trust = {name: (feed.trusted_hosts, feed.authserv_ids) for name, feed in feeds.items()}
    return Reading(_FACTS, partial(read_batch, trust=trust), empty_tables)


def empty_tables() -> Tables:
    """The table without rows."""
    named = dict.fromkeys((*_PLACE[:3], *(f"{method}_result" for method in METHODS), *_OF_HEADER.values()), pa.string())
    origins = {name: ORIGINS.field(name).type for name in _ORIGIN}
    return {"origins": pa.schema(named | {"captured_at": pa.timestamp("us")} | origins).empty_table().select(_names())}


def read_batch(facts: pa.RecordBatch, trust: Trust) -> Tables:
    """A row for each message of a batch."""
    found = _origins(facts, {feed: hosts for feed, (hosts, _) in trust.items()})
    verdicts = _verdicts(
        facts, found["believed_hop_count"].to_pylist(), {feed: ids for feed, (_, ids) in trust.items()}
    )
    said = {method: pa.array([getattr(each, method) for each in verdicts], pa.string()) for method in METHODS}
    judged = header_batch(_header_facts(facts, found, said))
    columns = {name: facts.column(name) for name in _PLACE} | {name: found[name] for name in _ORIGIN}
    columns |= {f"{method}_result": column for method, column in said.items()}
    columns |= {name: judged[word] for word, name in _OF_HEADER.items()}
    return {"origins": pa.table(columns).select(_names())}


def _names() -> list[str]:
    return [*_PLACE, *_ORIGIN, *(f"{method}_result" for method in METHODS), *_OF_HEADER.values()]


def _origins(facts: pa.RecordBatch, trusted_hosts: dict[str, tuple[str, ...]]) -> pa.Table:
    """Origins in the order of the messages; one without Received lines has none, and nothing found."""
    ways = facts.column("hops")
    lines = pc.list_flatten(ways)
    owners = pc.list_parent_indices(ways)
    hops = {name: pc.struct_field(lines, name) for name in HopFacts._fields}
    whose = {name: facts.column(name).take(owners) for name in ("message_key", "feed")}
    found = read_origins(pa.table(whose | hops), trusted_hosts)
    origins = found.take(pc.index_in(facts.column("message_key"), found["message_key"].combine_chunks()))
    nothing = {
        "origin_confidence": pa.scalar(NONE),
        "believed_hop_count": pa.scalar(0, pa.int32()),
        "origin_findings": pa.scalar([], pa.list_(pa.string())),
    }
    for name, value in nothing.items():
        place = origins.schema.get_field_index(name)
        origins = origins.set_column(place, name, _filled(origins[name], value))
    return origins


def _filled(column: pa.ChunkedArray, value: pa.Scalar) -> pa.Array:
    whole = column.combine_chunks()
    return pc.if_else(whole.is_valid(), whole, value)


def _verdicts(facts: pa.RecordBatch, believed: list[int], authserv_ids: dict[str, tuple[str, ...]]) -> list[Verdicts]:
    if not any(authserv_ids.values()):
        return [NO_VERDICTS] * facts.num_rows
    names = ("feed", "authentication_results", "header_names")
    found = []
    for feed, lines, header_names, count in zip(
        *(facts.column(each).to_pylist() for each in names), believed, strict=True
    ):
        ids = authserv_ids.get(feed, ())
        found.append(find_verdicts(believable(lines, header_names, count), ids) if ids and lines else NO_VERDICTS)
    return found


def _header_facts(facts: pa.RecordBatch, found: pa.Table, said: dict[str, pa.Array]) -> pa.Table:
    columns = {name: facts.column(name) for name in ("message_key", "from_address", "from_host", "recipient_count")}
    columns |= {name: found[name] for name in ("origin_findings", "origin_confidence", "origin_ip")} | said
    return pa.table(columns | {"purpose": pa.repeat(pa.scalar(_ANY_PURPOSE), facts.num_rows)})
