"""Which campaign holds which telling value: the table of indicators, sifted, in arrays of numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.rings.lists import is_common
from transforms.rings.rules import COUNT_FLOOR, SHARE_FLOOR, SMALL_CAMPAIGN, VALUES_PER_KIND, degree_cap, weight
from transforms.tables.campaign_indicators import INDICATOR_KINDS

_SUMMED = [("message_count", "sum"), ("first_seen_at", "min"), ("last_seen_at", "max")]
_VALUE = ["kind", "value"]


@dataclass(frozen=True)
class Holdings:
    """One row a campaign and value, sorted by value, then campaign; equal for equal facts in any order.

    `campaign` and `value` are row numbers in `campaigns` (ids, sorted, with `seniority`: rank by first appearance)
    and in `values` (kind, value, `degree`, `weight`). `seen` holds first_seen_at and last_seen_at a row.
    """

    campaign: np.ndarray
    value: np.ndarray
    seen: pa.Table
    campaigns: pa.Array
    seniority: np.ndarray
    values: pa.Table
    kind: np.ndarray
    degree: np.ndarray
    weight: np.ndarray

    def kept(self, is_kept: np.ndarray) -> Holdings:
        """Some of the rows; values keep their numbers and degrees."""
        rows = {"campaign": self.campaign[is_kept], "value": self.value[is_kept]}
        return replace(self, **rows, seen=self.seen.filter(pa.array(is_kept)))


def holdings(indicators: pa.Table, campaign_sizes: dict[str, int]) -> Holdings:
    """Rows of `indicators` (see `find_links`) that can tie campaigns; `campaign_sizes` in messages.

    Left out: what a campaign holds in passing, what one campaign alone holds, what too many hold, what is common.
    """
    ids, firsts = _first_seen(indicators)
    rows = indicators.group_by(["campaign_id", *_VALUE]).aggregate(_SUMMED)
    rows = rows.filter(pa.array(_is_held(rows, campaign_sizes)))
    rows = _with_degrees(rows, degree_cap(len(campaign_sizes)))
    rows = rows.sort_by([(name, "ascending") for name in (*_VALUE, "campaign_id")])
    campaign = pc.index_in(rows["campaign_id"], value_set=ids).to_numpy().astype(np.int64)
    seniority = np.empty(len(ids), dtype=np.int64)
    seniority[np.lexsort((np.arange(len(ids)), firsts))] = np.arange(len(ids))
    return _assembled(rows, campaign, ids, seniority, len(campaign_sizes))


def _first_seen(indicators: pa.Table) -> tuple[pa.Array, np.ndarray]:
    """All campaign ids, sorted, and when each was first seen with anything."""
    table = indicators.group_by("campaign_id").aggregate([("first_seen_at", "min")]).sort_by("campaign_id")
    return table["campaign_id"].combine_chunks(), table["first_seen_at_min"].cast(pa.int64()).to_numpy()


def _is_held(rows: pa.Table, campaign_sizes: dict[str, int]) -> np.ndarray:
    """Whether each row's value is the campaign's, and not one copy's."""
    codes = rows["campaign_id"].combine_chunks().dictionary_encode()
    sizes = np.array([campaign_sizes[each] for each in codes.dictionary.to_pylist()], dtype=np.int64)
    size, count = sizes[codes.indices.to_numpy()], rows["message_count_sum"].to_numpy()
    is_repeated = (count >= 2) | (size < SMALL_CAMPAIGN)
    return is_repeated & ((count >= COUNT_FLOOR) | (count >= SHARE_FLOOR * size))


def _with_degrees(rows: pa.Table, cap: int) -> pa.Table:
    """Rows of the values that two to `cap` campaigns hold and that are not common, with their `degree`."""
    degrees = rows.group_by(_VALUE).aggregate([([], "count_all")]).rename_columns([*_VALUE, "degree"])
    degrees = degrees.filter((pc.field("degree") >= 2) & (pc.field("degree") <= cap))
    pairs = zip(degrees["kind"].to_pylist(), degrees["value"].to_pylist(), strict=True)
    degrees = degrees.filter(pa.array([not is_common(kind, value) for kind, value in pairs], pa.bool_()))
    return rows.join(degrees, _VALUE, join_type="inner")


def _assembled(rows: pa.Table, campaign: np.ndarray, ids: pa.Array, seniority: np.ndarray, count: int) -> Holdings:
    value, starts = _runs(rows)
    values = rows.select([*_VALUE, "degree"]).take(pa.array(starts))
    kinds, degrees = values["kind"].to_pylist(), values["degree"].to_pylist()
    weights = np.array([weight(k, d, count) for k, d in zip(kinds, degrees, strict=True)], dtype=np.float64)
    kind = np.array([INDICATOR_KINDS.index(k) for k in kinds], dtype=np.int64)
    degree = np.array(degrees, dtype=np.int64)
    kept = _rarest(campaign, value, kind, degree)
    seen = rows.select(["first_seen_at_min", "last_seen_at_max"]).take(pa.array(kept))
    return Holdings(campaign[kept], value[kept], seen, ids, seniority, values, kind, degree, weights)


def _runs(rows: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """The number of each sorted row's value, and the row where each value begins."""
    if not rows.num_rows:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    is_new = np.ones(rows.num_rows, dtype=bool)
    kinds, values = (rows[name].combine_chunks() for name in _VALUE)
    changed = pc.or_(pc.not_equal(kinds[1:], kinds[:-1]), pc.not_equal(values[1:], values[:-1]))
    is_new[1:] = changed.to_numpy(zero_copy_only=False)
    return np.cumsum(is_new) - 1, np.flatnonzero(is_new)


def _rarest(campaign: np.ndarray, value: np.ndarray, kind: np.ndarray, degree: np.ndarray) -> np.ndarray:
    """Row numbers, in order, of the rarest values of each kind that a campaign holds: `VALUES_PER_KIND` at most."""
    order = np.lexsort((value, degree[value], kind[value], campaign))
    group = campaign[order] * len(INDICATOR_KINDS) + kind[value[order]]
    return np.sort(order[place_in_group(group) < VALUES_PER_KIND])


def place_in_group(group: np.ndarray) -> np.ndarray:
    """For each element of an array in which equal ones stand together: how many equal ones stand before it."""
    starts = np.flatnonzero(np.diff(group, prepend=group[:1] - 1)) if len(group) else np.zeros(0, dtype=np.int64)
    lengths = np.diff(starts, append=len(group))
    return np.arange(len(group)) - np.repeat(starts, lengths)
