"""What is shown while Airflow works: a bar for each DAG."""

from __future__ import annotations

from collections import Counter
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from transforms.operate.api import FINISHED, Run


class Board:
    """A bar for each DAG: runs that ended, runs in all, and their states."""

    def __init__(self, console: Console):
        self._progress = Progress(
            TextColumn("{task.description:<15}"),
            BarColumn(20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[states]}"),
            console=console,
        )
        self._bars: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, runs: list[Run]) -> None:
        """Bring the bars up to date."""
        for dag_id in dict.fromkeys(run.dag_id for run in runs):
            states = Counter(run.state for run in runs if run.dag_id == dag_id)
            if dag_id not in self._bars:
                self._bars[dag_id] = self._progress.add_task(dag_id, states="")
            self._progress.update(
                self._bars[dag_id],
                total=states.total(),
                completed=sum(states[state] for state in FINISHED),
                states=", ".join(f"{count} {state}" for state, count in sorted(states.items())),
            )
