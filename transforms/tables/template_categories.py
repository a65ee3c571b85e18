"""`template_categories`: what each template sells."""

from transforms.contracts import REAL, TEXT, Column, Table
from transforms.tables.shared import TEMPLATE_ID

TEMPLATE_CATEGORIES = Table(
    "template_categories",
    "One row a template: its category, as its first message is read by the rules of categories.",
    (
        TEMPLATE_ID,
        Column(
            "category_code",
            TEXT,
            "A category of the seed categories; unknown where its words do not tell.",
            required=True,
            pattern=r"[a-z_]+",
        ),
        Column(
            "confidence",
            REAL,
            "0 to 1: share of the best category in the sum of the best two, less where little was found.",
            required=True,
            minimum=0,
            maximum=1,
        ),
        Column("evidence", TEXT, "The weightiest terms with what they weighed; empty for unknown."),
        Column(
            "runner_up_code",
            TEXT,
            "The next category; of unknown, the best of those that did not suffice.",
            pattern=r"[a-z_]+",
        ),
        Column("rules_version", TEXT, "Version of the rules of categories.", required=True),
    ),
    key=("template_id",),
    order=("template_id",),
    stage="conclude",
)
