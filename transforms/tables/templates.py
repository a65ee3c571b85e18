"""`templates`: one row a distinct text, and where it belongs."""

from transforms.contracts import BYTES, INT, SMALL, TEXT, TIME, Column, Table
from transforms.tables.shared import (
    ASSIGNED_CAMPAIGN_ID,
    EVIDENCE,
    JOIN_METHODS,
    MATCHED_TEMPLATE_ID,
    RULES_VERSION,
    SIMILARITY,
    TEMPLATE_ID,
)

TEMPLATES = Table(
    "templates",
    "One row a distinct template: the index that later nights are compared with.",
    (
        TEMPLATE_ID,
        ASSIGNED_CAMPAIGN_ID,
        Column("method", TEXT, "How it came to its campaign.", required=True, allowed=JOIN_METHODS),
        SIMILARITY,
        MATCHED_TEMPLATE_ID,
        EVIDENCE,
        Column("message_key", TEXT, "The first message with this text.", required=True, pattern=r"[0-9a-f]{32}"),
        Column("first_seen_at", TIME, "When that message was captured, UTC.", required=True),
        Column("subject", TEXT, "Subject of that message, cut at 200 characters."),
        Column(
            "excerpt",
            TEXT,
            "The first 400 characters of that message's text, links defanged; spam: text, never markup. Empty without text.",
        ),
        Column(
            "script", TEXT, "Script of most of its letters (ISO 15924); empty without letters.", standard="ISO 15924"
        ),
        Column("word_count", SMALL, "Words of the folded text.", required=True, minimum=0),
        Column(
            "manner",
            INT,
            "Digest of the first message's manner of sending: field names, media type, charset.",
            required=True,
        ),
        Column("signature", BYTES, "MinHash of its word pairs: 128 numbers of 16 bits; empty for very short texts."),
        RULES_VERSION,
    ),
    key=("template_id",),
    stage="group",
)
