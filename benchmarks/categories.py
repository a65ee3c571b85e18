"""Categories of real templates against their labels, on the half that no rule was written from; and what they cost."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from benchmarks.labelled import Row, find, labels
from transforms.categories.deciding import categorise
from transforms.categories.seeds import RULES_VERSION, UNKNOWN

FEWEST = 3
"""Examples that a category needs to count in the mean."""

NOT_SPAM, OTHER = "not_spam", "other"
_CONFUSIONS = 12
_ROUNDS = 9

Pairs = list[tuple[str, str]]


class Score(NamedTuple):
    """Precision and recall of one category, 0 to 1, and how many examples of it there are."""

    precision: float
    recall: float
    count: int

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def compare(corpora: Path, half: str = "held") -> None:
    """Print quality on a half of the labels, the commonest confusions, and the cost of a decision."""
    wanted = labels(half)
    rows = find(corpora, wanted)
    decided = {digest: categorise(row).code for digest, row in rows.items()}
    print(f"rules {RULES_VERSION}: {len(rows)} of {len(wanted)} templates of the half {half!r} are at hand")
    told = [(wanted[digest].category_code, code) for digest, code in decided.items()]
    _say_scores([pair for pair in told if pair[0] != NOT_SPAM])
    _say_harmless(Counter(code for label, code in told if label == NOT_SPAM))
    print(f"cost: {_cost(list(rows.values())):.0f} µs of processor a template")


def scores(pairs: Pairs) -> dict[str, Score]:
    """Score of each category among (label, decision) pairs; what is labelled unknown counts against what is decided."""
    labelled, decided = Counter(label for label, _ in pairs), Counter(code for _, code in pairs)
    right = Counter(label for label, code in pairs if label == code)
    return {
        code: Score(right[code] / max(1, decided[code]), right[code] / labelled[code], labelled[code])
        for code in sorted(labelled)
        if code != UNKNOWN
    }


def macro_f1(found: dict[str, Score]) -> tuple[float, int]:
    """Mean F1 of the categories with examples enough, and their number."""
    counted = [score.f1 for score in found.values() if score.count >= FEWEST]
    return sum(counted) / max(1, len(counted)), len(counted)


def _say_scores(pairs: Pairs) -> None:
    found = scores(pairs)
    for code, (precision, recall, count) in found.items():
        print(f"  {code:20} precision {precision:.2f} recall {recall:.2f} F1 {found[code].f1:.2f} of {count}")
    mean, count = macro_f1(found)
    print(f"macro-F1 {mean:.3f} over the {count} categories that have {FEWEST} examples or more")
    print(f"right: {sum(label == code for label, code in pairs)} of {len(pairs)}; wrong:")
    wrong = Counter(pair for pair in pairs if pair[0] != pair[1])
    for (label, code), count in wrong.most_common(_CONFUSIONS):
        print(f"  {count:3} x {label} taken for {code}")


def _say_harmless(decided: Counter[str]) -> None:
    """Mail that is no spam sells nothing that has a name here."""
    quiet = decided[UNKNOWN] + decided[OTHER]
    print(f"of {decided.total()} that are no spam, {quiet} are {OTHER} or {UNKNOWN}")


def _cost(rows: list[Row]) -> float:
    """Microseconds of processor a decision, in the best round."""
    rounds = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        for row in rows:
            categorise(row)
        rounds.append(time.process_time() - begun)
    return 1e6 * min(rounds) / max(1, len(rows))
