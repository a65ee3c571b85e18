"""Airflow's processes: started together, watched, and stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from transforms.operate.home import Home

COMPONENTS = {
    "api-server": ("api-server",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
}
"""What our DAGs need; no task defers, so there is no triggerer."""


class ComponentDied(Exception):
    """A process of Airflow ended by itself; the message names its log."""


class Services:
    """The running processes of one Airflow home."""

    def __init__(self, home: Home, environment: dict[str, str], claim: int):
        self.home = home
        self.claim = claim
        self.environment = environment
        self.running: dict[str, subprocess.Popen] = {}

    def migrate(self) -> None:
        """Make Airflow's database, or bring it up to date."""
        self._start("db-migrate", ("db", "migrate"))
        status = self.running.pop("db-migrate").wait()
        if status:
            raise ComponentDied(self._death("db-migrate", status))

    def start(self) -> None:
        """Start all components; they are not ready yet."""
        for name, command in COMPONENTS.items():
            self._start(name, command)

    def check(self) -> None:
        """Raise ComponentDied if a component has ended."""
        for name, process in self.running.items():
            if process.poll() is not None:
                raise ComponentDied(self._death(name, process.returncode))

    def stop(self, patience: float = 60) -> None:
        """Let the tasks under way finish, then end every process; a second Ctrl-C ends them at once."""
        try:
            self._ask("scheduler", patience)
            for name in ("dag-processor", "api-server"):
                self._ask(name, 5)
        except KeyboardInterrupt:
            pass
        finally:
            self._end_sessions()

    def _start(self, name: str, command: tuple[str, ...]) -> None:
        """A session of its own keeps the terminal's Ctrl-C from reaching tasks, and finds all descendants again."""
        with (self.home.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "airflow", *command],
                env=self.environment,
                cwd=self.home.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[self.claim],
            )

    def _ask(self, name: str, patience: float) -> None:
        """SIGINT: on SIGTERM Airflow leaves orphans."""
        process = self.running.get(name)
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            return

    def _end_sessions(self) -> None:
        sessions = {process.pid for process in self.running.values()}
        for kill in (psutil.Process.terminate, psutil.Process.kill):
            left = [process for process in psutil.process_iter() if _session(process.pid) in sessions]
            for process in left:
                try:
                    kill(process)
                except psutil.NoSuchProcess:
                    continue
            psutil.wait_procs(left, timeout=3)
        for process in self.running.values():
            process.wait()

    def _death(self, name: str, status: int) -> str:
        return f"airflow {name} ended with status {status}; its log: {self.home.logs / f'{name}.log'}"


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None


@contextmanager
def running(home: Home, environment: dict[str, str]) -> Iterator[Services]:
    """Airflow's processes for the time of the block; none is left after it, on SIGTERM neither."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with home.claimed() as claim:
        home.password()
        services = Services(home, environment, claim)
        try:
            services.migrate()
            services.start()
            yield services
        finally:
            services.stop()
