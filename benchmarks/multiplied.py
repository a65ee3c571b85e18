"""A lake many times over: its messages in other alphabets, and what grouping knows of them under other digests.

A copy of a message has other consonants in its texts and links, so that every copy of a campaign is a campaign of its
own with the same statistics. Letters that disguises play with are left as they are.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

import duckdb

from transforms.campaigns.digests import digest64
from transforms.lake import Lake
from transforms.steps.template_index import make_macros

_CONSONANTS = "bcdfhjkmnpqrwxyz"
_TEXTS = {
    "messages": ("subject", "body_text", "from_host", "from_address", "reply_to_address"),
    "urls": ("url", "host", "registrable_domain"),
    "attachments": ("filename", "sha256"),
    "loads": (),
}
_GROUPED = {
    "campaign_assignments": ("template_id", "assigned_campaign_id", "matched_template_id"),
    "templates": ("template_id", "assigned_campaign_id", "matched_template_id"),
    "campaign_indicators": ("assigned_campaign_id",),
    "template_index": ("template", "key"),
    "ring_members": ("campaign_id", "ring_id"),
    "ring_links": ("campaign_id", "other_campaign_id"),
    "grouped_loads": (),
}


def multiply_messages(lake: Lake, copies: Iterable[int]) -> None:
    """Add copies of all committed messages, each in an alphabet of its own."""
    chance = random.Random(1)
    with lake.write() as con:
        _keep(con, _TEXTS)
        for copy in copies:
            letters = "".join(chance.sample(_CONSONANTS, len(_CONSONANTS)))
            written = f"'{_CONSONANTS}{_CONSONANTS.upper()}', '{letters}{letters.upper()}'"
            for table, names in _TEXTS.items():
                _add(con, table, copy, {name: f"translate({name}, {written})" for name in names})


def multiply_history(lake: Lake, copies: Iterable[int]) -> None:
    """Add copies of all that grouping knows, under other ids and keys, without the messages themselves."""
    with lake.write() as con:
        make_macros(con)
        _keep(con, [*_GROUPED, "loads"])
        for copy in copies:
            other = f"xor({{}}, {digest64('copy', str(copy))})"
            for table, names in _GROUPED.items():
                ids = {name: f"id_of(left({name}, 1), {other.format(f'number_of({name})')})" for name in names}
                if table in ("campaign_indicators", "ring_links"):
                    ids["value"] = f"value || ' {copy}'"
                numbers = {name: other.format(name) for name in names}
                _add(con, table, copy, numbers if table == "template_index" else ids)
            _add(con, "loads", copy, {})


def _keep(con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    for table in tables:
        read = "FROM loads SEMI JOIN messages USING (load_id)" if table == "loads" else f"FROM {table}"
        con.execute(f"CREATE TEMP TABLE first_{table} AS {read}")


def _add(con: duckdb.DuckDBPyConnection, table: str, copy: int, changes: dict[str, str]) -> None:
    """The first rows of a table once more, with keys and loads of their own."""
    names = {name for name, *_ in con.execute(f"DESCRIBE {table}").fetchall()}
    own = {"message_key": f"md5(message_key || {copy})", "load_id": f"load_id || '-{copy}'"}
    changes = {name: text for name, text in own.items() if name in names} | changes
    replaced = ", ".join(f"{text} AS {name}" for name, text in changes.items())
    con.execute(f"INSERT INTO {table} BY NAME SELECT * REPLACE ({replaced}) FROM first_{table}")
