"""Columns that several raw tables carry: same name, same meaning, everywhere."""

from transforms.contracts import DAY, REAL, TEXT, TIME, Column

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
TEMPLATE_ID = Column(
    "template_id",
    TEXT,
    "A text that messages share once it is folded and what differs from copy to copy is masked: a digest of it.",
    required=True,
    pattern=r"t-[0-9a-f]{16}",
)
ASSIGNED_CAMPAIGN_ID = Column(
    "assigned_campaign_id",
    TEXT,
    "The campaign as it was named then; campaign_lineage tells which campaign took it over since.",
    required=True,
    pattern=r"c-[0-9a-f]{16}",
)
JOIN_METHODS = ("first", "template", "text", "link", "attachment", "contact")
"""How a message, template or campaign came to the others of its campaign."""

MATCHED_TEMPLATE_ID = Column(
    "matched_template_id",
    TEXT,
    "The template that it was matched with; empty for the first.",
    pattern=r"t-[0-9a-f]{16}",
)
SIMILARITY = Column(
    "similarity",
    REAL,
    "Of the two texts, 0 to 1: the share of their word pairs that both hold (Jaccard), estimated; 1 for the same template.",
    minimum=0,
    maximum=1,
)
EVIDENCE = Column("evidence", TEXT, "What the two share, where it is more than their text: the link, file or contact.")
RULES_VERSION = Column("rules_version", TEXT, "Version of the grouping rules that decided.", required=True)
