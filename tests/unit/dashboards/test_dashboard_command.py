"""`spamledger dashboard`: what it becomes, and what it refuses."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from tests.tiny_publication import publish
from transforms import commands
from transforms.lake import LakeMissing
from transforms.operate import pages
from transforms.settings import Settings, SettingWrong


def test_nothing_published_is_a_sentence(tmp_path):
    with pytest.raises(LakeMissing, match="nothing is published here yet"):
        commands.dashboard(Settings(tmp_path, tmp_path / "feeds.toml"), 8501)


def test_a_taken_port_is_a_sentence(tmp_path):
    publish(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SettingWrong, match="--port"):
        commands.dashboard(Settings(tmp_path, tmp_path / "feeds.toml"), taken.getsockname()[1])


def test_it_becomes_streamlit_over_the_lake(tmp_path, monkeypatch):
    publish(tmp_path)
    started = []
    monkeypatch.setattr(pages, "_must_be_free", lambda port: None)
    monkeypatch.setattr(
        os, "execve", lambda program, command, environment: started.append((program, command, environment))
    )
    commands.dashboard(Settings(tmp_path, tmp_path / "feeds.toml"), 8777)
    ((program, command, environment),) = started
    assert program == command[0] == sys.executable
    assert Path(command[4]).name == "app.py" and Path(command[4]).is_file()
    assert command[-2:] == ["--server.port", "8777"]
    assert environment["SPAMLEDGER_LAKE"] == str(tmp_path)
