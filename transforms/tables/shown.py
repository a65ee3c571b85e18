"""What readers see besides raw tables and marts: described like them, and written by nobody."""

from transforms.contracts import INT, TEXT, TIME, Column, Table
from transforms.tables.campaign_assignments import CAMPAIGN_ASSIGNMENTS as ASSIGNED
from transforms.tables.shared import (
    CAPTURED_AT,
    EVIDENCE,
    FEED,
    LOAD_ID,
    MATCHED_TEMPLATE_ID,
    MESSAGE_KEY,
    SIMILARITY,
    TEMPLATE_ID,
)

CAMPAIGN_MEMBERS = Table(
    "campaign_members",
    "One row a message that belongs to a campaign, and why: campaign_assignments with the campaigns' present ids. Only in "
    "`spamledger sql`.",
    (
        MESSAGE_KEY,
        FEED,
        LOAD_ID,
        CAPTURED_AT,
        Column("campaign_id", TEXT, "The campaign, under its present id.", required=True, pattern=r"c-[0-9a-f]{16}"),
        TEMPLATE_ID,
        ASSIGNED["method"],
        SIMILARITY,
        MATCHED_TEMPLATE_ID,
        EVIDENCE,
    ),
    key=("message_key",),
    stage="publish",
)

PUBLICATION = Table(
    "publication",
    "One row: which publication this is.",
    (
        Column("snapshot_id", INT, "Snapshot of the lake that the marts were made from.", required=True),
        Column("published_at", TIME, "When readers saw it first, UTC.", required=True),
        Column("report", TEXT, "Path of the gate's report on it, below the lake's reports folder."),
    ),
    key=("snapshot_id",),
    stage="publish",
)

SHOWN = (CAMPAIGN_MEMBERS, PUBLICATION)
"""All of them."""
