"""Maildirs: names without flags, no mail twice, none lost, none half delivered."""

import hashlib
import tarfile

import pytest

MAIL = b"From: a@sender.example\n\nhello\n"


@pytest.fixture
def deliver(tmp_path):
    """Write a mail into the Maildir."""

    def deliver(name, content=MAIL):
        path = tmp_path / "Maildir" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return deliver


def test_other_bytes_under_one_unique_name_are_another_mail(pull, tmp_path, deliver):
    for name in ("cur/1.host:2,RS", "cur/1.host:2,S", "new/1.host", "new/2.host"):
        deliver(name, name.encode())
    (arrival,) = pull(tmp_path / "Maildir")
    with tarfile.open(arrival.path) as archive:
        held = {entry.name: archive.extractfile(entry).read() for entry in archive}
    assert held == {
        "1.host": b"cur/1.host:2,RS",
        "cur/1.host:2,S": b"cur/1.host:2,S",
        "new/1.host": b"new/1.host",
        "2.host": b"new/2.host",
    }
    assert [member.name for member in arrival.members] == sorted(held)


def test_a_mail_that_is_filed_while_the_folder_is_listed_comes_once(pull, tmp_path, deliver):
    deliver("cur/1.host:2,S")
    deliver("new/1.host")
    (arrival,) = pull(tmp_path / "Maildir")
    assert [(member.name, member.sha256) for member in arrival.members] == [
        ("1.host", hashlib.sha256(MAIL).hexdigest())
    ]


@pytest.mark.parametrize("other", ["new", "tmp"])
def test_a_maildir_without_all_of_its_folders(pull, tmp_path, deliver, other):
    deliver("cur/1.host:2,S")
    deliver(f"{other}/2.host")
    deliver("dovecot-uidlist")
    (arrival,) = pull(tmp_path / "Maildir")
    assert [member.name for member in arrival.members] == (["1.host", "2.host"] if other == "new" else ["1.host"])


def test_maildirs_below_a_folder(pull, tmp_path, deliver):
    for name in ("cur/1.host:2,S", "new/2.host", "tmp/3.host", ".Junk/cur/4.host"):
        deliver(name)
    (arrival,) = pull(tmp_path)
    assert [member.name for member in arrival.members] == ["Maildir/1.host", "Maildir/2.host"]
