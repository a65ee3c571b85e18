"""Suites over what was concluded about a portion of templates, before it is committed.

Views: the tables; `asked`, the templates of the portion; `rules`, those that are asked of templates; `categories`, the
seed's.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.grouped import Staged
from expectations.suite import NoRows
from transforms.contracts import Table
from transforms.tables import TEMPLATE_CATEGORIES, TEMPLATE_FINDINGS

CONCLUDED = Staged(
    (TEMPLATE_CATEGORIES, TEMPLATE_FINDINGS),
    {
        "asked": ("template_id",),
        "rules": ("rule_id", "rule_version", "citation"),
        "categories": ("category_code",),
    },
)


def between_concluded() -> dict[str, list[NoRows]]:
    """What holds between the tables, by the table whose suite it belongs to."""
    return {
        TEMPLATE_CATEGORIES.name: [*_one_category(), *_of_the_seed()],
        TEMPLATE_FINDINGS.name: [*_every_rule()],
    }


def _one_category() -> Iterator[NoRows]:
    """That no template has two is the key's promise."""
    table, one = TEMPLATE_CATEGORIES, "template_id"
    yield _no_rows(table, "every template has a category", one, "asked ANTI JOIN {batch} USING (template_id)")
    yield _no_rows(table, "only templates that were asked", one, "{batch} ANTI JOIN asked USING (template_id)")
    silent = "{batch} WHERE category_code <> 'unknown' AND coalesce(evidence, '') = ''"
    yield _no_rows(table, "every category but unknown names its evidence", one, silent)


def _of_the_seed() -> Iterator[NoRows]:
    table, code = TEMPLATE_CATEGORIES, "template_id, category_code"
    yield _no_rows(table, "category_code: one of the seed", code, "{batch} ANTI JOIN categories USING (category_code)")
    other = "(FROM {batch} WHERE runner_up_code IS NOT NULL) AS told ANTI JOIN categories AS seed"
    yield _no_rows(
        table,
        "runner_up_code: one of the seed",
        "template_id, runner_up_code",
        f"{other} ON told.runner_up_code = seed.category_code",
    )


def _every_rule() -> Iterator[NoRows]:
    """That no rule is asked twice is the key's promise."""
    table, key = TEMPLATE_FINDINGS, "template_id, rule_id"
    due = "(SELECT template_id, rule_id FROM asked CROSS JOIN rules)"
    yield _no_rows(
        table, "every rule is asked of every template", key, f"{due} AS due ANTI JOIN {{batch}} USING ({key})"
    )
    yield _no_rows(table, "only templates that were asked", key, "{batch} ANTI JOIN asked USING (template_id)")
    registered = "{batch} ANTI JOIN rules USING (rule_id, rule_version, citation)"
    yield _no_rows(table, "rule, version and citation are the registry's", key, registered)
    two = "SELECT template_id FROM {batch} GROUP BY ALL HAVING count(DISTINCT purpose) > 1"
    yield NoRows(table.name, "a template has one purpose", two)


def _no_rows(table: Table, name: str, columns: str, source: str) -> NoRows:
    return NoRows(table.name, name, f"SELECT {columns} FROM {source}")
