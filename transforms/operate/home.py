"""The folder that an Airflow of ours lives in, and the environment that its processes run with."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shlex
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from transforms.settings import Settings

CHECKOUT = Path(__file__).parents[2]
USER = "admin"
PRELOADED = (
    "airflow.executors.local_executor",
    "airflow.sdk.execution_time.task_runner",
    "airflow.dag_processing.dagbag",
    "airflow.providers.standard.decorators.python",
    "great_expectations.execution_engine.sqlalchemy_execution_engine",
    "duckdb_engine",
    "pyarrow.parquet",
)
"""Imported once and inherited by every task: great_expectations alone takes six seconds to import."""


class AlreadyRunning(Exception):
    """Another Airflow uses the folder."""


@dataclass(frozen=True)
class Home:
    """An Airflow home folder; everything Airflow writes is in it."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Address of the UI and the REST interface."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        """Airflow's own record of runs and tasks."""
        return self.folder / "airflow.db"

    @property
    def logs(self) -> Path:
        """One file a process, and a folder of task logs."""
        return self.folder / "logs"

    @contextmanager
    def claimed(self) -> Iterator[int]:
        """Make the folder and keep others out of it, until every process that inherits the yielded handle has ended."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield handle
        except BlockingIOError:
            raise AlreadyRunning(f"an Airflow is already running in {self.folder}") from None
        finally:
            os.close(handle)

    def forget_runs(self) -> None:
        """Remove Airflow's record of runs; logs, password and keys stay."""
        for path in self.folder.glob("airflow.db*"):
            path.unlink()

    def password(self) -> str:
        """The UI's password: a random one, made on first use, in a file that only its owner reads."""
        path = self.folder / "passwords.json"
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump({USER: secrets.token_urlsafe(12)}, file)
        return json.loads(path.read_text())[USER]

    def environment(self, settings: Settings) -> dict[str, str]:
        """Environment of every process: that of this one, and the variables below."""
        return os.environ | self.variables(settings)

    def write_exports(self, settings: Settings) -> Path:
        """A file for the shell to source, so that `airflow …` typed there speaks to this Airflow."""
        path = self.folder / "env.sh"
        lines = [f"export {name}={shlex.quote(value)}" for name, value in self.variables(settings).items()]
        path.write_text("\n".join([*lines, f'export PATH={shlex.quote(str(Path(sys.executable).parent))}:"$PATH"', ""]))
        return path

    def variables(self, settings: Settings) -> dict[str, str]:
        """What makes an Airflow ours: nothing listens beyond this machine, nothing phones home.

        Airflow writes its keys into `airflow.cfg` in the folder, readable by its owner only, when it first starts.
        """
        options = {
            "CORE__DAGS_FOLDER": CHECKOUT / "dags",
            "CORE__DAGS_ARE_PAUSED_AT_CREATION": False,
            "CORE__LOAD_EXAMPLES": False,
            "CORE__EXECUTION_API_SERVER_URL": f"{self.url}/execution/",
            "CORE__PARALLELISM": 2 * (os.cpu_count() or 1),
            "CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
            "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": self.folder / "passwords.json",
            "CORE__MP_FORKSERVER_PRELOAD": ",".join(PRELOADED),
            "SCHEDULER__MP_START_METHOD": "forkserver",
            "SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": 0.5,
            "DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{self.database}",
            "API__HOST": "127.0.0.1",
            "API__PORT": self.port,
            "API__BASE_URL": self.url,
            "API__WORKERS": 1,
            "DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": 300,
        }
        return {
            "AIRFLOW_HOME": str(self.folder),
            **{f"AIRFLOW__{name}": str(value) for name, value in options.items()},
            "SPAMLEDGER_LAKE": str(settings.lake),
            "SPAMLEDGER_FEEDS": str(settings.feeds),
            "GX_ANALYTICS_ENABLED": "false",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        }


def free_port(wanted: int) -> int:
    """The wanted port if nothing listens on it, else any free one."""
    for port in (wanted, 0):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return listener.getsockname()[1]
    raise OSError("no free port on 127.0.0.1")
