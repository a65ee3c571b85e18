"""Patterns match what `glob` matches."""

import glob
import os

import pytest
from pulls import refuse

from transforms.fetch.matching import match_paths

FILES = ("a/1.eml", "a/b/2.eml", "a/.hidden/3.eml", ".h/4.eml", "c.mbox/5", "6.eml", "[7].eml", "a/b/c/d/8.EML")


@pytest.fixture
def tree(tmp_path):
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "a" / "to-c").symlink_to(tmp_path / "c.mbox")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop").symlink_to("loop")
    return tmp_path


@pytest.mark.parametrize(
    "pattern",
    [
        *("*", "*.eml", "?/*", "a/*/*", "*/1.eml", "*/none", "[a-c]*/*", "[[]7].eml", "*.EML", "none/*", "6.eml/*"),
        *(".*", ".*/*.eml", "**/*.eml", "**/b/*", "a/**/*", "**/*.eml/x", "*/**/5", "dang*", "loop/*", "**/2.eml"),
    ],
)
def test_matches(tree, pattern):
    troubles = []
    found = [str(path) for path in match_paths(str(tree / pattern), troubles.append)]
    assert found == sorted({*glob.glob(str(tree / pattern), recursive=True)} - {f"{tree}/a/"})  # noqa: PTH207
    assert not troubles


def test_a_link_back_up_ends_the_descent(tree):
    (tree / "a" / "b" / "up").symlink_to(tree)
    (tree / "c.mbox" / "to-a").symlink_to(tree / "a")
    found = match_paths(str(tree / "**" / "2.eml"), lambda error: None)
    names = [str(path.relative_to(tree)) for path in found]
    assert names == ["a/b/2.eml", "c.mbox/to-a/b/2.eml"]


def test_folders_that_cannot_be_looked_into(tree, monkeypatch):
    refuse({tree / "a" / "b"}, monkeypatch)
    for pattern in ("a/*/*", "**/*.eml"):
        troubles = []
        assert match_paths(str(tree / pattern), troubles.append)
        assert [error.filename for error in troubles] == [str(tree / "a" / "b")]


def test_a_name_that_may_not_be_looked_up(tree, monkeypatch):
    original = os.lstat

    def lstat(path, *rest, **keys):
        if str(path).endswith("b/2.eml"):
            raise PermissionError(13, "Permission denied", str(path))
        return original(path, *rest, **keys)

    monkeypatch.setattr(os, "lstat", lstat)
    monkeypatch.setattr("pathlib.Path.lstat", lstat)
    troubles = []
    assert match_paths(str(tree / "a" / "*" / "2.eml"), troubles.append) == []
    assert [error.filename for error in troubles] == [str(tree / "a" / "b" / "2.eml")]
