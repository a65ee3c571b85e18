"""A disk that is full is the machine's fault: an error that names the remedy, and never a reject."""

import os
import resource
import tempfile

import container_bytes as made
import pytest

from transforms.feeds import read_container

MAIL = made.message(1)


@pytest.fixture
def small_files():
    """Let no file of this process grow beyond 64 KiB, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 10, before[1]))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def nested(size: int, build=made.zipped) -> bytes:
    return made.tar({"first.eml": MAIL, "inner": build({"noise.eml": os.urandom(size)})})


@pytest.mark.parametrize("build", [made.zipped, made.seven_zip])
@pytest.mark.parametrize("size", [1 << 20, (64 << 10) + 10])
def test_no_room_for_a_temporary_copy(tmp_path, monkeypatch, small_files, build, size):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    (tmp_path / "landed").write_bytes(nested(size, build))
    small_files()
    found = read_container(tmp_path / "landed", "landed")
    assert next(found).content == MAIL
    with pytest.raises(OSError, match=r"temporary file \(File too large\).*TMPDIR") as error:
        list(found)
    assert error.value.filename == str(folder)
    assert not list(folder.iterdir())


def test_no_folder_for_temporary_files(read, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(OSError, match=r"TMPDIR.*absent"):
        read(nested(100))
