"""Reports hold no mail, load nothing, and are all listed whoever writes at the same time."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from rows_for_gates import LOAD_IDS, batch, valid_rows, write_staged

from expectations.gate import judge_staged
from expectations.report import Run, list_runs, write_report
from expectations.suite import WARNING, NoRows
from expectations.verdict import Outcome
from transforms.identity import new_id

NOW = datetime(2005, 3, 2, 4)
HOSTILE = "<script src=http://shop.test/x.js></script>"


def outcome(is_success=True, severity="critical", **seen):
    return Outcome(NoRows("messages", "parser: fast or tolerant", "", severity), is_success, **seen)


def write(reports, *outcomes, **changes):
    return write_report(Run(new_id(), "staged", batch(**changes)), list(outcomes), NOW, reports)


def test_a_page_loads_nothing_and_shows_no_mail(tmp_path):
    rows = valid_rows()
    for row in rows["messages"][:2]:
        row |= {"subject": HOSTILE, "parser": "victim@trap.test", "message_key": HOSTILE}
    rows["rejects"][0]["load_id"] = HOSTILE
    rows["urls"][0] |= {"message_key": HOSTILE}
    verdict = judge_staged(write_staged(tmp_path / "staging", rows), batch(), tmp_path)
    written = " ".join(path.read_text() for path in (tmp_path / "gates").rglob("*") if path.is_file())
    kept = " ".join(str(row) for row in verdict.results)
    for mail in ("shop.test", "victim", "<script"):
        assert mail not in written and mail not in kept
    assert f"load_id {LOAD_IDS[0]}, position 0" in written
    assert not re.search(r"(src|href)\s*=\s*[\"']?\s*(https?:)?//|@import|url\(", written)


def test_names_are_escaped(tmp_path):
    page = write(tmp_path, outcome(), feed="<b>bold</b>", load_ids=("<i>load</i>",))
    written = (tmp_path / page).read_text() + (tmp_path / "gates" / "index.html").read_text()
    assert "<b>" not in written and "<i>" not in written
    assert "&lt;b&gt;bold" in written


def test_runs_are_listed_newest_first_with_their_verdicts(tmp_path):
    write(tmp_path, outcome(), feed="first")
    write(tmp_path, outcome(False, WARNING, count=1, places=[{"load_id": "x", "position": 1}]), feed="second")
    write(tmp_path, outcome(False, is_judged=False, severity=WARNING), feed="third")
    index = (tmp_path / "gates" / "index.html").read_text()
    rows = re.findall(r"<tr><td>.*?>(\w+) 2005-03-01</a></td><td><span class=\"badge \w+\">([\w, ]+)<", index)
    assert rows == [("third", "held"), ("second", "passed, flagged"), ("first", "passed")]


def test_every_writer_is_listed(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        pages = list(threads.map(lambda _: write(tmp_path, outcome()), range(24)))
    index = (tmp_path / "gates" / "index.html").read_text()
    assert all(page.removeprefix("gates/") in index for page in pages)


def test_a_removed_run_leaves_the_list(tmp_path):
    page = tmp_path / write(tmp_path, outcome(), feed="gone")
    for path in page.parent.iterdir():
        path.unlink()
    list_runs(tmp_path)
    assert "gone" not in (tmp_path / "gates" / "index.html").read_text()
