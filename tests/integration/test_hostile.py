"""Hostile files, from the feed's folder to the lake: each ends as a row, a reject or a held load."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import tarfile
import threading
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.integration.conftest import World
from tests.mail import day_of_mail, feeds_toml, mbox, message
from tests.once import made_once
from transforms import steps
from transforms.fetch import SourceUnreachable
from transforms.settings import Settings
from transforms.steps.verifying import verify

DAY = date(2005, 3, 1)
NOON = datetime(2005, 3, 1, 12)
HEAD = b"From: a@b.example\nSubject: hostile\n"
GOOD = day_of_mail(DAY, 3)


def zipped(entries: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(entries: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in entries.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def nested_parts(depth: int) -> bytes:
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(depth))
    return HEAD + opened + b"Content-Type: text/plain\n\ndeep\n"


PARSED, REJECTED, HELD = "parsed", "rejected", "held"
FILES = {
    "semicolons": ("eml", HEAD + b"Content-Type: text/plain" + b";" * 200_000 + b"\n\nbody\n", PARSED, None),
    "nested": ("eml", nested_parts(10_000), PARSED, "nesting_limit"),
    "long-line": ("eml", HEAD + b"\n" + b"x" * 50_000_000, HELD, "message_too_large"),
    "zip-bomb": ("zip", zipped({"bomb.eml": HEAD + b"\n" + b"0" * 300_000_000}), HELD, "archive_ratio_limit"),
    "gz-bomb": ("mbox.gz", gzip.compress(mbox([HEAD + b"\n" + b"0" * 300_000_000])), HELD, "archive_ratio_limit"),
    "cut-gz": ("mbox.gz", gzip.compress(mbox(day_of_mail(DAY, 500)))[:-2_000], HELD, "container_truncated"),
    "cut-bz2": ("mbox.bz2", bz2.compress(mbox(day_of_mail(DAY, 500)))[:-200], HELD, "container_truncated"),
    "nul": ("eml", HEAD + b"X-Nul: a\0b\n\nbody \0 with \0 nul\n", PARSED, "nul_bytes"),
    "climbing": ("tar", tarred({"../../climbed": GOOD[0], "/etc/climbed": GOOD[1]}), PARSED, None),
    "empty": ("mbox", b"", REJECTED, "empty_container"),
    "noise": ("mbox", bytes(range(256)) * 400, HELD, "not_a_message"),
}


def hostile_world(folder: Path) -> World:
    """Every hostile file is a feed of its own; the world is below the folder."""
    place = folder / "world"
    place.mkdir(exist_ok=True)
    feeds = {name: {"url": f"{name}.{suffix}"} for name, (suffix, *_) in FILES.items()}
    return World(place, Settings((place / "lake").resolve(), feeds_toml(place, **feeds)))


@pytest.fixture(scope="module")
def landed(tmp_path_factory) -> tuple[World, dict]:
    """Every hostile file through all stations of its feed; what became of each. Only to be read."""

    def make(folder: Path) -> None:
        made = hostile_world(folder)
        for name, (suffix, content, _, _) in FILES.items():
            (made.folder / f"{name}.{suffix}").write_bytes(content)
        ended = {name: made.stations(name, DAY) for name in FILES}
        (folder / "ended.json").write_text(json.dumps(ended))

    folder = made_once(tmp_path_factory, "hostile", make)
    return hostile_world(folder), json.loads((folder / "ended.json").read_text())


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_as_a_row_a_reject_or_a_held_load(landed, name):
    made, ended = landed
    _, _, fate, reason = FILES[name]
    if fate == HELD:
        assert len(ended[name]["held"]) == 1
        held = made.rows(
            "select distinct observed from gate_results "
            f"where feed = '{name}' and severity = 'critical' and not is_success and table_name = 'rejects'"
        )
        assert len(held) == 1
        return
    assert len(ended[name]["published"]) == 1
    found, parsed, rejected = made.rows(
        f"select found_count, parsed_count, rejected_count from loads where feed = '{name}'"
    )[0]
    assert found == parsed + rejected > 0
    assert (parsed if fate == PARSED else rejected) == found
    if fate == REJECTED:
        assert made.rows(f"select distinct reason from rejects where feed = '{name}'") == [(reason,)]
    elif reason:
        assert made.rows(f"select list_contains(defects, '{reason}') from messages where feed = '{name}'") == [(True,)]


def test_an_entry_that_climbs_is_only_a_label(landed):
    made, _ = landed
    names = made.rows("select entry_name from messages where feed = 'climbing' order by position")
    assert names == [("../../climbed",), ("/etc/climbed",)]
    assert not list(made.folder.parent.rglob("climbed"))


def test_every_hostile_byte_is_accounted_for(landed):
    made, _ = landed
    assert verify(made.settings)["findings"] == []


def test_a_file_that_grows_while_it_is_read_is_left_for_later(world, tmp_path):
    made = world(trap={"url": "growing.mbox"})
    source = tmp_path / "growing.mbox"
    source.write_bytes(mbox([*GOOD, HEAD + b"\n" + b"x" * 60 * 2**20]))
    growing = threading.Event()

    def grow():
        while not growing.is_set():
            with source.open("ab") as file:
                file.write(mbox([message(7, NOON)]))
            time.sleep(0.001)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        with pytest.raises(SourceUnreachable, match=r"growing\.mbox"):
            steps.land(made.settings, "trap", DAY)
    finally:
        growing.set()
        writer.join()
    assert made.rows("select count(*) from loads") == [(0,)]
    made.stations("trap", DAY)
    expected = source.read_bytes().count(b"\nFrom: ")
    assert made.rows("select found_count from loads") == [(expected,)]
