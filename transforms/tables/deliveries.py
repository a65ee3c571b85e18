"""`deliveries`: one row a file that a pull met."""

from transforms.contracts import INT, TEXT, TIME, Column, Table
from transforms.tables.shared import FEED, LOAD_DATE

OUTCOMES = ("landed", "repeated", "unchanged", "absent")

DELIVERIES = Table(
    "deliveries",
    "One row for each source file that a pull met, and one for a pull that met none.",
    (
        Column(
            "delivery_id",
            TEXT,
            "Key: a digest of feed, load_date, name, sha256 and modified_at, so that a repeated pull adds nothing.",
            required=True,
        ),
        FEED,
        LOAD_DATE,
        Column("name", TEXT, "Name at the source, relative to the feed's URL; empty when nothing was there."),
        Column(
            "outcome",
            TEXT,
            "landed: new bytes; repeated: bytes landed before, perhaps under another name; "
            "unchanged: the source says that nothing changed; absent: nothing was there.",
            required=True,
            allowed=OUTCOMES,
        ),
        Column("load_id", TEXT, "The load that holds the bytes; empty when nothing was there."),
        Column("sha256", TEXT, "SHA-256 of the file as pulled.", pattern=r"[0-9a-f]{64}"),
        Column("file_bytes", INT, "Size of the file as pulled.", minimum=0),
        Column("etag", TEXT, "Entity tag that the HTTP source gave.", standard="RFC 9110"),
        Column("modified_at", TIME, "Modification time that the source gave, UTC."),
        Column("pulled_at", TIME, "When the attempt ended, UTC.", required=True),
    ),
    key=("delivery_id",),
    stage="land",
    fresh_by="pulled_at",
)
