"""How a raw table is described: once, as a `Table` of `Column`s, and rendered from there.

Everything that must agree with the description is generated from it (Arrow schemas, DuckLake tables and
comments, dbt sources, Great Expectations suites, the data dictionary) or tested against it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

TEXT = pa.string()
TEXT_LIST = pa.list_(pa.string())
INT = pa.int64()
SMALL = pa.int32()
REAL = pa.float64()
BYTES = pa.binary()
BOOL = pa.bool_()
DAY = pa.date32()
TIME = pa.timestamp("us")
"""UTC, written without a zone: DuckDB would read a zoned value in the session's own zone."""

_SQL_TYPES = {
    TEXT: "VARCHAR",
    TEXT_LIST: "VARCHAR[]",
    INT: "BIGINT",
    SMALL: "INTEGER",
    REAL: "DOUBLE",
    BYTES: "BLOB",
    BOOL: "BOOLEAN",
    DAY: "DATE",
    TIME: "TIMESTAMP",
}


@dataclass(frozen=True)
class Column:
    """One column: its name, Arrow type, meaning, and the promises that a gate checks on staged rows.

    `allowed` is a closed vocabulary; `minimum` and `maximum` bound numbers; `pattern` is a regular expression
    that the whole value matches; `standard` names the field's origin (ECS, OCSF, RFC) where it has one.
    """

    name: str
    type: pa.DataType
    description: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    standard: str | None = None

    @property
    def sql_type(self) -> str:
        """The DuckDB spelling of the Arrow type."""
        return _SQL_TYPES[self.type]


@dataclass(frozen=True)
class Table:
    """One raw table: its columns, key and place in the lake.

    `key` is unique over the whole table; `month_of` is the column whose month partitions the table, beside its feed if
    it has one; `order` is the sort order of the rows inside a file; `stage` names the station that writes it;
    `fresh_by` is the time that tells whether every night has written it.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    month_of: str | None = None
    order: tuple[str, ...] = field(default=())
    stage: str = "parse"
    fresh_by: str | None = None

    def __post_init__(self) -> None:
        unknown = {*self.key, *self.order, *filter(None, [self.month_of])} - {c.name for c in self.columns}
        if unknown:
            raise ValueError(f"table {self.name}: no such column: {', '.join(sorted(unknown))}")

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of staged rows, in column order."""
        return pa.schema([pa.field(c.name, c.type, nullable=not c.required) for c in self.columns])

    def comments(self) -> list[tuple[str, str | None, str]]:
        """Table, column (none for the table itself) and description of each."""
        return [(self.name, None, self.description), *((self.name, c.name, c.description) for c in self.columns)]

    def __getitem__(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)
