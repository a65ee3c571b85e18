"""Every container format and compression can be read back, byte for byte."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import mailbox
import tarfile
from datetime import date

import pyarrow.parquet as pq
import pytest
import zstandard

from transforms.simulate import Scenario, SimulatedFeed, simulate
from transforms.simulate.containers import feed_file
from transforms.simulate.copies import Copy

DAY = date(2005, 4, 1)
UNPACK = {
    "": bytes,
    "gz": gzip.decompress,
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
    "zst": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}


def written(tmp_path, **options):
    """The path of a day's file and the digests that the truth has of it."""
    feed = SimulatedFeed("trap", ("mx.trap.example",), mail_server="exim", **options)
    simulate(Scenario(1, DAY, DAY, 40, (feed,), campaign_count=20, ring_count=3), tmp_path)
    rows = pq.read_table(tmp_path / "truth" / "messages.parquet").to_pylist()
    assert len(rows) > 20
    return tmp_path / "trap" / f"{DAY}{feed.suffix}", [row["message_sha256"] for row in rows]


def digest(raw):
    return hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize("compression", UNPACK)
def test_mbox(compression, tmp_path):
    path, digests = written(tmp_path, format="mbox", compression=compression)
    plain = tmp_path / "plain"
    plain.write_bytes(UNPACK[compression](path.read_bytes()))
    box = mailbox.mbox(plain)
    assert [digest(box.get_bytes(k).replace(b"\n>From ", b"\nFrom ")) for k in box.keys()] == digests  # noqa: SIM118


@pytest.mark.parametrize("compression", ["", "zst"])
def test_tar(compression, tmp_path):
    path, digests = written(tmp_path, format="tar", compression=compression)
    with tarfile.open(fileobj=io.BytesIO(UNPACK[compression](path.read_bytes()))) as tar:
        assert [digest(tar.extractfile(member).read()) for member in tar] == digests


def test_maildir(tmp_path):
    path, digests = written(tmp_path, format="maildir", compression="")
    assert {p.name for p in path.iterdir()} == {"new", "cur", "tmp"}
    assert [digest(p.read_bytes()) for p in sorted((path / "new").iterdir())] == digests


def test_folder_of_message_files(tmp_path):
    path, digests = written(tmp_path, format="eml", compression="")
    assert [digest(p.read_bytes()) for p in sorted(path.iterdir())] == digests


def test_lines_that_begin_with_from_are_quoted(tmp_path):
    feed = SimulatedFeed("trap", ("mx.trap.example",), compression="")
    raw = b"Subject: x\n\nFrom here on\n>From quoted\nno From here\n"
    with feed_file(feed, tmp_path / "a.mbox") as file:
        file.add(Copy(raw, "", 0, "192.0.2.1", "192.0.2.1"))
    text = (tmp_path / "a.mbox").read_bytes()
    assert b"\n>From here on\n>>From quoted\nno From here\n\n" in text
    assert text.startswith(b"From MAILER-DAEMON  Thu Jan  1 00:00:00 1970\n")


def test_an_earlier_file_is_replaced_as_a_whole(tmp_path):
    path, digests = written(tmp_path, format="eml", compression="")
    (path / "000000000.eml").write_bytes(b"old")
    (path / "left-over.eml").write_bytes(b"old")
    _, again = written(tmp_path, format="eml", compression="")
    assert [digest(p.read_bytes()) for p in sorted(path.iterdir())] == digests == again


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Trap A"},
        {"trap_hosts": ()},
        {"format": "pst"},
        {"compression": "rar"},
        {"cadence": "hour"},
        {"mail_server": "exchange"},
        {"format": "maildir", "compression": "gz"},
    ],
)
def test_wrong_feeds_are_refused(wrong):
    with pytest.raises(ValueError, match="feed"):
        SimulatedFeed(**{"name": "trap", "trap_hosts": ("mx.trap.example",), **wrong})
