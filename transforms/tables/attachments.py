"""`attachments`: one row a part that is not the text of the message."""

from transforms.contracts import BOOL, INT, SMALL, TEXT, Column, Table
from transforms.tables.shared import CAPTURED_AT, FEED, LOAD_ID, MESSAGE_KEY

KINDS = ("part", "message", "uuencode")

ATTACHMENTS = Table(
    "attachments",
    "One row a part that is not the message's own text: described by digest, never kept.",
    (
        MESSAGE_KEY,
        FEED,
        LOAD_ID,
        CAPTURED_AT,
        Column("attachment_index", SMALL, "Order in the message, from 0.", required=True, minimum=0),
        Column(
            "kind",
            TEXT,
            "A MIME part, an enclosed message, or uuencoded lines in a text.",
            required=True,
            allowed=KINDS,
        ),
        Column(
            "filename",
            TEXT,
            "File name, decoded (RFC 2231, RFC 2047); a label, never a path.",
            standard="ECS email.attachments.file.name",
        ),
        Column(
            "content_type",
            TEXT,
            "Media type that the part declares, lower case.",
            required=True,
            standard="ECS email.attachments.file.mime_type",
        ),
        Column(
            "sha256",
            TEXT,
            "SHA-256 of the decoded bytes.",
            required=True,
            pattern=r"[0-9a-f]{64}",
            standard="ECS email.attachments.file.hash.sha256",
        ),
        Column(
            "attachment_bytes",
            INT,
            "Size of the decoded bytes.",
            required=True,
            minimum=0,
            standard="ECS email.attachments.file.size",
        ),
        Column("content_id", TEXT, "Content-ID without its angle brackets."),
        Column(
            "is_inline",
            BOOL,
            "Shown inside the message: Content-Disposition inline, or referred to by Content-ID.",
            required=True,
        ),
    ),
    key=("message_key", "attachment_index"),
    month_of="captured_at",
    order=("sha256", "message_key"),
)
