"""`ring_links`: why two campaigns are taken for one ring's."""

from transforms.contracts import REAL, SMALL, TEXT, TIME, Column, Table
from transforms.tables.campaign_indicators import INDICATOR_KINDS
from transforms.tables.shared import RULES_VERSION

RING_LINKS = Table(
    "ring_links",
    "One row a pair of campaigns and an indicator that both hold and few others do. Written anew by every grouping.",
    (
        Column("campaign_id", TEXT, "The one campaign: the smaller id.", required=True, pattern=r"c-[0-9a-f]{16}"),
        Column("other_campaign_id", TEXT, "The other.", required=True, pattern=r"c-[0-9a-f]{16}"),
        Column("kind", TEXT, "Kind of the indicator.", required=True, allowed=INDICATOR_KINDS),
        Column("value", TEXT, "Its value; spam: never render it live.", required=True),
        Column("weight", REAL, "How much it says: the rarer and the more telling its kind, the more.", required=True),
        Column("campaign_count", SMALL, "Campaigns that hold the indicator.", required=True, minimum=2),
        Column("first_seen_at", TIME, "When either campaign was first seen with it, UTC.", required=True),
        Column("last_seen_at", TIME, "When either was last seen with it, UTC.", required=True),
        RULES_VERSION,
    ),
    key=("campaign_id", "other_campaign_id", "kind", "value"),
    order=("campaign_id", "other_campaign_id"),
    stage="group",
)
