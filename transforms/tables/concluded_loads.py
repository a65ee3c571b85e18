"""`concluded_loads`: the origins of which loads have been found."""

from transforms.contracts import INT, TEXT, TIME, Column, Table
from transforms.tables.shared import LOAD_ID

CONCLUDED_LOADS = Table(
    "concluded_loads",
    "One row a load whose messages have their origins, as they were committed then.",
    (
        LOAD_ID,
        Column("committed_at", TIME, "When the rows that were read had been committed, UTC.", required=True),
        Column(
            "rules_version", TEXT, "Versions of the rules of origin, of H1 and of the table of networks.", required=True
        ),
        Column(
            "message_count", INT, "Messages that have an origin or are known to have none.", required=True, minimum=0
        ),
        Column("concluded_at", TIME, "When, UTC.", required=True),
    ),
    key=("load_id",),
    stage="conclude",
)
