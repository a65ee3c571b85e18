"""What cannot be read holds up nothing else, and is told in the end."""

import errno
import os

import pytest
from pulls import DAY, refuse

from transforms.catalogue import Feed
from transforms.fetch import SourceUnreachable, fetch
from transforms.fetch import stable as stable_module

MAIL = b"From: a@sender.example\n\nhello\n"


@pytest.fixture
def tree(tmp_path):
    """Files a.mbox to c.mbox, and folders a and b with day.mbox."""
    for name in ("a.mbox", "b.mbox", "c.mbox", "a/day.mbox", "b/day.mbox"):
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path / "source"


def pull_and_fail(url, inbox, **keys):
    """Names (of members too) that came, and what was told then."""
    names = []
    with pytest.raises(SourceUnreachable) as raised:
        for arrival in fetch(Feed("trap", str(url), **keys), DAY, inbox, {}, sleep=lambda _: None):
            names += [member.name for member in arrival.members] or [arrival.name]
    return names, str(raised.value)


def test_an_unreadable_match_does_not_hold_up_the_others(tree, inbox, monkeypatch):
    refuse({tree / "a.mbox"}, monkeypatch)
    names, trouble = pull_and_fail(tree / "*.mbox", inbox)
    assert names == ["b.mbox", "c.mbox"]
    assert trouble == f"{tree}/a.mbox cannot be read: Permission denied; check permissions"


def test_a_match_that_vanishes_is_passed_over(pull, tree, monkeypatch):
    original = os.open

    def vanishing(path, *rest, **keys):
        (tree / "a.mbox").unlink(missing_ok=True)
        return original(path, *rest, **keys)

    monkeypatch.setattr(stable_module.os, "open", vanishing)
    assert [(arrival.outcome, arrival.name) for arrival in pull(tree / "*.mbox")] == [
        ("new", "b.mbox"),
        ("new", "c.mbox"),
    ]


@pytest.mark.parametrize("name", ["a", "."])
def test_an_unreadable_folder_that_a_glob_leads_through(tree, inbox, monkeypatch, name):
    refuse({tree / name}, monkeypatch)
    names, trouble = pull_and_fail(tree / "*" / "*.mbox", inbox)
    assert names == ([] if name == "." else ["b/day.mbox"])
    assert trouble == f"{tree / name} cannot be read: Permission denied; check permissions"


def test_an_unreadable_folder_among_the_matches(tree, inbox, monkeypatch):
    refuse({tree / "a"}, monkeypatch)
    assert pull_and_fail(tree / "[ab]", inbox)[0] == ["b/day.mbox"]


@pytest.mark.parametrize("pattern", ["{year}/*", "**/*.mbox"])
def test_an_unreadable_subfolder(tree, inbox, monkeypatch, pattern):
    tree.rename(tree.with_name("2005"))
    tree = tree.with_name("2005")
    refuse({tree / "a"}, monkeypatch)
    names, trouble = pull_and_fail(tree.parent / pattern, inbox)
    assert {name.rpartition("2005/")[2] for name in names} == {"a.mbox", "b.mbox", "c.mbox", "b/day.mbox"}
    assert trouble.startswith(f"{tree}/a cannot be read")


def test_an_unreadable_subfolder_of_a_folder(tree, inbox, monkeypatch):
    refuse({tree / "a"}, monkeypatch)
    names, trouble = pull_and_fail(tree, inbox)
    assert names == ["a.mbox", "b.mbox", "b/day.mbox", "c.mbox"]
    assert trouble.startswith(f"{tree}/a cannot be read")


def test_an_unreadable_part_of_a_maildir(tree, inbox, monkeypatch):
    (tree / "a").rename(tree / "cur")
    (tree / "b").rename(tree / "new")
    refuse({tree / "cur"}, monkeypatch)
    assert pull_and_fail(tree, inbox)[0] == ["day.mbox"]


def test_many_troubles_are_counted(tree, inbox, monkeypatch):
    for number in range(1234):
        (tree / f"{number}.mbox").touch()
    refuse({*tree.iterdir()}, monkeypatch)
    trouble = pull_and_fail(tree / "*.mbox", inbox)[1]
    assert trouble.count("cannot be read") == 5 and trouble.endswith("; and 1,232 more")


def test_a_full_disk_is_not_the_fault_of_the_source(tree, inbox, monkeypatch):
    def copy(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(stable_module, "_copy", copy)
    for url in (tree, tree / "a.mbox"):
        names, trouble = pull_and_fail(url, inbox)
        assert (names, trouble.count(";")) == ([], 1)
        assert trouble.endswith("a.mbox cannot be copied: No space left on device; make room in the lake's folder")
        assert not list(inbox.iterdir())


@pytest.mark.parametrize(
    ("url", "target"),
    [(url, target) for url in ("links", "links/*", "l*") for target in ("store/1", "gone")] + [("links", "store")],
)
def test_nothing_but_links_out_of_the_folder(tree, inbox, url, target):
    for name in ("links", "store"):
        (tree / name).mkdir()
    (tree / "store" / "1").write_bytes(MAIL)
    (tree / "links" / "1").symlink_to(tree / target)
    names, trouble = pull_and_fail(tree / url, inbox, format="eml")
    assert names == []
    assert f"{tree}/links" in trouble and "only links that lead out of" in trouble


def test_lost_and_found_is_no_source(pull, tree, monkeypatch):
    (tree / "lost+found").mkdir()
    refuse({tree / "lost+found"}, monkeypatch)
    for url in (tree, tree / "*" / "*.mbox", tree / "**" / "*.mbox"):
        assert pull(url)[0].outcome == "new"
