"""`urls`: one row a distinct link of a message."""

from transforms.contracts import BOOL, INT, SMALL, TEXT, Column, Table
from transforms.tables.shared import CAPTURED_AT, FEED, LOAD_ID, MESSAGE_KEY

SOURCES = ("text", "href", "src", "action", "background", "style", "refresh", "header")

URLS = Table(
    "urls",
    "One row a distinct link of a message, as it would be followed; spam: never render it live.",
    (
        MESSAGE_KEY,
        FEED,
        LOAD_ID,
        CAPTURED_AT,
        Column("url_index", SMALL, "Order of first appearance in the message, from 0.", required=True, minimum=0),
        Column(
            "url",
            TEXT,
            "The link, entities and obfuscation undone, recipients masked, cut at 2 KiB.",
            required=True,
            standard="ECS url.original",
        ),
        Column("source", TEXT, "Where it stood.", required=True, allowed=SOURCES),
        Column("scheme", TEXT, "Scheme, lower case.", required=True, standard="ECS url.scheme"),
        Column(
            "host",
            TEXT,
            "Host, lower case, in ASCII (IDNA); addresses in dotted or colon form. Empty for mailto and tel.",
            standard="ECS url.domain",
        ),
        Column(
            "registrable_domain",
            TEXT,
            "Host up to one label below its public suffix; empty for addresses.",
            standard="ECS url.registered_domain",
        ),
        Column("port", SMALL, "Port, when it is given.", minimum=0, maximum=65535, standard="ECS url.port"),
        Column("path", TEXT, "Path, cut at 1 KiB.", standard="ECS url.path"),
        Column(
            "is_obfuscated",
            BOOL,
            "The link was spelled so that a filter would miss it: numeric or hex host, user part, defanged, escaped host.",
            required=True,
        ),
        Column("occurrence_count", INT, "How often the message holds it.", required=True, minimum=1),
    ),
    key=("message_key", "url_index"),
    month_of="captured_at",
    order=("registrable_domain", "message_key", "url_index"),
)
