"""`template_index`: what a template can be found by."""

from transforms.contracts import DAY, INT, TEXT, Column, Table

KEY_KINDS = ("text", "link", "attachment", "contact")

TEMPLATE_INDEX = Table(
    "template_index",
    "One row a key of a template and month in which it was seen: the index of what later nights may share with it.",
    (
        Column("month", DAY, "First day of the month.", required=True),
        Column(
            "kind",
            TEXT,
            "text: a band of the MinHash, a candidate until it is verified; link, attachment, contact: together with "
            "the manner of sending.",
            required=True,
            allowed=KEY_KINDS,
        ),
        Column("key", INT, "64-bit digest of what is shared.", required=True),
        Column("template", INT, "The digest that is the template's id, as a signed number.", required=True),
    ),
    key=("month", "kind", "key", "template"),
    month_of="month",
    order=("kind", "template", "key"),
    stage="group",
)
