"""Campaigns of a lake for a person to read: are the members of each one sender's? Printed, and never kept."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import duckdb

from transforms.lake import Lake
from transforms.reading import published_tables

LARGEST, SMALL = 30, 30
FEWEST, MOST = 3, 9
"""Messages of a small campaign."""
_BODY_CHARS = 300
_LARGEST = f"FROM campaigns ORDER BY message_count DESC, campaign_id LIMIT {LARGEST}"
_SMALL = f"FROM campaigns WHERE message_count BETWEEN {FEWEST} AND {MOST} ORDER BY campaign_id"
_MEMBERS = "SELECT message_key FROM campaign_members WHERE campaign_id = ? ORDER BY captured_at, message_key"
_MESSAGE = f"""
    SELECT feed, captured_at, from_name, from_address, method, evidence, subject, left(body_text, {_BODY_CHARS}) AS body
    FROM messages JOIN campaign_members USING (message_key, feed, captured_at) WHERE message_key = ?
"""
_DOMAINS = """
    SELECT DISTINCT coalesce(registrable_domain, host) FROM urls
    WHERE message_key = ? AND host IS NOT NULL ORDER BY 1 LIMIT 8
"""
_INNER_DOT = re.compile(r"(?<=\w)\.(?=\w)")
_SCHEME = re.compile("http", re.IGNORECASE)

Row = dict[str, Any]


def show(lake: Path, seed: int) -> None:
    """Print the largest campaigns of a published lake and small ones drawn by `seed`, five members each."""
    chance = random.Random(seed)
    with published_tables(Lake(lake)) as con:
        small = _rows(con, _SMALL)
        drawn = chance.sample(small, min(SMALL, len(small)))
        for title, campaigns in (("largest", _rows(con, _LARGEST)), ("small", drawn)):
            for number, campaign in enumerate(campaigns, 1):
                print(f"\n=== {title} {number}: {_heading(campaign)}")
                _show_members(con, campaign["campaign_id"], chance)


def _heading(campaign: Row) -> str:
    return (
        f"{campaign['campaign_id']}, {campaign['message_count']:,} messages, {campaign['template_count']:,} texts, "
        f"{campaign['first_seen_at']:%Y-%m-%d} to {campaign['last_seen_at']:%Y-%m-%d}, ring {campaign['ring_id']}"
    )


def _show_members(con: duckdb.DuckDBPyConnection, campaign_id: str, chance: random.Random) -> None:
    """The first and the last, and three between them."""
    keys = [key for (key,) in con.execute(_MEMBERS, [campaign_id]).fetchall()]
    for key in [keys[0], *chance.sample(keys[1:-1], min(3, len(keys) - 2)), keys[-1]]:
        (message,) = _rows(con, _MESSAGE, key)
        domains = " ".join(domain for (domain,) in con.execute(_DOMAINS, [key]).fetchall())
        sender = f"{message['from_name'] or ''} <{message['from_address'] or ''}>"
        print(f"\n  {message['feed']}  {message['captured_at']:%Y-%m-%d %H:%M}  {harmless(sender)}")
        print(f"  {message['method']} {harmless(message['evidence'] or '')}")
        print(f"  {harmless(message['subject'] or '(no subject)')}\n    {harmless(message['body'])}")
        print(f"    links: {harmless(domains)}")


def harmless(text: str) -> str:
    """Text of spam on one line, for a terminal: nothing in it can be followed, and no sign of it is a command."""
    printed = "".join(sign if sign.isprintable() else " " for sign in text)
    return _SCHEME.sub("hxxp", _INNER_DOT.sub("[.]", " ".join(printed.split())))


def _rows(con: duckdb.DuckDBPyConnection, query: str, *given: str) -> list[Row]:
    found = con.execute(query, list(given))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
