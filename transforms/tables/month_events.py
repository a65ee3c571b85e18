"""`month_events`: what happened to a month, in order."""

from transforms.contracts import DAY, TEXT, TIME, Column, Table

EVENTS = ("changed", "built", "closed", "reopened")

MONTH_EVENTS = Table(
    "month_events",
    "The history of each month: rows that changed it, builds, closings, and reopenings by late rows.",
    (
        Column("event_id", TEXT, "Key of the event: random, sortable by time (UUIDv7).", required=True),
        Column("month", DAY, "First day of the month.", required=True),
        Column("event", TEXT, "What happened.", required=True, allowed=EVENTS),
        Column("load_id", TEXT, "The load that changed or reopened it."),
        Column("occurred_at", TIME, "When, UTC.", required=True),
    ),
    key=("event_id",),
    stage="build",
)
