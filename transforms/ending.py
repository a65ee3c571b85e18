"""How a command ends: with its exit code, with a sentence, or with the traceback of a defect of ours."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from transforms import interruption

EXIT_STOPPED = 130


@contextmanager
def explained_end() -> Iterator[None]:
    """What a user can mend is said in a sentence, not in a traceback; so is a Ctrl-C, whatever became of it."""
    try:
        _show_notes()
        yield
    except (KeyboardInterrupt, Exception) as failure:
        if isinstance(failure, KeyboardInterrupt) or interruption.is_asked():
            _stopped()
        _explain(failure)
    except SystemExit as end:  # typer ends with 130 after a KeyboardInterrupt
        if end.code == EXIT_STOPPED or (end.code and interruption.is_asked()):
            _stopped()
        interruption.ignore()
        raise


def _stopped() -> NoReturn:
    interruption.ignore()
    from transforms.console import err

    err.print("[yellow]stopped; nothing is half done: run the same command again[/]")
    sys.exit(EXIT_STOPPED)


def _explain(failure: Exception) -> NoReturn:
    from transforms.console import complain
    from transforms.failures import explained

    known = explained(failure)
    if known is None:
        raise failure
    code, sentence = known
    complain("error:", sentence)
    sys.exit(code)


def _show_notes() -> None:
    from transforms.console import Notes

    logging.getLogger("transforms").handlers = [Notes()]
