"""Local sources: what is new, unchanged or absent; folders that are packed; files that resist."""

import hashlib
import os
import socket
import stat
import tarfile
from datetime import datetime

import pytest
from pulls import DAY, as_seen, refuse

from transforms.catalogue import CatalogueError, Feed
from transforms.fetch import SourceUnreachable, fetch
from transforms.fetch import stable as stable_module

MAIL = b"From: a@sender.example\n\nhello\n"


def unpack(arrival):
    with tarfile.open(arrival.path) as archive:
        return {entry.name: archive.extractfile(entry).read() for entry in archive}


def test_a_file(pull, tmp_path, inbox):
    source = tmp_path / "2005-03-01.mbox"
    source.write_bytes(MAIL)
    os.utime(source, ns=(0, 1_109_640_000_123_456_789))
    (arrival,) = pull(tmp_path / "{date}.mbox")
    assert (arrival.outcome, arrival.name, arrival.source_url) == ("new", "2005-03-01.mbox", str(source))
    assert (arrival.sha256, arrival.file_bytes) == (hashlib.sha256(MAIL).hexdigest(), len(MAIL))
    assert arrival.modified_at == datetime(2005, 3, 1, 1, 20, 0, 123456)
    assert arrival.path.parent == inbox and arrival.path.read_bytes() == MAIL
    assert arrival.path.stat().st_ino != source.stat().st_ino
    assert source.read_bytes() == MAIL


def test_a_file_that_did_not_change_is_not_read(pull, tmp_path, monkeypatch):
    source = tmp_path / "a.mbox"
    source.write_bytes(MAIL)
    seen = as_seen(pull(source))
    refuse({source}, monkeypatch)
    (arrival,) = pull(source, seen)
    assert (arrival.outcome, arrival.path, arrival.sha256) == ("unchanged", None, hashlib.sha256(MAIL).hexdigest())


def test_a_file_that_changed_is_new(pull, tmp_path):
    source = tmp_path / "a.mbox"
    source.write_bytes(MAIL)
    seen = as_seen(pull(source))
    source.write_bytes(MAIL * 2)
    assert [arrival.outcome for arrival in pull(source, seen)] == ["new"]


@pytest.mark.parametrize("url", ["none/{date}.mbox", "none/*.mbox", "none/here.mbox"])
def test_a_folder_that_is_not_there_is_out_of_reach(pull, tmp_path, url):
    with pytest.raises(SourceUnreachable, match="none: no such folder"):
        pull(tmp_path / url)


@pytest.mark.parametrize("url", ["{date}.mbox", "{year}/{date}.mbox", "*.mbox", "*/*.eml", "empty"])
def test_nothing_there_is_absent(pull, tmp_path, url):
    (tmp_path / "empty").mkdir()
    (arrival,) = pull(tmp_path / url)
    assert (arrival.outcome, arrival.name, arrival.path) == ("absent", None, None)


def test_a_glob_of_mboxes_gives_each(pull, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "day.mbox").write_bytes(name.encode())
    found = pull(tmp_path / "*" / "*.mbox")
    assert {arrival.name: arrival.path.read_bytes() for arrival in found} == {"a/day.mbox": b"a", "b/day.mbox": b"b"}


@pytest.mark.parametrize(("pattern", "format"), [("*.eml", None), ("*", "eml"), ("*", "maildir")])
def test_a_glob_of_messages_is_packed(pull, tmp_path, pattern, format):
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.eml").write_bytes(MAIL + bytes([48 + number]))
    (arrival,) = pull(tmp_path / "in" / pattern, format=format)
    assert unpack(arrival) == {f"{number}.eml": MAIL + bytes([48 + number]) for number in range(3)}


