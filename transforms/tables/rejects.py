"""`rejects`: one row a message, or a place in a file, that became no message row."""

from transforms.contracts import INT, TEXT, Column, Table
from transforms.tables.shared import FEED, LOAD_DATE, LOAD_ID

MESSAGE_REASONS = (
    "duplicate",  # the same bytes stand in another load of the feed: detail names the message_key
    "empty_message",
    "not_a_message",  # no header field at all: a picture, a text, a key file
    "message_too_large",
    "parser_failed",
    "time_limit",
    "worker_died",
)
CONTAINER_REASONS = (
    "archive_encrypted",
    "archive_entry_limit",
    "archive_nested_too_deep",
    "archive_ratio_limit",
    "archive_size_limit",
    "archive_entry_broken",
    "container_broken",
    "container_truncated",
    "empty_container",
    "format_unknown",
)

REJECTS = Table(
    "rejects",
    "One row for what was found and became no message: where it lies, and why.",
    (
        LOAD_ID,
        FEED,
        LOAD_DATE,
        Column("position", INT, "Place in the landed bytes: number of the message, from 0.", required=True, minimum=0),
        Column("entry_name", TEXT, "Name of the archive entry or folder file; a label, never a path."),
        Column("byte_offset", INT, "Offset in the decompressed file.", required=True, minimum=0),
        Column(
            "level",
            TEXT,
            "Whether one message or a place in the container was rejected.",
            required=True,
            allowed=("message", "container"),
        ),
        Column(
            "reason", TEXT, "Why, from a closed list.", required=True, allowed=(*MESSAGE_REASONS, *CONTAINER_REASONS)
        ),
        Column("detail", TEXT, "What an operator needs to know beside the reason; no mail text."),
        Column("message_sha256", TEXT, "SHA-256 of the raw bytes, when they were read.", pattern=r"[0-9a-f]{64}"),
        Column("message_bytes", INT, "Size of the raw bytes, when they were read.", minimum=0),
    ),
    key=("load_id", "position"),
    month_of="load_date",
    order=("load_id", "position"),
)
