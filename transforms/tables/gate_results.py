"""`gate_results`: one row a verdict."""

from transforms.contracts import BOOL, DAY, INT, TEXT, TIME, Column, Table

GATE_RESULTS = Table(
    "gate_results",
    "One row a verdict of an expectation, kept for every run of every gate.",
    (
        Column("gate_run_id", TEXT, "One run of one gate.", required=True),
        Column(
            "gate",
            TEXT,
            "Which door: staged rows, campaigns, rings or origins before their commit, or marts before they are published.",
            required=True,
            allowed=("staged", "campaigns", "rings", "origins", "marts", "release"),
        ),
        Column("feed", TEXT, "Feed whose rows were judged; empty for marts."),
        Column("load_date", DAY, "Period whose rows were judged; empty for marts."),
        Column("load_ids", TEXT, "Loads whose rows were judged, comma-separated; empty for marts."),
        Column("table_name", TEXT, "Table that was judged.", required=True),
        Column("expectation", TEXT, "What was expected, in one line.", required=True),
        Column(
            "severity",
            TEXT,
            "critical holds the load; warning publishes it, flagged.",
            required=True,
            allowed=("critical", "warning"),
        ),
        Column("is_success", BOOL, "The expectation was met.", required=True),
        Column("unexpected_count", INT, "Rows that did not meet it, where rows are counted.", minimum=0),
        Column("observed", TEXT, "What was seen, in short."),
        Column("report", TEXT, "Path of the report below the lake's reports folder."),
        Column("evaluated_at", TIME, "When, UTC.", required=True),
    ),
    key=("gate_run_id", "table_name", "expectation"),
    stage="gate",
    fresh_by="evaluated_at",
)
