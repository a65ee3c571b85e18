"""`spamledger sql` on a terminal, as a person meets it; what a statement's end is."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.shell import is_whole

ENDLESS = "select count(*) from range(10000000) a, range(10000000) b where a.range * b.range % 7 = 3;"
PROMPT = "ledger> "


class Terminal:
    """A shell of ours on a pseudo-terminal."""

    def __init__(self, lake: Path, home: Path, *options: str):
        self.master, slave = pty.openpty()
        environment = os.environ | {"XDG_STATE_HOME": str(home), "TERM": "dumb", "COLUMNS": "200", "NO_COLOR": "1"}
        command = [sys.executable, "-m", "transforms.cli", "--lake", str(lake), "sql", *options]
        ends = {"stdin": slave, "stdout": slave, "stderr": slave}
        self.process = subprocess.Popen(command, **ends, env=environment, start_new_session=True, preexec_fn=_own)
        os.close(slave)
        self.said = ""

    def read(self, until: str, seconds: float = 30) -> str:
        """What is said up to a text."""
        end = time.monotonic() + seconds
        while until not in self.said and time.monotonic() < end:
            with suppress(OSError):
                if select.select([self.master], [], [], 1)[0]:
                    self.said += os.read(self.master, 65536).decode(errors="replace")
        found, _, self.said = self.said.partition(until)
        assert _, f"never said {until!r}: {found}"
        return found

    def ask(self, *lines: str) -> str:
        """The answer to lines, up to the next prompt."""
        for line in lines[:-1]:
            os.write(self.master, f"{line}\n".encode())
            self.read("...> ")
        os.write(self.master, f"{lines[-1]}\n".encode())
        return self.read(PROMPT)

    def interrupt(self) -> str:
        """Ctrl-C, later than the prompt: readline writes it before it listens for a signal."""
        time.sleep(0.5)
        os.write(self.master, b"\x03")
        return self.read(PROMPT)

    def leave(self, word: bytes) -> int:
        """The exit code after a word of farewell."""
        os.write(self.master, word)
        return self.process.wait(30)


def _own() -> None:
    """The pseudo-terminal becomes the controlling one, so that its Ctrl-C reaches us."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def terminal(published_trap, tmp_path):
    opened = []

    def start(*options: str) -> Terminal:
        opened.append(Terminal(published_trap.settings.lake, tmp_path / "state", *options))
        return opened[-1]

    yield start
    for each in opened:
        each.process.kill()
        each.process.wait()
        os.close(each.master)


def test_a_conversation(terminal, tmp_path):
    first = terminal("--format", "csv")
    assert re.search(r"snapshot \d+, published 2", first.read(PROMPT))
    assert "30" in first.ask("select sum(message_count) as n", "from mart_volume_monthly;")
    assert "semi;colon" in first.ask("select 'semi;colon' as text -- not yet; the end", ";")
    assert "refused" in first.ask("delete from messages;")
    assert "mart_volume_monthly" in first.ask(r"\d")
    assert "Keyed hash of the trap's own address" in first.ask(r"\d messages")
    assert "present id" in first.ask(r"\d campaign_members")
    assert "First day of the month of captured_at" in first.ask(r"\d mart_volume_monthly")
    os.write(first.master, b"select of nothing\n")
    first.read("...> ")
    first.interrupt()
    os.write(first.master, ENDLESS.encode() + b"\n")
    time.sleep(1)
    assert "stopped" in first.interrupt()
    assert "41" in first.ask("select 40 + 1 as n;")
    assert first.leave(b"\\q\n") == 0
    history = tmp_path / "state" / "spamledger" / "sql_history"
    assert "select sum(message_count) as n from mart_volume_monthly;" in history.read_text()
    assert history.stat().st_mode & 0o077 == 0
    second = terminal()
    second.read(PROMPT)
    assert "41" in second.ask("\x10")  # the line before: Ctrl-P
    assert second.leave(b"\x04") == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select 1;", True),
        ("select 1", False),
        ("select ';", False),
        ("select 'é;é' ;  ", True),
        ("select $$;$$", False),
        ('select ";"', False),
        ("select 1 -- no;", False),
        ("select 1; -- yes", True),
        ("select 1 /* ; */", False),
        ("-- only a comment;", False),
        ("", False),
    ],
)
def test_where_a_statement_ends(text, expected):
    assert is_whole(text) is expected


@given(st.text())
def test_any_text_ends_or_does_not(text):
    assert is_whole(text) in (True, False)
    assert not is_whole("select '" + text.replace("'", ""))
