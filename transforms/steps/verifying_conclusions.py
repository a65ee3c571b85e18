"""The audit of what was concluded: every template with messages has one category, and one finding of each rule."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

_TWICE = """
    SELECT template_id, count(*) FROM template_categories GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL
"""
_RULES_TWICE = """
    SELECT template_id, count(*) - count(DISTINCT rule_id) AS extra FROM template_findings
    GROUP BY ALL HAVING extra > 0 ORDER BY ALL
"""
_UNEVEN = """
    SELECT template_id, rule_count FROM (
        SELECT template_id, count(f.rule_id) AS rule_count,
            (SELECT count(DISTINCT rule_id) FROM template_findings) AS all_count
        FROM template_categories FULL JOIN template_findings AS f USING (template_id) GROUP BY ALL
    ) WHERE rule_count < all_count ORDER BY ALL
"""
_FAULTS = {
    _TWICE: "categories instead of one",
    _RULES_TWICE: "findings of a rule that it has already",
    _UNEVEN: "findings, fewer than there are rules",
}
_WAITING = """
    SELECT count(DISTINCT template_id) FROM campaign_assignments ANTI JOIN template_categories USING (template_id)
"""


def conclusion_findings(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """One sentence for each template whose conclusions do not add up."""
    for query, fault in _FAULTS.items():
        for template_id, count in con.execute(query).fetchall():
            yield f"template {template_id} has {count:,} {fault}"


def conclusion_notes(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """A sentence when templates wait to be read."""
    (count,) = con.execute(_WAITING).fetchone()
    if count:
        yield f"{count:,} templates have no category yet; run `spamledger conclude`"
