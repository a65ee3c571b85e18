"""`campaign_indicators`: what a campaign gives away about those behind it."""

from transforms.contracts import INT, TEXT, TIME, Column, Table
from transforms.tables.shared import ASSIGNED_CAMPAIGN_ID, FEED, LOAD_ID

INDICATOR_KINDS = (
    "registrable_domain",
    "host",
    "affiliate_id",
    "phone",
    "drop_box",
    "wallet",
    "attachment",
    "dkim_domain",
    "sender_domain",
    "origin_network",
    "mailer",
)

CAMPAIGN_INDICATORS = Table(
    "campaign_indicators",
    "One row a load, campaign and indicator: how many of the campaign's messages in the load hold it.",
    (
        LOAD_ID,
        FEED,
        ASSIGNED_CAMPAIGN_ID,
        Column("kind", TEXT, "Kind of the indicator.", required=True, allowed=INDICATOR_KINDS),
        Column("value", TEXT, "Its value, normalised; spam: never render it live.", required=True),
        Column("message_count", INT, "Messages that hold it.", required=True, minimum=1),
        Column("first_seen_at", TIME, "Capture time of the first of them, UTC.", required=True),
        Column("last_seen_at", TIME, "Capture time of the last of them, UTC.", required=True),
        Column("message_key", TEXT, "One of them, as evidence.", required=True, pattern=r"[0-9a-f]{32}"),
    ),
    key=("load_id", "assigned_campaign_id", "kind", "value"),
    order=("kind", "value", "assigned_campaign_id"),
    stage="group",
)
