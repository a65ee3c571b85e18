"""`grouped_loads`: which loads have been grouped."""

from transforms.contracts import INT, TIME, Column, Table
from transforms.tables.shared import LOAD_ID, RULES_VERSION

GROUPED_LOADS = Table(
    "grouped_loads",
    "One row a load whose messages are grouped, as they were committed then.",
    (
        LOAD_ID,
        Column("committed_at", TIME, "When the rows that were grouped had been committed, UTC.", required=True),
        Column("message_count", INT, "Messages that were grouped.", required=True, minimum=0),
        Column("grouped_at", TIME, "When, UTC.", required=True),
        RULES_VERSION,
    ),
    key=("load_id",),
    stage="group",
)
