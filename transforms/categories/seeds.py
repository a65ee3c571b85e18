"""The seeds: categories, and the terms that speak for them. Nothing about a category is said anywhere else."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RULES_VERSION = "1"
"""Changes whenever the same message could be put into another category."""

UNKNOWN = "unknown"
SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds"
CATEGORIES_FILE = SEEDS / "categories.csv"
TERMS_FILE = SEEDS / "category_terms.csv"


@dataclass(frozen=True, slots=True)
class Category:
    """A row of categories.csv. `rsit_class` and `rsit_type` are machine tags of the Reference Security Incident
    Taxonomy of ENISA and TF-CSIRT (version 1).
    """

    category_code: str
    name: str
    rsit_class: str
    rsit_type: str
    description: str


@dataclass(frozen=True, slots=True)
class Term:
    """A row of category_terms.csv: `term` speaks for the category with `weight`, in the place that `kind` names."""

    category_code: str
    language: str
    term: str
    weight: float
    kind: str
    note: str


@cache
def categories() -> tuple[Category, ...]:
    """All categories, in the order of the seed."""
    return tuple(Category(**row) for row in _rows(CATEGORIES_FILE))


@cache
def terms() -> tuple[Term, ...]:
    """All terms, in the order of the seed."""
    return tuple(Term(**{**row, "weight": float(row["weight"])}) for row in _rows(TERMS_FILE))


def seeds_digest() -> str:
    """SHA-256 of both seeds, in hex: a test ties it to RULES_VERSION."""
    return hashlib.sha256(CATEGORIES_FILE.read_bytes() + TERMS_FILE.read_bytes()).hexdigest()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
