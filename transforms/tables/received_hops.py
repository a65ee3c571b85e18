"""`received_hops`: one row a Received line."""

from transforms.contracts import BOOL, SMALL, TEXT, TIME, Column, Table
from transforms.tables.shared import CAPTURED_AT, FEED, LOAD_ID, MESSAGE_KEY

RECEIVED_HOPS = Table(
    "received_hops",
    "One row a Received line, from the trap outward; below the line of the host that took the message in, all is a claim.",
    (
        MESSAGE_KEY,
        FEED,
        LOAD_ID,
        CAPTURED_AT,
        Column(
            "hop", SMALL, "Place of the line in the header, 0 at the top (the trap's end).", required=True, minimum=0
        ),
        Column("from_helo", TEXT, "Name given in HELO or EHLO.", standard="RFC 5321"),
        Column("from_name", TEXT, "Name that the receiving host looked up for the address."),
        Column("from_ip", TEXT, "Address of the sending host, as the receiving host wrote it."),
        Column("by_host", TEXT, "Host that wrote the line, lower case."),
        Column("by_ip", TEXT, "Address of that host, where it gives one."),
        Column("protocol", TEXT, "Protocol after `with`, upper case."),
        Column("queue_id", TEXT, "The line's `id`."),
        Column("for_address_hash", TEXT, "Keyed hash of the first address after `for`."),
        Column("received_at", TIME, "Time that the line gives, UTC."),
        Column(
            "is_trusted",
            BOOL,
            "The line and all above it were written by the feed's trusted hosts, and none above it took the message "
            "from a stranger: a public address that neither itself nor by its looked-up name is trusted.",
            required=True,
        ),
        Column("raw", TEXT, "The line, unfolded, recipients masked, cut at 2 KiB.", required=True),
    ),
    key=("message_key", "hop"),
    month_of="captured_at",
    order=("message_key", "hop"),
)
