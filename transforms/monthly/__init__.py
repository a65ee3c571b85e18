"""The monthly report: a month's figures, read from the published marts, as one page of HTML with all it needs inside.

Pure: `questions(month, tables)` says what is to be asked, `write(month, publication, answers)` makes the page of the
answers. Nothing of spam is live in it: texts are stripped and escaped, links defanged, and nothing is loaded.
"""

from __future__ import annotations

from transforms.monthly.questions import Question, questions
from transforms.monthly.report import write

__all__ = ["Question", "questions", "write"]
