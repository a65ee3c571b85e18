"""The suite over the origins of a portion of messages, before they are committed.

Views: the table; `captured`, the messages of the portion, straight from `messages`.
"""

from __future__ import annotations

from expectations.grouped import Staged
from expectations.suite import WARNING, NoRows
from transforms.tables import MESSAGE_ORIGINS

UNKNOWN_SHARE = 0.5
FEWEST_MESSAGES = 1_000

ORIGINS = Staged((MESSAGE_ORIGINS,), {"captured": ("message_key", "feed", "load_id", "captured_at")})

_MESSAGE = "(message_key, feed, load_id, captured_at)"
_NETWORK = "coalesce(asn::VARCHAR, as_name, country_code, network_prefix)"
_RULES = {
    "every captured message has an origin, or is known to have none": f"captured ANTI JOIN {{batch}} USING {_MESSAGE}",
    "only captured messages have one": f"{{batch}} ANTI JOIN captured USING {_MESSAGE}",
    "no origin_ip where confidence is none, and nowhere else": "{batch} WHERE (origin_ip IS NULL) <> "
    "(origin_confidence = 'none')",
    "a greeting and a name only with an origin_ip": "{batch} WHERE origin_ip IS NULL AND "
    "coalesce(origin_helo, origin_name) IS NOT NULL",
    "a network and a country only with an origin_ip": f"{{batch}} WHERE origin_ip IS NULL AND {_NETWORK} IS NOT NULL",
    "a network and a country name the table that knows them": f"{{batch}} WHERE networks_version IS NULL AND "
    f"{_NETWORK} IS NOT NULL",
    "no finding stands twice": "{batch} WHERE len(list_distinct(origin_findings)) < len(origin_findings)",
    "a header is false in some field": "{batch} WHERE header_verdict IN ('indicator', 'strong_indicator') AND "
    "header_place IS NULL",
}


def between_origins() -> dict[str, list[NoRows]]:
    """What holds between the columns of the table, and between it and the messages."""
    held = [_no_rows(name, source) for name, source in _RULES.items()]
    return {MESSAGE_ORIGINS.name: [*held, _mostly_known()]}


def _no_rows(name: str, source: str) -> NoRows:
    return NoRows(MESSAGE_ORIGINS.name, name, f"SELECT message_key FROM {source}")


def _mostly_known() -> NoRows:
    """A feed whose `trusted_hosts` are wrong, or whose lines are read no more, shows as one without origins."""
    unknown = "count(*) FILTER (origin_confidence = 'none')"
    many = f"count(*) >= {FEWEST_MESSAGES} AND {unknown} > {UNKNOWN_SHARE} * count(*)"
    query = f"SELECT feed FROM {{batch}} GROUP BY feed HAVING {many}"
    name = f"at most {UNKNOWN_SHARE:.0%} of a feed's {FEWEST_MESSAGES:,} messages or more are without an origin"
    return NoRows(MESSAGE_ORIGINS.name, name, query, WARNING)
