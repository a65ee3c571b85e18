"""How well a grouping agrees with the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping


def bcubed(truth: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> tuple[float, float]:
    """B-cubed precision and recall (Bagga and Baldwin 1998), over the items of `truth`.

    An item that `found` leaves out is a group of its own; items that `truth` leaves out count against precision.
    """
    group_of = {item: found.get(item, ("alone", item)) for item in truth}
    both = Counter((truth[item], group_of[item]) for item in truth)
    true_sizes, found_sizes = Counter(truth.values()), Counter(found.values())
    found_sizes.update(group for group in group_of.values() if group not in found_sizes)
    precision = sum(count * count / found_sizes[group] for (_, group), count in both.items())
    recall = sum(count * count / true_sizes[name] for (name, _), count in both.items())
    return precision / len(truth), recall / len(truth)


def pairs(truth: Mapping[str, Hashable | None], found: Mapping[str, Hashable]) -> tuple[float, float, int]:
    """Precision and recall of pairs that are put together, and how many pairs the truth has; None is with nobody."""
    both = Counter((truth[item], found[item]) for item in truth if truth[item] is not None and item in found)
    true = _pairs(Counter(name for name in truth.values() if name is not None))
    told = _pairs(Counter(found[item] for item in truth if item in found))
    right = _pairs(both)
    return right / max(1, told), right / max(1, true), true


def _pairs(sizes: Counter) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
