"""`template_findings`: what the rules of compliance find in each template."""

from transforms.contracts import TEXT, Column, Table
from transforms.tables.shared import TEMPLATE_ID

PURPOSES = ("commercial", "transactional", "other", "undetermined")
VERDICTS = ("pass", "indicator", "strong_indicator", "not_applicable", "not_determinable")
"""In the order in which `transforms.compliance.finding` explains them; a test holds both lists against each other."""

TEMPLATE_FINDINGS = Table(
    "template_findings",
    "One row a template and rule: an indicator for a court to judge, and nothing more.",
    (
        TEMPLATE_ID,
        Column(
            "rule_id", TEXT, "The rule; the seed compliance_rules has its title.", required=True, pattern=r"[A-Z]\d"
        ),
        Column(
            "rule_version",
            TEXT,
            "Its version and, behind the dot, that of the lists of terms.",
            required=True,
            pattern=r"\d+\.\d+",
        ),
        Column(
            "purpose",
            TEXT,
            "Primary purpose of the template's message.",
            required=True,
            allowed=PURPOSES,
            standard="16 CFR 316.3",
        ),
        Column(
            "verdict", TEXT, "What was found; docs/compliance.md says what each means.", required=True, allowed=VERDICTS
        ),
        Column("citation", TEXT, "The provisions of law.", required=True, pattern=r"\d+ (USC|CFR) \d.*"),
        Column("reason", TEXT, "Why, in words of ours.", required=True, pattern=r"(?s).+"),
        Column("place", TEXT, "The column, and of a text the characters from and to."),
    ),
    key=("template_id", "rule_id"),
    order=("rule_id", "template_id"),
    stage="conclude",
)