def test_archives_among_messages_are_copied_as_they_are(pull, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.eml").write_bytes(MAIL)
    (tmp_path / "in" / "2.gz").write_bytes(b"\x1f\x8b\x08 and so on")
    found = pull(tmp_path / "in" / "*", format="eml")
    assert sorted((arrival.name, len(arrival.members)) for arrival in found) == [("*.tar", 1), ("2.gz", 0)]


def test_a_folder_is_packed_the_same_way_every_time(pull, tmp_path):
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    for name in ("b.eml", "a.eml", "deep/" + "n" * 150 + "é.eml", ".hidden"):
        (folder / name).write_bytes(MAIL + name.encode())
    (first,) = pull(folder)
    names = ["a.eml", "b.eml", "deep/" + "n" * 150 + "é.eml"]
    assert unpack(first) == {name: MAIL + name.encode() for name in names}
    assert [member.name for member in first.members] == names
    assert first.members[0].sha256 == hashlib.sha256(MAIL + b"a.eml").hexdigest()
    assert first.sha256 == hashlib.sha256(first.path.read_bytes()).hexdigest()
    assert first.file_bytes == first.path.stat().st_size
    os.utime(folder / "a.eml", (1, 1))
    assert pull(folder)[0].sha256 == first.sha256


def test_a_folder_brings_only_what_is_new(pull, tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("read", "touched", "changed"):
        (folder / name).write_bytes(MAIL)
    seen = as_seen(pull(folder))
    os.utime(folder / "touched", (1, 1))
    (folder / "changed").write_bytes(MAIL * 2)
    (folder / "added").write_bytes(MAIL)
    refuse({folder / "read"}, monkeypatch)
    packed, touched = pull(folder, seen)
    assert unpack(packed) == {"added": MAIL, "changed": MAIL * 2}
    assert [member.name for member in packed.members] == ["added", "changed"]
    assert [(touched.outcome, touched.name, touched.path)] == [("unchanged", "in.tar", None)]
    (member,) = touched.members
    assert (member.name, member.outcome, member.sha256) == ("touched", "unchanged", hashlib.sha256(MAIL).hexdigest())
    assert member.modified_at == datetime(1970, 1, 1, 0, 0, 1)


def test_a_touched_folder_is_read_once(pull, tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / name).write_bytes(MAIL)
    seen = as_seen(pull(folder))
    for name in ("a", "b"):
        os.utime(folder / name, (1, 1))
    touched = pull(folder, seen)
    assert [(arrival.outcome, len(arrival.members)) for arrival in touched] == [("unchanged", 2)]
    refuse({folder / "a", folder / "b"}, monkeypatch)
    (arrival,) = pull(folder, seen | as_seen(touched))
    assert (arrival.outcome, arrival.members) == ("unchanged", ())


def test_a_folder_is_asked_for_in_order_of_name(inbox, tmp_path):
    folder = tmp_path / "in"
    (folder / "a").mkdir(parents=True)
    for name in ("a/1", "a.b", os.fsdecode(b"\xe9"), "é", "z", "Z"):
        (folder / name).write_bytes(MAIL)
    asked = []

    class History:
        def get(self, name):
            asked.append(name)

    list(fetch(Feed("trap", str(folder)), DAY, inbox, History()))
    assert asked == sorted(asked) and len(asked) == 6


def test_a_folder_without_anything_new_is_unchanged(pull, tmp_path, inbox):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a").write_bytes(MAIL)
    seen = as_seen(pull(folder))
    for path in inbox.iterdir():
        path.unlink()
    (arrival,) = pull(folder, seen)
    assert (arrival.outcome, arrival.name, arrival.members) == ("unchanged", "in.tar", ())
    assert not list(inbox.iterdir())


def test_a_folder_a_day_keeps_its_day_in_the_names(pull, tmp_path):
    (tmp_path / "2005-03-01").mkdir()
    (tmp_path / "2005-03-01" / "1.eml").write_bytes(MAIL)
    (arrival,) = pull(tmp_path / "{date}")
    assert [member.name for member in arrival.members] == ["2005-03-01/1.eml"]


def test_a_maildir(pull, tmp_path):
    for place in ("cur", "new", "tmp"):
        (tmp_path / "Maildir" / place).mkdir(parents=True)
    (tmp_path / "Maildir" / "cur" / "1.host:2,S").write_bytes(MAIL + b"1")
    (tmp_path / "Maildir" / "new" / "2.host").write_bytes(MAIL + b"2")
    (tmp_path / "Maildir" / "tmp" / "3.host").write_bytes(MAIL + b"3")
    (arrival,) = pull(tmp_path / "Maildir", format="maildir")
    assert unpack(arrival) == {"1.host": MAIL + b"1", "2.host": MAIL + b"2"}


def test_a_mail_that_was_filed_and_flagged_is_the_same_mail(pull, tmp_path):
    maildir = tmp_path / "Maildir"
    for place in ("cur", "new"):
        (maildir / place).mkdir(parents=True)
    (maildir / "new" / "1.host").write_bytes(MAIL)
    seen = as_seen(pull(maildir))
    (maildir / "new" / "1.host").rename(maildir / "cur" / "1.host:2,RS")
    assert [arrival.outcome for arrival in pull(maildir, seen)] == ["unchanged"]


def test_links_out_pipes_and_sockets_are_passed_over(pull, tmp_path, caplog):
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / "a").write_bytes(MAIL)
    (folder / "inside").symlink_to(folder / "a")
    (folder / "outside").symlink_to(tmp_path / "secret")
    (folder / "nowhere").symlink_to(tmp_path / "nothing")
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket"))
        for url in (folder, folder / "*"):
            (arrival,) = pull(url, format="eml")
            assert unpack(arrival) == {"a": MAIL, "inside": MAIL}
    assert "links out of its folder" in caplog.text
    assert "pipe is passed over" in caplog.text


def test_a_pipe_as_the_source_is_an_error_and_never_a_wait(pull, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceUnreachable, match="pipe is not a plain file; name one"):
        pull(tmp_path / "pipe")


def test_what_cannot_be_read_is_reported_after_what_can(inbox, tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / name).write_bytes(MAIL)
    refuse({folder / "b"}, monkeypatch)
    arrivals = fetch(Feed("trap", str(folder)), DAY, inbox, {})
    assert unpack(next(arrivals)) == {"a": MAIL, "c": MAIL}
    with pytest.raises(SourceUnreachable, match=r"in/b cannot be read: Permission denied; check"):
        next(arrivals)


def test_an_unreadable_file(pull, tmp_path, monkeypatch, inbox):
    (tmp_path / "a").write_bytes(MAIL)
    refuse({tmp_path / "a"}, monkeypatch)
    with pytest.raises(SourceUnreachable, match=r"a cannot be read: Permission denied; check permissions"):
        pull(tmp_path / "a")
    assert not list(inbox.iterdir())


def test_files_that_vanish_are_passed_over(pull, tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / name).write_bytes(MAIL)
    original = os.open

    def vanishing(path, *rest, **keys):
        if path == folder / "a":
            path.unlink(missing_ok=True)
        return original(path, *rest, **keys)

    monkeypatch.setattr(stable_module.os, "open", vanishing)
    (arrival,) = pull(folder)
    assert unpack(arrival) == {"b": MAIL}


def growing(source, monkeypatch, times):
    """A writer that appends to the file while it is read."""
    original = stable_module._copy

    def copy(file, target):
        result = original(file, target)
        if times and times.pop():
            with source.open("ab") as writer:
                writer.write(MAIL)
        return result

    monkeypatch.setattr(stable_module, "_copy", copy)


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_file_that_grows_while_it_is_read_is_read_again(pull, pauses, tmp_path, monkeypatch, is_folder):
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "a"
    source.write_bytes(MAIL)
    growing(source, monkeypatch, [True, True])
    (arrival,) = pull(tmp_path / "in" if is_folder else source)
    assert (unpack(arrival)["a"] if is_folder else arrival.path.read_bytes()) == MAIL * 3
    assert pauses == [1.0, 1.0]


def test_a_file_that_keeps_growing_is_left_for_later(pull, pauses, tmp_path, monkeypatch, inbox):
    source = tmp_path / "a"
    source.write_bytes(MAIL)
    growing(source, monkeypatch, [True] * 9)
    with pytest.raises(SourceUnreachable, match="a is still being written; let the next pull take it"):
        pull(source)
    assert pauses == [1.0] * 3
    assert not list(inbox.iterdir())


def test_a_growing_file_in_a_folder_does_not_hold_up_the_others(inbox, tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a").write_bytes(MAIL)
    (folder / "b").write_bytes(MAIL)
    original = stable_module._copy

    def copy(file, target):
        result = original(file, target)
        if os.fstat(file.fileno()).st_ino == (folder / "a").stat().st_ino:
            with (folder / "a").open("ab") as writer:
                writer.write(MAIL)
        return result

    monkeypatch.setattr(stable_module, "_copy", copy)
    arrivals = fetch(Feed("trap", str(folder)), DAY, inbox, {}, sleep=lambda _: None)
    assert unpack(next(arrivals)) == {"b": MAIL}
    with pytest.raises(SourceUnreachable, match="in/a is still being written"):
        next(arrivals)


def test_the_source_is_left_as_it_was(pull, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a").write_bytes(MAIL)
    before = [(path.name, path.stat().st_mtime_ns, stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()]
    pull(folder)
    after = [(path.name, path.stat().st_mtime_ns, stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()]
    assert after == before


def test_a_name_that_is_no_text_is_spelled_out(pull, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9")).write_bytes(MAIL)
    (arrival,) = pull(folder)
    assert [member.name for member in arrival.members] == [r"caf\xe9"]


def test_an_unknown_transport(pull):
    with pytest.raises(CatalogueError, match=r"feed 'trap': key url: no transport for gopher://; use a path"):
        pull("gopher://old.example/spam")
