"""Columns that several raw tables carry: same name, same meaning, everywhere."""

from transforms.contracts import DAY, TEXT, TIME, Column

FEED = Column("feed", TEXT, "Name of the feed in feeds.toml.", required=True, pattern=r"[a-z0-9][a-z0-9_-]*")
LOAD_ID = Column(
    "load_id", TEXT, "The landed file the row came from: feed and first 24 hex digits of its SHA-256.", required=True
)
LOAD_DATE = Column(
    "load_date", DAY, "First day of the period the file was pulled for (the day, or the month's first).", required=True
)
MESSAGE_KEY = Column(
    "message_key",
    TEXT,
    "Key of the message: a digest of feed, message_sha256 and, for identical copies in one load, the copy's number.",
    required=True,
    pattern=r"[0-9a-f]{32}",
)
CAPTURED_AT = Column(
    "captured_at",
    TIME,
    "When the trap took the message, UTC: the clock of the feed's own hosts, never the sender's claim.",
    required=True,
)
