"""`campaign_assignments`: one row a grouped message: its template, and the campaign that it was put into."""

from transforms.contracts import TEXT, Column, Table
from transforms.tables.shared import (
    ASSIGNED_CAMPAIGN_ID,
    CAPTURED_AT,
    EVIDENCE,
    FEED,
    JOIN_METHODS,
    LOAD_ID,
    MATCHED_TEMPLATE_ID,
    MESSAGE_KEY,
    RULES_VERSION,
    SIMILARITY,
    TEMPLATE_ID,
)

CAMPAIGN_ASSIGNMENTS = Table(
    "campaign_assignments",
    "One row a message that was grouped: how it came to its group, as decided then. A group may be a single message; "
    "campaign_members holds those that are campaigns, under their present ids.",
    (
        MESSAGE_KEY,
        FEED,
        LOAD_ID,
        CAPTURED_AT,
        TEMPLATE_ID,
        ASSIGNED_CAMPAIGN_ID,
        Column(
            "method",
            TEXT,
            "first: nothing like it was known; template: its text is known; text: a similar text; link, attachment, "
            "contact: shared, and sent in the same manner.",
            required=True,
            allowed=JOIN_METHODS,
        ),
        SIMILARITY,
        MATCHED_TEMPLATE_ID,
        EVIDENCE,
        RULES_VERSION,
    ),
    key=("message_key",),
    month_of="captured_at",
    order=("assigned_campaign_id", "captured_at", "message_key"),
    stage="group",
)
