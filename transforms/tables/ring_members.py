"""`ring_members`: which campaigns are one ring's."""

from transforms.contracts import REAL, TEXT, TIME, Column, Table
from transforms.tables.shared import RULES_VERSION

RING_MEMBERS = Table(
    "ring_members",
    "One row a campaign that belongs to a ring. A campaign that shares nothing rare with another has no row. "
    "Written anew by every grouping; a ring keeps its id.",
    (
        Column("campaign_id", TEXT, "The campaign, under its present id.", required=True, pattern=r"c-[0-9a-f]{16}"),
        Column("ring_id", TEXT, "The ring.", required=True, pattern=r"r-[0-9a-f]{16}"),
        Column("weight", REAL, "Sum of the weights of the links that hold it to the others.", required=True, minimum=0),
        Column("joined_at", TIME, "When it was first found to belong to this ring, UTC.", required=True),
        RULES_VERSION,
    ),
    key=("campaign_id",),
    order=("ring_id", "campaign_id"),
    stage="group",
)
