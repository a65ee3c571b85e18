"""`feeds`: the catalogue as it stood at the last build."""

from transforms.contracts import BOOL, INT, SMALL, TEXT, TEXT_LIST, Column, Table
from transforms.tables.shared import FEED

CADENCES = ("day", "month", "year", "undated")

FEEDS = Table(
    "feeds",
    "One row a feed of feeds.toml, as it stood when the lake was last built.",
    (
        FEED,
        Column("description", TEXT, "What the feed is, in a sentence."),
        Column("url", TEXT, "Where it is pulled from, without credentials.", required=True),
        Column("format", TEXT, "Container format that the feed declares; empty when it is guessed."),
        Column("licence", TEXT, "Under which terms the mail may be used."),
        Column(
            "cadence",
            TEXT,
            "How often a new file is due, from the placeholders of its URL.",
            required=True,
            allowed=CADENCES,
        ),
        Column("trusted_hosts", TEXT_LIST, "Hosts whose Received lines are believed.", required=True),
        Column(
            "expected_daily_count", INT, "Messages that a usual day brings; empty when nothing is declared.", minimum=0
        ),
        Column("late_days", SMALL, "Days by which mail may arrive late; empty when nothing is declared.", minimum=0),
        Column("is_enabled", BOOL, "Pulled by the nightly run.", required=True),
    ),
    key=("feed",),
    stage="build",
)
