"""Facts are read by other processes, however few they are."""

from __future__ import annotations

import os

import pyarrow as pa
import pytest

from transforms.lake import Lake
from transforms.steps.fact_readers import FactReaders, Reading


def _pids(batch: pa.RecordBatch) -> dict[str, pa.Table]:
    return {"read": pa.table({"pid": [os.getpid()] * batch.num_rows, "fact": batch["fact"]})}


def _nothing() -> dict[str, pa.Table]:
    return {"read": pa.schema({"pid": pa.int64(), "fact": pa.int64()}).empty_table()}


@pytest.mark.parametrize("row_count", [0, 1, 50, 500])
def test_no_fact_is_read_in_this_process_and_none_is_lost(tmp_path, row_count):
    lake = Lake(tmp_path / "lake")
    with lake.write():
        pass
    facts = Reading("SELECT range AS fact FROM range($count)", _pids, _nothing, lambda _, count: {"count": count}, 20)
    with FactReaders(lake, facts, row_count) as readers:
        [(_, tables)] = readers.each([row_count])
    assert sorted(tables["read"]["fact"].to_pylist()) == list(range(row_count))
    assert os.getpid() not in tables["read"]["pid"].to_pylist()
