"""Staged rows are broken one way at a time: exactly the expectations named here fail, by exactly that many rows."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rows_for_gates import LOAD_IDS, STAGED, batch, valid_rows, write_staged

from expectations.arrival import usual_range, volume_expectations
from expectations.contract import column_expectations
from expectations.gate import judge_staged
from expectations.suite import CRITICAL, WARNING
from transforms.tables import GATE_RESULTS, TABLES

FIRST, SECOND = LOAD_IDS
DENSE = ("messages", "positions run from 0 without a gap")
BELONGS = "every row belongs to the batch"
OWNED = "every row belongs to a message of its load"
LATE, LATE_MANY = (("messages", f"captured_at: {words}") for words in ("in the period", "in the period, all but 1 %"))
FUTURE, FUTURE_MANY = (
    ("messages", f"captured_at: {words}") for words in ("no later than the pull", "no later than the pull, all but 1 %")
)
HALF, TENTH = (("rejects", f"at most {share} is rejected, duplicates aside") for share in ("half", "a tenth"))
SOME, PAST, DECLARED = (
    ("messages", words)
    for words in ("some mail was captured", "as much mail as in the feed's past", "as much mail as the feed declares")
)
WHOLE = "whole files with the columns of the contract"


@pytest.fixture
def judge(tmp_path):
    def judged(rows, **changes):
        staging = write_staged(tmp_path / "staging", rows)
        return judge_staged(staging, batch(**changes), tmp_path / "reports")

    return judged


def failures(verdict) -> dict:
    return {
        (row["table_name"], row["expectation"]): (row["severity"], row["unexpected_count"])
        for row in verdict.failures()
    }


def critical(*names, count=1) -> dict:
    return dict.fromkeys(names, (CRITICAL, count))


def warned(*names, count=1) -> dict:
    return dict.fromkeys(names, (WARNING, count))


def of(rows, table, load_id=FIRST):
    return [row for row in rows[table] if row["load_id"] == load_id]


def remove(rows, table, row):
    rows[table] = [other for other in rows[table] if other is not row]


def remove_message(rows, message):
    for table in ("messages", "urls", "received_hops", "attachments"):
        rows[table] = [row for row in rows[table] if row["message_key"] != message["message_key"]]


def recapture(rows, message, at):
    for table in ("messages", "urls", "received_hops", "attachments"):
        for row in rows[table]:
            if row["message_key"] == message["message_key"]:
                row["captured_at"] = at


def reject_more(rows, count, reason="not_a_message"):
    load, last = of(rows, "loads")[0], of(rows, "rejects")[-1]
    rows["rejects"] += [last | {"position": last["position"] + 1 + n, "reason": reason} for n in range(count)]
    load["found_count"] += count
    load["rejected_count"] += count


def test_valid_rows_pass_every_expectation(judge, tmp_path):
    verdict = judge(valid_rows())
    assert not verdict.is_held and verdict.failures() == []
    assert {row["table_name"] for row in verdict.results} == {table.name for table in STAGED}
    assert len({(row["table_name"], row["expectation"]) for row in verdict.results}) == len(verdict.results) > 100
    assert all(set(row) == set(GATE_RESULTS.schema.names) for row in verdict.results)
    assert pa.Table.from_pylist(verdict.results, schema=GATE_RESULTS.schema).num_rows == len(verdict.results)
    assert {row["load_ids"] for row in verdict.results} == {f"{FIRST},{SECOND}"}
    assert (tmp_path / "reports" / verdict.report).exists()
    with duckdb.connect(f":memory:{verdict.results[0]['gate_run_id']}") as con:  # freed, or its views would be there
        assert con.execute("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchone() == (0,)


def test_no_rows_at_all_pass_for_the_right_reason(judge):
    rows = {table.name: [] for table in STAGED} | {"loads": valid_rows()["loads"]}
    for load in rows["loads"]:
        load |= {"found_count": 0, "parsed_count": 0, "rejected_count": 0}
    verdict = judge(rows)
    assert failures(verdict) == warned(SOME, PAST, DECLARED, count=None)
    assert not verdict.is_held


def broken_values(column):
    broken = [None] if column.required else []
    if column.name == "defects":
        broken += [["header_8bit", "unheard_of"], [None]]
    if column.allowed:
        broken.append("unheard_of")
    if column.minimum is not None:
        broken.append(column.minimum - 1)
    if column.maximum is not None:
        broken.append(column.maximum + 1)
    if column.pattern:
        broken.append("0123 and more of it")
    return broken


def test_every_promise_of_every_column_is_judged(judge):
    rows, expected = valid_rows(), {}
    for table in STAGED:
        for column in table.columns:
            if column.name == "load_id" or not (broken := broken_values(column)):
                continue
            (name,) = [n for n in names_of(table) if n.startswith(f"{column.name}: ")]
            expected[table.name, name] = (CRITICAL, len(broken))
            for row, value in zip(rows[table.name], broken, strict=False):
                row[column.name] = value
    verdict = judge(rows)
    of_columns = {(table.name, name) for table in STAGED for name in names_of(table)}
    assert {name: seen for name, seen in failures(verdict).items() if name in of_columns} == expected
    assert len(expected) > 60


def names_of(table):
    return [expectation.name for expectation in column_expectations(table)]


def miscount(rows):
    rows["loads"][0]["found_count"] = 14
    rows["loads"][1]["found_count"] = None


def lose_rows(rows):
    remove_message(rows, of(rows, "messages", FIRST)[-1])
    remove(rows, "rejects", of(rows, "rejects", SECOND)[0])


def misplace(rows):
    of(rows, "messages", FIRST)[-1]["position"] = 12
    of(rows, "rejects", SECOND)[0]["position"] = 13


def part_from_message(rows):
    rows["received_hops"][0]["message_key"] = "f" * 32
    rows["urls"][0]["captured_at"] = datetime(2005, 2, 1)
    rows["messages"][5]["url_count"] = 2


def repeat_rows(rows):
    rows["attachments"].append(deepcopy(rows["attachments"][0]))
    rows["loads"].append(deepcopy(rows["loads"][0]))


def bring_strangers(rows):
    rows["rejects"].append(rows["rejects"][0] | {"load_id": "trap-a-unknown"})
    rows["rejects"][0]["feed"] = "trap-b"
    rows["rejects"][1]["load_date"] = date(2005, 3, 2)
    rows["urls"].append(rows["urls"][0] | {"load_id": None})


def tear_files(rows):
    rows["rejects"][0] |= {"level": "container", "reason": "container_truncated"}
    rows["rejects"][1] |= {"level": "container", "reason": "empty_container"}


def stay_within_bounds(rows):
    reject_more(rows, 50, "duplicate")
    reject_more(rows, 2, "not_a_message")
    recapture(rows, rows["messages"][0], datetime(2005, 3, 2, 1))


CROSS = {
    "counts that do not add up": (miscount, critical(("loads", "found = parsed + rejected"), DENSE, count=2)),
    "a message and a reject lost": (
        lose_rows,
        critical(("loads", "parsed_count = rows in messages"), ("loads", "rejected_count = rows in rejects"))
        | critical(DENSE, count=2),
    ),
    "a position taken twice, a position skipped": (
        misplace,
        critical(("messages", "a position is a message or a reject, once"), DENSE),
    ),
    "a hop of no message, a link of another month, links counted wrong": (
        part_from_message,
        critical(("received_hops", OWNED), ("messages", "hop_count = rows in received_hops"))
        | critical(("urls", OWNED), ("messages", "url_count = rows in urls")),
    ),
    "an attachment and a load that stand twice": (
        repeat_rows,
        critical(("attachments", "(message_key, attachment_index): unique"), ("loads", "(load_id): unique"), count=2)
        | critical(("messages", "attachment_count = rows in attachments")),
    ),
    "rows of another load, feed or day, or of none": (
        bring_strangers,
        critical(("rejects", BELONGS), count=3) | critical(("urls", BELONGS)),
    ),
    "a torn file and an empty one": (
        tear_files,
        critical(("rejects", "the file arrived whole")) | warned(("rejects", "the file holds readable mail")),
    ),
    "more than a tenth rejected": (lambda rows: reject_more(rows, 3), warned(TENTH, count=3)),
    "more than half rejected": (
        lambda rows: reject_more(rows, 25),
        critical(HALF, count=25) | warned(TENTH, count=25),
    ),
    "redeliveries, a few rejects, an hour late": (stay_within_bounds, {}),
    "more than an hour late": (
        lambda rows: recapture(rows, rows["messages"][0], datetime(2005, 3, 2, 1, 0, 1)),
        warned(LATE) | critical(LATE_MANY),
    ),
    "a day after the pull": (
        lambda rows: recapture(rows, rows["messages"][0], datetime(2005, 3, 3, 1, 0, 1)),
        warned(LATE, FUTURE) | critical(LATE_MANY, FUTURE_MANY),
    ),
}


@pytest.mark.parametrize("name", CROSS)
def test_tables_are_held_against_each_other(judge, name):
    corrupt, expected = CROSS[name]
    rows = valid_rows()
    corrupt(rows)
    verdict = judge(rows)
    assert failures(verdict) == expected
    assert verdict.is_held == any(severity == CRITICAL for severity, _ in expected.values())


def test_a_small_batch_of_rejects_is_flagged_but_not_held(judge):
    rows = {table.name: [] for table in STAGED} | {key: valid_rows()[key] for key in ("loads", "rejects")}
    for load in rows["loads"]:
        load |= {"found_count": 1, "parsed_count": 0}
    for reject in rows["rejects"]:
        reject |= {"position": 0, "reason": "empty_message"}
    verdict = judge(rows, past_counts=[], expected_count=None)
    assert failures(verdict) == warned(TENTH, count=2) | warned(SOME, count=None)
    assert not verdict.is_held


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"late_days": 1}, {}),
        ({"late_days": None}, warned(LATE)),
        ({"is_dated": False}, {}),
    ],
)
def test_mail_of_the_day_before_is_judged_by_what_the_feed_declares(judge, changes, expected):
    rows = valid_rows()
    recapture(rows, rows["messages"][0], datetime(2005, 2, 28, 23))
    assert failures(judge(rows, **changes)) == expected


def test_one_late_message_in_a_hundred_is_only_flagged(judge):
    rows = valid_rows(messages_a_load=50)
    recapture(rows, rows["messages"][0], datetime(2005, 3, 9))
    assert failures(judge(rows, expected_count=100, past_counts=[])) == warned(LATE, FUTURE)


def test_a_volume_unlike_the_past_and_the_declaration_is_flagged(judge):
    verdict = judge(valid_rows(), past_counts=[200, 210, 190, 205], expected_count=97)
    assert failures(verdict) == warned(PAST, DECLARED, count=None)
    assert [row["observed"] for row in verdict.failures()] == [
        "24 rows; usually 202: 102 to 303",
        "24 rows; declared 97: 25 to 388",
    ]
    assert not verdict.is_held


@pytest.mark.parametrize(
    ("past_counts", "lowest", "highest"),
    [
        ([24, 24, 24, 24], 12, 36),  # a feed that never varied may vary by half
        ([24, 24, 24, 24, 5000], 12, 36),  # one burst excuses no other
        ([10, 20, 30, 40], 0, 99),
        ([0, 0, 0, 0], 0, 0),
    ],
)
def test_the_usual_range_is_robust(past_counts, lowest, highest):
    assert usual_range(past_counts)[:2] == (lowest, highest)


def test_three_periods_are_no_past():
    names = [expectation.name for expectation in volume_expectations(batch(past_counts=[24, 24, 24]))]
    assert names == [SOME[1], DECLARED[1]]


def test_a_load_is_judged_alone_without_its_neighbours_faults(judge, tmp_path):
    rows = valid_rows()
    rows["loads"][0]["found_count"] = 14
    staging, reports = write_staged(tmp_path / "both", rows), tmp_path / "reports"
    alone = [judge_staged(staging, batch(load_ids=(load_id,)), reports) for load_id in LOAD_IDS]
    assert [verdict.is_held for verdict in alone] == [True, False]
    assert all(PAST[1] not in {row["expectation"] for row in verdict.results} for verdict in alone)


def test_a_load_that_is_not_staged_is_held(judge):
    verdict = judge(valid_rows(), load_ids=(*LOAD_IDS, "trap-a-absent"))
    assert failures(verdict) == critical(("loads", "every judged load is there"))


def test_a_batch_without_loads_is_refused():
    with pytest.raises(ValueError, match="nothing to judge"):
        batch(load_ids=())


def test_files_at_fault_are_verdicts(tmp_path):
    staging = write_staged(tmp_path / "staging", valid_rows())
    for path in (staging / "urls").iterdir():
        path.unlink()
    (staging / "urls").rmdir()
    (staging / "attachments" / "0.parquet").write_bytes(b"<script>alert(1)</script>")
    torn = staging / "rejects" / "1.parquet"
    torn.write_bytes(torn.read_bytes()[:-20])
    retype(staging / "received_hops" / "0.parquet", "hop", "string")
    retype(staging / "messages" / "0.parquet", "subject", None)
    verdict = judge_staged(staging, batch(), tmp_path / "reports")
    faulty = ("urls", "attachments", "rejects", "received_hops", "messages")
    assert failures(verdict) == critical(*((table, WHOLE) for table in faulty))
    observed = {row["table_name"]: row["observed"] for row in verdict.failures()}
    assert observed["urls"] == "1 row, such as file urls, problem missing"
    assert observed["rejects"] == "1 row, such as file 1.parquet, problem not a whole Parquet file"
    assert observed["messages"] == "1 row, such as file 0.parquet, problem no column subject"
    assert observed["received_hops"] == "1 row, such as file 0.parquet, problem another type in hop"
    assert "<script>" not in (tmp_path / "reports" / verdict.report).read_text()


def retype(path, column, kind):
    rows = pq.read_table(path)
    place = rows.schema.get_field_index(column)
    changed = rows.set_column(place, column, rows[column].cast(kind)) if kind else rows.remove_column(place)
    pq.write_table(changed, path)


@pytest.mark.parametrize("table", ["loads", "messages"])
def test_a_broken_page_inside_a_file_is_a_verdict(tmp_path, table):
    rows = valid_rows()
    for row in rows[table]:
        row["name" if table == "loads" else "subject"] = "x" * 500
    staging = write_staged(tmp_path / "staging", rows)
    path = staging / table / "0.parquet"
    column = TABLES[table].schema.get_field_index("name" if table == "loads" else "subject")
    chunk = pq.ParquetFile(path).metadata.row_group(0).column(column)
    content = bytearray(path.read_bytes())
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    content[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    path.write_bytes(content)
    verdict = judge_staged(staging, batch(), tmp_path / "reports")
    assert failures(verdict) == critical((table, WHOLE))
