"""Real mail, where it is at hand: as many messages come out of the archives as went in."""

import io
import tarfile

import pytest
import zstandard

from tests.integration.corpora import CORPORA
from transforms.feeds import BrokenPlace, read_container


def read(name: str, format: str | None) -> list:
    path = CORPORA / f"{name}.tar.zst"
    if not path.exists():
        pytest.skip(f"no real mail at hand: put {path.name} into ../shared/corpora beside the project")
    return list(read_container(path, path.name, format))


@pytest.mark.parametrize(
    ("name", "format", "count"),
    [
        ("spamassassin", "eml", 6046 + 3),  # licence, notice and a script lie beside the messages
        ("spamassassin", None, 6046 + 3),
        ("untroubled-2015-03", "eml", 7821),
        ("untroubled-2015-03", None, 7821),
        ("nazario-2005", "mbox", 1308),
        ("nazario-2005", None, 1308),
        ("mime-suites", "eml", 1455 + 1),  # one of the files is a zip of two
    ],
)
def test_every_message_of_a_corpus_is_found(name, format, count):
    found = read(name, format)
    assert not [item for item in found if isinstance(item, BrokenPlace)]
    assert len(found) == count


def test_envelopes_of_real_mboxes_are_all_understood():
    for name, format in (("nazario-2005", None), ("spamassassin", "eml")):
        messages = read(name, format)
        starting = [item for item in messages if item.envelope_at]
        assert all(2000 < item.envelope_at.year < 2006 for item in starting)
        assert not [item for item in messages if item.content.startswith(b"From ") and item.envelope_at is None]
        assert len(starting) > 1000


def test_what_comes_out_is_what_lies_in_the_archive():
    """Message for message, against the archive's own plain bytes, read by another reader."""
    path = CORPORA / "untroubled-2015-03.tar.zst"
    messages = {item.entry_name: item.content for item in read("untroubled-2015-03", "eml")}
    with path.open("rb") as file:
        plain = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(file).read()
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        assert messages == {entry.name: archive.extractfile(entry).read() for entry in archive if entry.isfile()}
