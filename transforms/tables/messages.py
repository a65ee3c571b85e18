"""`messages`: one row a captured message."""

from transforms.contracts import BOOL, INT, SMALL, TEXT, TEXT_LIST, TIME, Column, Table
from transforms.tables.shared import CAPTURED_AT, FEED, LOAD_ID, MESSAGE_KEY

CAPTURE_SOURCES = ("received", "envelope", "feed_day")
PARSERS = ("fast", "tolerant")
RECIPIENT_SHAPES = ("few", "numbered", "permuted", "sorted", "mixed")
"""Fewer than five recipients at any one host; numbers counted through; one name with many beginnings; neighbours in a
dictionary; none of these."""

DEFECTS = (
    "attachment_limit",  # more attachments than are described
    "base64_broken",  # bytes outside the alphabet, wrong length, or trailing plain text
    "body_truncated",  # rendered text cut at its limit
    "boundary_missing",  # multipart without a usable boundary, or its boundary never appears
    "boundary_unclosed",  # closing delimiter never appears
    "charset_lied",  # bytes do not decode in the declared charset
    "charset_unknown",  # no such charset
    "content_type_broken",
    "date_invalid",
    "date_missing",
    "encoded_word_broken",
    "from_invalid",
    "from_missing",
    "header_8bit",  # raw bytes over 127 in a header
    "header_broken",  # a line in the header block that is no field
    "header_duplicate",  # a field that may stand once stands twice
    "header_limit",  # header block cut at its limit
    "hop_limit",
    "message_id_broken",
    "nesting_limit",
    "no_body_separator",
    "nul_bytes",
    "part_limit",
    "quoted_printable_broken",
    "transfer_encoding_unknown",
    "url_limit",
    "uuencode_broken",
)

MESSAGES = Table(
    "messages",
    "One row a captured message: what was seen, nothing concluded.",
    (
        MESSAGE_KEY,
        FEED,
        LOAD_ID,
        Column("position", INT, "Place in the landed bytes: number of the message, from 0.", required=True, minimum=0),
        Column("entry_name", TEXT, "Name of the archive entry or folder file that held it; a label, never a path."),
        Column("byte_offset", INT, "Offset of the message in its decompressed file.", required=True, minimum=0),
        CAPTURED_AT,
        Column(
            "captured_at_source",
            TEXT,
            "Which clock captured_at is: the topmost Received line of a trusted host, the mbox envelope, "
            "or the feed's day.",
            required=True,
            allowed=CAPTURE_SOURCES,
        ),
        Column(
            "origination_at",
            TIME,
            "The Date header, UTC: the sender's claim.",
            standard="ECS email.origination_timestamp",
        ),
        Column(
            "message_sha256",
            TEXT,
            "SHA-256 of the raw message as captured, without mbox quoting and envelope.",
            required=True,
            pattern=r"[0-9a-f]{64}",
        ),
        Column("message_bytes", INT, "Size of the raw message.", required=True, minimum=0),
        Column("message_id", TEXT, "Message-ID without its angle brackets.", standard="RFC 5322, ECS email.message_id"),
        Column("subject", TEXT, "Subject, decoded.", standard="ECS email.subject"),
        Column("from_address", TEXT, "First address of From, lower case.", standard="ECS email.from.address"),
        Column("from_name", TEXT, "Display name of that address, decoded."),
        Column("from_host", TEXT, "Host part of from_address, in ASCII (IDNA)."),
        Column("from_registrable_domain", TEXT, "from_host up to one label below its public suffix."),
        Column("sender_address", TEXT, "Address of Sender.", standard="ECS email.sender.address"),
        Column("reply_to_address", TEXT, "First address of Reply-To.", standard="ECS email.reply_to.address"),
        Column(
            "envelope_from_address",
            TEXT,
            "Return-Path, else the mbox envelope's sender; empty for the null sender.",
            standard="RFC 5321 reverse-path",
        ),
        Column(
            "recipient_hashes",
            TEXT_LIST,
            "Keyed hashes (HMAC-SHA-256, 32 hex digits) of all recipients seen.",
            required=True,
        ),
        Column(
            "trap_address_hash",
            TEXT,
            "Keyed hash of the trap's own address: delivered-to, else the top trusted hop's for, else the single recipient.",
        ),
        Column(
            "recipient_count",
            SMALL,
            "Distinct recipient addresses in the headers: To, Cc, Bcc, their Resent- kin, delivery headers and each `for`.",
            required=True,
            minimum=0,
        ),
        Column(
            "recipient_shape",
            TEXT,
            "Whether these addresses look generated: fewer than five at any one host; numbers counted through; one name "
            "with many beginnings; neighbours in a dictionary; none of these. Empty for rows of older parsers.",
            allowed=RECIPIENT_SHAPES,
        ),
        Column("in_reply_to", TEXT, "First id of In-Reply-To.", standard="RFC 5322"),
        Column("reference_count", SMALL, "Ids in References.", required=True, minimum=0),
        Column("x_mailer", TEXT, "X-Mailer, else User-Agent.", standard="ECS email.x_mailer"),
        Column("list_unsubscribe", TEXT, "List-Unsubscribe, recipients masked.", standard="RFC 2369"),
        Column(
            "authentication_results",
            TEXT_LIST,
            "Authentication-Results lines, recipients masked; who wrote them is not judged here.",
            required=True,
            standard="RFC 8601",
        ),
        Column("header_names", TEXT_LIST, "Names of all header fields in their order, lower case.", required=True),
        Column(
            "content_type",
            TEXT,
            "Media type of the whole message, lower case.",
            required=True,
            standard="ECS email.content_type",
        ),
        Column("charset", TEXT, "Charset that the first text part declares, lower case."),
        Column(
            "body_text",
            TEXT,
            "Text that a reader would see: text/plain, else rendered HTML; recipients masked, cut at 64 KiB.",
            required=True,
        ),
        Column("body_text_bytes", INT, "Size of the rendered text before it was cut, UTF-8.", required=True, minimum=0),
        Column("has_text", BOOL, "A text/plain part is present.", required=True),
        Column("has_html", BOOL, "A text/html part is present.", required=True),
        Column(
            "html_skeleton",
            TEXT,
            "Digest of the order of tags of the HTML part, known tags only, runs of one and the same closed up; "
            "empty without HTML.",
            pattern=r"[0-9a-f]{16}",
        ),
        Column("part_count", SMALL, "MIME parts, containers included.", required=True, minimum=1),
        Column(
            "url_count",
            SMALL,
            "Rows of the message in urls: its own links and those of enclosed messages and attached pages.",
            required=True,
            minimum=0,
        ),
        Column("attachment_count", SMALL, "Rows of the message in attachments.", required=True, minimum=0),
        Column("hop_count", SMALL, "Rows of the message in received_hops.", required=True, minimum=0),
        Column("origin_ip", TEXT, "Address that handed the message to the last believed host."),
        Column("origin_helo", TEXT, "Name that address gave in HELO."),
        Column("parser", TEXT, "Which parser read it.", required=True, allowed=PARSERS),
        Column("defects", TEXT_LIST, "What was wrong with it: words from a closed list.", required=True),
    ),
    key=("message_key",),
    month_of="captured_at",
    order=("captured_at", "message_key"),
)
