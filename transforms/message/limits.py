"""How much of one message is read. What lies beyond a limit is left out, and a defect says so."""

MESSAGE_BYTES = 10 << 20
"""A message over this size is a reject."""
CPU_SECONDS = 0.1
"""A message that needs more processor time than this is a reject."""
HEADER_BYTES = 256 << 10
HEADER_FIELDS = 1_000
HEADER_LINES = 5_000
FIELD_CHARS = 16 << 10
"""How much of one field's value is interpreted (addresses, encoded words, parameters)."""
PARTS = 1_000
NESTING = 30
HOPS = 100
URLS = 1_000
LINKS = 4_000
"""Places where links stand, repeated ones included."""
ATTACHMENTS = 200
RECIPIENTS = 1_000
"""How many recipients one message names; all of a longer list are not the trap's secret but the sender's."""
BODY_BYTES = 64 << 10
TEXT_BYTES = 512 << 10
"""How much of a message's text is decoded, rendered and searched for links."""
RAW_HOP_BYTES = 2 << 10
URL_CHARS = 2 << 10
PATH_CHARS = 1 << 10
LABEL_CHARS = 1 << 10
"""Subjects, names, identifiers: any short text column."""
