"""Ctrl-C at any moment: exit code 130, one sentence, and nothing that the next run would stumble over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

import pytest

from transforms.steps.verifying import verify

D1 = date(2005, 3, 1)
DONE = (0, "\n")
SENTENCE = "stopped; nothing is half done: run the same command again"
DEAD_OF_SIGINT = {-signal.SIGINT: 130}
"""A Ctrl-C within some imports makes Python end itself by the signal: a shell calls both 130."""

ENDLESS = "select count(*) from range(10000000) a, range(10000000) b where a.range * b.range % 7 = 3"


def interrupted(made, *arguments, once: Callable[[], bool] = lambda: True, after: float = 0.0) -> tuple[int, str]:
    """Start a command; some time after a condition holds, send its process group a SIGINT. Exit code and stderr."""
    command = [sys.executable, "-m", "transforms.cli", "--lake", made.settings.lake, "--feeds", made.settings.feeds]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    with subprocess.Popen([*map(str, (*command, *arguments))], **quiet) as process:
        while not once() and process.poll() is None:
            time.sleep(0.02)
        time.sleep(after)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        try:
            _, said = process.communicate(timeout=30)
        finally:
            process.kill()
    return DEAD_OF_SIGINT.get(process.returncode, process.returncode), said


def assert_stopped(end: tuple[int, str]) -> None:
    code, said = end
    assert code == 130, said
    assert said.strip() == SENTENCE


def test_a_query_is_stopped_at_any_moment(published_trap):
    """Before it begins, where libraries swallow a Ctrl-C now and then, and while it works."""
    for after in (1.0, 1.4, 1.8, 2.5):
        assert_stopped(interrupted(published_trap, "sql", ENDLESS, after=after))


@pytest.mark.slow
def test_a_run_is_stopped_at_any_moment_and_finishes_the_next_time(trap):
    root = trap.settings.lake
    moments = {
        "landing": ((root / "landed").exists, 0.0),
        "parsing": ((root / "staging").exists, 0.0),
        "importing the gate": ((root / "staging" / "trap" / str(D1) / "loads").exists, 0.5),
        "judging": ((root / "staging" / "trap" / str(D1) / "loads").exists, 4.0),
        "building": ((root / "locks" / "build").exists, 1.0),
        "judging the marts": ((root / "candidates" / "state.json").exists, 0.2),
    }
    for moment, (once, after) in moments.items():
        code, said = interrupted(trap, "run", "--from", D1, once=once, after=after)
        assert (code, said.strip()) == (130, SENTENCE), moment
    assert trap.run(D1, D1).exit_code == 0
    assert trap.rows("select status, parsed_count from loads") == [("published", 30)]
    assert verify(trap.settings)["findings"] == []


@pytest.mark.slow
def test_no_moment_of_a_run_is_left_out(trap):
    """Libraries swallow a Ctrl-C here and there: it comes a little later each time, until the run is done before it."""
    delay = 0.2
    while (end := interrupted(trap, "run", "--from", D1, after=delay)) != DONE:
        assert_stopped(end)
        delay += 0.7
    assert delay > 5
    assert trap.rows("select status, parsed_count from loads") == [("published", 30)]
    assert verify(trap.settings)["findings"] == []
