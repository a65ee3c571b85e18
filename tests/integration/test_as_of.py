"""Which publication was read on a night: how it is remembered, and what is said of one that nobody knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from transforms.lake import Lake
from transforms.publications import NeverPublished, publication_as_of, publications, remember
from transforms.steps import publishing


@pytest.fixture
def lake(tmp_path) -> Lake:
    lake = Lake(tmp_path / "lake")
    lake.create()
    return lake


def published(lake: Lake, snapshot_id: int, at: str) -> Path:
    folder = lake.publications / f"{at[:10]}-{snapshot_id}"
    folder.mkdir(parents=True)
    (folder / "publication.json").write_text(
        json.dumps({"snapshot_id": snapshot_id, "published_at": at, "report": None})
    )
    return folder


def test_a_publication_outlives_its_folder_in_memory(lake):
    for snapshot, at in ((0, "2005-03-01T05:00:00"), (1, "2005-03-02T05:00:00"), (1, "2005-03-03T05:00:00")):
        folder = published(lake, snapshot, at)
        remember(lake, folder)
        remember(lake, folder)  # as after a kill before the folder was removed
    assert [each["published_at"][:10] for each in publications(lake)] == ["2005-03-01", "2005-03-02", "2005-03-03"]
    assert publication_as_of(lake, "2005-03-01")["snapshot_id"] == 0
    assert publication_as_of(lake, "2005-03-02T04:59:59")["snapshot_id"] == 0
    assert publication_as_of(lake, "2005-03-02T07:30:00+03:00")["snapshot_id"] == 0
    assert publication_as_of(lake, "1")["published_at"] == "2005-03-03T05:00:00"
    assert publishing.KEPT_PUBLICATIONS < 4


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2005-02-28", "nothing was published by then"),
        ("7", "never published"),
        ("yesterday", "give a day"),
        ("2005-03-02", "has expired"),
        ("", "give a day"),
    ],
)
def test_what_cannot_be_told_is_said(lake, said, why):
    published(lake, 0, "2005-03-01T05:00:00")
    published(lake, 999, "2005-03-02T05:00:00")
    with pytest.raises(NeverPublished, match=why):
        publication_as_of(lake, said)
