"""`campaign_lineage`: which campaign took over which, and why."""

from transforms.contracts import TEXT, TIME, Column, Table
from transforms.tables.shared import EVIDENCE, JOIN_METHODS, MATCHED_TEMPLATE_ID, RULES_VERSION, SIMILARITY, TEMPLATE_ID

CAMPAIGN_LINEAGE = Table(
    "campaign_lineage",
    "One row a campaign that an elder one took over, because a template joined them. Rows of old are never renamed.",
    (
        Column("campaign_id", TEXT, "The campaign that was taken over.", required=True, pattern=r"c-[0-9a-f]{16}"),
        Column(
            "merged_into", TEXT, "The elder campaign, as it was named then.", required=True, pattern=r"c-[0-9a-f]{16}"
        ),
        Column("method", TEXT, "What joined them.", required=True, allowed=JOIN_METHODS),
        SIMILARITY,
        TEMPLATE_ID,
        MATCHED_TEMPLATE_ID,
        EVIDENCE,
        Column("merged_at", TIME, "When it was found, UTC.", required=True),
        RULES_VERSION,
    ),
    key=("campaign_id",),
    stage="group",
)
