"""The dashboard as a program: it reads what is published, and is no part of the pipeline."""

from __future__ import annotations

import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from transforms.settings import Settings, SettingWrong


def serve(settings: Settings, port: int) -> NoReturn:
    """Become Streamlit, on this machine only. Raises SettingWrong when another program has the port."""
    _must_be_free(port)
    app = Path(find_spec("dashboards").origin).with_name("app.py")
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(port)]
    os.execve(sys.executable, command, os.environ | {"SPAMLEDGER_LAKE": str(settings.lake)})


def _must_be_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            raise SettingWrong(
                f"port {port} cannot be used ({taken.strerror}): name another one with --port"
            ) from taken
