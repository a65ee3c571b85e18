"""`loads`: one row a landed file."""

from transforms.contracts import BOOL, INT, TEXT, TIME, Column, Table
from transforms.tables.shared import FEED, LOAD_DATE, LOAD_ID

STATUSES = ("landed", "published", "held", "superseded")

LOADS = Table(
    "loads",
    "One row a landed file: its receipt, what was found in it, and what became of it.",
    (
        LOAD_ID,
        FEED,
        LOAD_DATE,
        Column("name", TEXT, "Name of the file at its source, without its folder.", required=True),
        Column("source_url", TEXT, "Where the file was pulled from: path or URL, without credentials.", required=True),
        Column("sha256", TEXT, "SHA-256 of the landed bytes.", required=True, pattern=r"[0-9a-f]{64}"),
        Column("file_bytes", INT, "Size of the landed bytes.", required=True, minimum=0),
        Column("format", TEXT, "Container format that the feed declares; empty when it is guessed."),
        Column("is_packed", BOOL, "The bytes are a tar of a folder's message files, packed at landing.", required=True),
        Column("pulled_at", TIME, "When the receipt was written, UTC.", required=True),
        Column("status", TEXT, "What became of the load.", required=True, allowed=STATUSES),
        Column("found_count", INT, "Messages and broken places found; parsed_count + rejected_count.", minimum=0),
        Column("parsed_count", INT, "Rows of the load in messages.", minimum=0),
        Column("rejected_count", INT, "Rows of the load in rejects.", minimum=0),
        Column("is_late", BOOL, "The load brought messages into a month that was already closed."),
        Column("parser_version", TEXT, "Version of the parsing rules that made the rows."),
        Column("committed_at", TIME, "When the rows were committed, UTC; empty until then."),
    ),
    key=("load_id",),
    stage="land",
)
