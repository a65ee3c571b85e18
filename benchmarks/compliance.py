"""How often each rule of compliance finds what, on the templates and messages of real archives; and what it costs."""

from __future__ import annotations

import gc
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from transforms.campaigns.features import Reader, is_grouped, manner_of
from transforms.compliance.batch import header_batch, read_batch
from transforms.compliance.finding import VERDICTS
from transforms.feeds import RawMessage, read_container
from transforms.message import FeedContext, Item, parse_batch

Row = dict[str, Any]

_BATCH = 2_000
_HAM = "ham"
_ORIGIN = ("origin_findings", "origin_confidence", "origin_ip")


class Archive(NamedTuple):
    """A file of real mail: its name without the end, its container format, and whose lines are believed in it."""

    name: str
    format: str
    trusted_hosts: tuple[str, ...]


ARCHIVES = (
    Archive("spamassassin", "eml", ("jmason.org", "spamassassin.taint.org", "netnoteinc.com", "localhost")),
    Archive("untroubled-2015-03", "eml", ("bruce-guenter.dyndns.org", "futurequest.net", "localhost", "127.0.0.1")),
    Archive("nazario-2005", "mbox", ()),
)


def compare(corpora: Path) -> None:
    """Print rates of verdicts for the archives below `corpora`; honest mail of an archive apart from its spam."""
    for archive in ARCHIVES:
        path = corpora / f"{archive.name}.tar.zst"
        if not path.exists():
            print(f"{archive.name}: not at hand")
            continue
        rows: dict[str, list[Row]] = {"spam": [], "honest": []}
        for row in rows_of(path, archive):
            rows["honest" if _HAM in (row["entry_name"] or "") else "spam"].append(row)
        for kind, some in rows.items():
            if some:
                print(f"\n{archive.name}, {kind}")
                _tell(some)


def rows_of(path: Path, archive: Archive) -> Iterator[Row]:
    """Rows of `messages` with their links, files, category and origin, as far as the modules for these are there."""
    context = FeedContext(archive.name, archive.name, date(2005, 3, 1), archive.trusted_hosts, b"a key for measuring")
    found = read_container(path, path.name, archive.format)
    items = (Item(place, 0, raw) for place, raw in enumerate(found) if isinstance(raw, RawMessage))
    categorise = _categorise()
    while some := list(islice(items, _BATCH)):
        tables = parse_batch(some, context)
        links = _by_message(tables["urls"].select(["message_key", "url", "source", "host"]))
        files = _by_message(tables["attachments"])
        origins = _origins(tables["received_hops"], archive)
        for row in tables["messages"].to_pylist():
            key = row["message_key"]
            row |= {"links": links[key], "files": files[key]} | origins.get(key, {})
            yield row | categorise(row)


def first_of_templates(rows: list[Row]) -> tuple[dict[int, Row], dict[str, int]]:
    """The first row of each template, and the template of each message that is grouped."""
    reader, first, templates = Reader(), {}, {}
    for row in filter(is_grouped, rows):
        template = reader.template(row, manner_of(row)).template
        first.setdefault(template, row | {"template": template})
        templates[row["message_key"]] = template
    return first, templates


def _tell(rows: list[Row]) -> None:
    first, templates = first_of_templates(rows)
    facts = pa.Table.from_pylist(list(first.values()))
    gc.freeze()  # the archive in memory is not the rules' to collect
    begin = time.process_time()
    found = read_batch(facts)
    seconds = time.process_time() - begin
    purposes = dict(zip(found["template"].to_pylist(), found["purpose"].to_pylist(), strict=True))
    print(f"{len(rows):,} messages, {len(first):,} templates, {1e6 * seconds / len(first):.0f} µs of processor each")
    print("purpose   ", _shares(Counter(purposes.values())))
    for rule, verdicts in _by_rule(found).items():
        print(f"{rule:10}", _shares(verdicts, VERDICTS))
    _tell_headers([row | {"purpose": purposes.get(templates.get(row["message_key"]), "other")} for row in rows])


def _tell_headers(rows: list[Row]) -> None:
    facts = pa.Table.from_pylist(rows)
    header_batch(facts.slice(0, 1))  # loads the list of suffixes
    begin = time.process_time()
    found = header_batch(facts)
    each = 1e6 * (time.process_time() - begin) / len(rows)
    for rule, verdicts in _by_rule(found).items():
        print(f"{rule:10}", _shares(verdicts, VERDICTS), f"({each:.1f} µs of processor a message)")


def _by_rule(found: pa.Table) -> dict[str, Counter]:
    counted: dict[str, Counter] = defaultdict(Counter)
    for rule, verdict in zip(found["rule_id"].to_pylist(), found["verdict"].to_pylist(), strict=True):
        counted[rule][verdict] += 1
    return counted


def _shares(counts: Counter, names: tuple[str, ...] | None = None) -> str:
    total = counts.total()
    return ", ".join(f"{name} {counts[name] / total:.1%}" for name in names or sorted(counts))


def _by_message(table: pa.Table) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        rows[row["message_key"]].append(row)
    return rows


def _categorise() -> Callable[[Row], Row]:
    if not find_spec("transforms.categories"):
        return lambda row: {}
    categorise = import_module("transforms.categories.deciding").categorise
    alone = {"body_text": "", "links": None, "files": None}
    return lambda row: {
        "category_code": categorise(row).code,
        "subject_category_code": categorise(row | alone).code,
    }


def _origins(hops: pa.Table, archive: Archive) -> dict[str, Row]:
    if not find_spec("transforms.origin"):
        return {}
    found = import_module("transforms.origin").read_batch(hops, {archive.name: archive.trusted_hosts})
    return {row["message_key"]: {name: row[name] for name in _ORIGIN} for row in found.to_pylist()}
