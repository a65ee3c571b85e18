"""After grouping: conclusions about messages and templates, drawn from committed facts by the rules of today."""

from __future__ import annotations

from collections.abc import Callable

from transforms import interruption
from transforms.settings import Settings
from transforms.steps.classifying import classify
from transforms.steps.tracing import trace


def conclude(settings: Settings, is_full: bool = False, progress: Callable[[str], None] = lambda _: None) -> dict:
    """Draw the conclusions that are missing, or `is_full` all again; what a gate holds ends it.

    Returns counts: `messages` that were traced and `templates` that were read; whether anything `changed`; and
    `is_held`, with the gate's `report`.
    """
    done = {"messages": 0, "templates": 0, "changed": False, "is_held": False, "report": None}
    for step in (trace, classify):
        interruption.check()
        concluded = step(settings, is_full, progress)
        done |= concluded | {"changed": done["changed"] or concluded["changed"]}
        if done["is_held"]:
            break
    return done
