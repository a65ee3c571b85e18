"""A held load and what comes after it: nothing it holds is lost, nothing gives way to what is not counted."""

from __future__ import annotations

import gzip
import os
from datetime import date

import pytest

from tests.mail import day_of_mail, feeds_toml, mbox
from transforms import steps
from transforms.steps import building
from transforms.steps.releasing import release
from transforms.steps.verifying import verify

D1, D2 = date(2005, 3, 1), date(2005, 3, 2)
MAIL = day_of_mail(D1, 40)


def packed(mail: list[bytes]) -> bytes:
    """An mbox.gz whose first two thirds still hold some messages."""
    return gzip.compress(mbox([raw + repr(raw).encode() for raw in mail]), mtime=0)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "trap"
    place.mkdir()
    return place


@pytest.fixture
def held_folder(world, folder):
    """A folder feed whose one broken member holds all of it."""
    made = world(trap={"url": "trap"})
    for number, raw in enumerate(MAIL[:5]):
        (folder / f"{number}.eml").write_bytes(raw)
    whole = packed(MAIL[5:25])
    (folder / "late.mbox.gz").write_bytes(whole[:-12])
    assert made.stations("trap", D1)["held"]
    (folder / "late.mbox.gz").write_bytes(whole)
    return made


def counts(made) -> dict[str, int]:
    return dict(made.rows("select status, count(*) from loads group by all"))


def test_a_folder_repaired_in_one_member_keeps_all_the_others(held_folder):
    assert held_folder.stations("trap", D2)["held"] == []
    assert held_folder.rows("select count(*) from messages") == [(25,)]
    assert counts(held_folder) == {"published": 1, "superseded": 1}
    [(load_id,)] = held_folder.rows("select load_id from loads where status = 'published'")
    assert verify(held_folder.settings) | {"file_bytes": 0} == {
        "findings": [],
        "notes": [f"{load_id} is not grouped yet; run `spamledger group`"],
        "load_count": 2,
        "file_bytes": 0,
        "message_count": 25,
    }


def test_a_held_folder_whose_members_left_the_source_stays_held(held_folder, folder):
    (folder / "0.eml").unlink()
    assert held_folder.stations("trap", D2)["held"] == []
    assert counts(held_folder) == {"published": 1, "held": 1}
    ((held,),) = held_folder.rows("select load_id from loads where status = 'held'")
    release(held_folder.settings, held, "0.eml is nowhere else")
    assert held_folder.rows("select count(*) from messages") == [(25,)]
    assert verify(held_folder.settings)["findings"] == []


def test_a_held_load_takes_no_message_from_a_whole_one(world, folder):
    made = world(trap={"url": "trap/{date}*.gz", "format": "mbox"})
    whole = packed(MAIL)
    (folder / f"{D1}-a.gz").write_bytes(whole[: len(whole) // 2])
    (folder / f"{D1}-b.gz").write_bytes(whole)
    done = made.stations("trap", D1)
    assert (len(done["published"]), len(done["held"])) == (1, 1)
    assert made.rows("select count(*) from messages") == [(40,)]
    assert counts(made) == {"published": 1, "held": 1}
    assert made.rows("select count(*) > 0 from gate_results where not is_success and severity = 'critical'") == [
        (True,)
    ]
    release(made.settings, done["held"][0], "to see that it adds nothing")
    assert made.rows("select count(*) from messages") == [(40,)]
    assert verify(made.settings)["findings"] == []


def test_a_wrong_format_is_held_and_can_be_corrected(world, folder, tmp_path):
    made = world(trap={"url": "trap/{date}.gz", "format": "eml"})
    (folder / f"{D1}.gz").write_bytes(gzip.compress(b"no header\n\n" * 3 + mbox(MAIL)))
    assert made.stations("trap", D1)["held"]
    feeds_toml(tmp_path, trap={"url": "trap/{date}.gz", "format": "mbox"})
    (load_id,) = made.judged("trap", D1)["published"]
    assert made.rows("select load_id, format, parsed_count, rejected_count from loads") == [(load_id, "mbox", 40, 1)]


def test_what_an_undated_feed_landed_before_a_kill_is_parsed_the_next_night(world, folder):
    made = world(trap={"url": "trap/all.mbox"})
    (folder / "all.mbox").write_bytes(mbox(MAIL))
    steps.land(made.settings, "trap", D1)
    assert made.stations("trap", D2)["held"] == []
    assert made.rows("select load_date, parsed_count from loads") == [(D2, 40)]
    assert made.rows("select count(*) from messages") == [(40,)]
    assert verify(made.settings)["findings"] == []


def test_a_feed_named_candidates_has_its_own_place(world, folder, monkeypatch):
    monkeypatch.setattr(building, "run_dbt", lambda *_: None)
    made = world(candidates={"url": "trap/{date}.mbox"})
    (folder / f"{D1}.mbox").write_bytes(mbox(MAIL))
    steps.land(made.settings, "candidates", D1)
    steps.parse(made.settings, "candidates", D1)
    assert steps.build(made.settings)["changed"]
    assert len(steps.gate(made.settings, "candidates", D1)["passed"]) == 1


def test_a_touched_member_is_read_once_and_then_known_again(world, folder, monkeypatch):
    made = world(trap={"url": "trap"})
    (folder / "a.eml").write_bytes(MAIL[0])
    made.stations("trap", D1)
    os.utime(folder / "a.eml", (1_000_000_000, 1_000_000_000))
    assert steps.land(made.settings, "trap", D2)["outcomes"] == {"unchanged": 1}
    assert made.rows("select count(*) from deliveries d join loads using (load_id) where d.outcome = 'unchanged'") == [
        (1,)
    ]
    monkeypatch.setattr("transforms.fetch.packing.copy_stable", lambda *_: pytest.fail("read again"))
    steps.land(made.settings, "trap", D2)
