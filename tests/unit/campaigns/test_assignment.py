"""Templates into campaigns: reasons, the elder's id, mergers, and the same partition in any order."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from transforms.campaigns.assignment import KNOWN, MATCHES, assign
from transforms.campaigns.clusters import NONE, group
from transforms.campaigns.digests import as_id, digest64
from transforms.campaigns.matching import Edges, sharing, sharing_pairs
from transforms.campaigns.reading import KEYS, TEMPLATES
from transforms.campaigns.signatures import BANDS, PERMUTATIONS, bands, short, sketch
from transforms.campaigns.word_columns import WordColumn, numbers_of
from transforms.lake import in_memory
from transforms.steps.template_index import make_macros

NIGHT = datetime(2005, 3, 1)
VOCABULARY = [f"word{number}" for number in range(3000)]


def words_of(*texts):
    return WordColumn.of([*map(numbers_of, texts)])


def text(seed: int, length: int = 80) -> list[str]:
    return random.Random(seed).sample(VOCABULARY, length)


def changed(words: list[str], share: float) -> list[str]:
    """The text with its last words replaced."""
    kept = round(len(words) * (1 - share))
    return words[:kept] + text(99, len(words) - kept)


def templates(*texts: list[str], manner: int = 1, start: int = 0) -> pa.Table:
    signatures = sketch(words_of(*texts))
    rows = {
        "template": [digest64(*words) for words in texts],
        "message_key": [f"{start + number:032x}" for number in range(len(texts))],
        "captured_at": [NIGHT + timedelta(hours=start + number) for number in range(len(texts))],
        "subject": [None] * len(texts),
        "excerpt": [None] * len(texts),
        "script": ["Latn"] * len(texts),
        "word_count": [len(words) for words in texts],
        "manner": [manner] * len(texts),
        "signature": [row.tobytes() for row in short(signatures)],
        "bands": bands(signatures).tolist(),
    }
    return pa.table(rows, schema=TEMPLATES)


def keys(*rows: tuple[int, str, int]) -> pa.Table:
    return pa.Table.from_pylist(
        [{"template": t, "kind": kind, "key": key, "evidence": f"about {key}"} for t, kind, key in rows], schema=KEYS
    )


def known(table: pa.Table, campaign: list[str], born: list[datetime]) -> pa.Table:
    columns = {"template": table["template"], "campaign_id": campaign, "born_at": born}
    return pa.table(columns | {"manner": table["manner"], "signature": table["signature"]}, schema=KNOWN)


def test_a_similar_text_joins_in_the_same_manner_and_a_stranger_does_not():
    told = templates(text(1), changed(text(1), 0.3), text(2))
    reasons, mergers = assign(told, KEYS.empty_table(), KNOWN.empty_table(), MATCHES.empty_table())
    first, second, stranger = reasons.to_pylist()
    assert first["method"] == stranger["method"] == "first"
    assert second["method"] == "text"
    assert second["matched_template"] == first["template"]
    assert second["similarity"] == pytest.approx(0.54, abs=0.13)
    assert first["campaign_id"] == second["campaign_id"] == as_id("c-", first["template"])
    assert stranger["campaign_id"] != first["campaign_id"]
    assert mergers.num_rows == 0


def test_another_manner_needs_nearly_the_same_text():
    one, other = templates(text(1)), templates(changed(text(1), 0.3), manner=2, start=1)
    reasons, _ = assign(pa.concat_tables([one, other]), KEYS.empty_table(), KNOWN.empty_table(), MATCHES.empty_table())
    assert reasons["method"].to_pylist() == ["first", "first"]
    near = templates(changed(text(1), 0.02), manner=2, start=1)
    reasons, _ = assign(pa.concat_tables([one, near]), KEYS.empty_table(), KNOWN.empty_table(), MATCHES.empty_table())
    assert reasons["method"].to_pylist() == ["first", "text"]


def test_a_shared_key_joins_what_no_text_does():
    told = templates(text(1), text(2), text(3))
    one, two, three = told["template"].to_pylist()
    reasons, _ = assign(
        told, keys((one, "link", 7), (three, "link", 7), (two, "link", 8)), KNOWN.empty_table(), MATCHES.empty_table()
    )
    assert reasons["method"].to_pylist() == ["first", "first", "link"]
    assert reasons["matched_template"].to_pylist()[2] == one
    assert reasons["key"].to_pylist()[2] == 7


def test_a_known_template_keeps_its_campaign_and_new_ones_join_it():
    old = templates(text(1))
    again = templates(text(1), changed(text(1), 0.2), start=5)
    index = known(old, ["c-00000000000000aa"], [NIGHT])
    reasons, _ = assign(again, KEYS.empty_table(), index, MATCHES.empty_table())
    assert reasons["method"].to_pylist() == ["template", "text"]
    assert set(reasons["campaign_id"].to_pylist()) == {"c-00000000000000aa"}


def test_a_bridge_merges_two_campaigns_into_the_elder_and_says_why():
    old = templates(text(1), text(2))
    one, two = old["template"].to_pylist()
    younger, elder = "c-00000000000000bb", "c-00000000000000cc"
    index = known(old, [younger, elder], [NIGHT + timedelta(days=1), NIGHT])
    bridge = templates(text(3), start=9)
    (new,) = bridge["template"].to_pylist()
    matches = pa.table({"kind": ["link", "contact"], "key": [7, 8], "template": [one, two]}, schema=MATCHES)
    reasons, mergers = assign(bridge, keys((new, "link", 7), (new, "contact", 8)), index, matches)
    assert reasons["campaign_id"].to_pylist() == [elder]
    (merger,) = mergers.to_pylist()
    assert (merger["taken_over"], merger["campaign_id"]) == (younger, elder)
    assert (merger["method"], merger["template"], merger["matched_template"]) == ("link", one, new)


def test_nothing_is_grouped_into_nothing():
    reasons, mergers = assign(TEMPLATES.empty_table(), KEYS.empty_table(), KNOWN.empty_table(), MATCHES.empty_table())
    assert reasons.num_rows == mergers.num_rows == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_templates_does_not_matter(seed):
    texts = [changed(text(number // 4), 0.1 * (number % 4)) for number in range(40)]
    told = templates(*texts)
    order = random.Random(seed).sample(range(len(texts)), len(texts))
    nothing = KEYS.empty_table(), KNOWN.empty_table(), MATCHES.empty_table()
    plain, _ = assign(told, *nothing)
    shuffled, _ = assign(told.take(order), *nothing)
    by_template = dict(zip(shuffled["template"].to_pylist(), shuffled["campaign_id"].to_pylist(), strict=True))
    assert [by_template[each] for each in plain["template"].to_pylist()] == plain["campaign_id"].to_pylist()


def test_a_key_of_many_templates_makes_few_pairs():
    one, other, _ = sharing_pairs(np.full(10_000, 5), np.arange(10_000))
    assert len(one) < 20_000
    edges = sharing("link", np.full(10_000, 5), np.arange(10_000))
    grouping = group(np.arange(10_000)[::-1].copy(), np.full(10_000, NONE), edges)
    assert set(grouping.root.tolist()) == {9_999}
    assert np.count_nonzero(grouping.reason == NONE) == 1
    assert set(one.tolist()) <= set(range(10_000)) and len(other) == len(one)


def test_reasons_lead_to_the_root():
    edges = Edges.joined([sharing("link", np.array([1, 1, 2, 2]), np.array([0, 1, 1, 2]))])
    grouping = group(np.array([2, 1, 0]), np.full(3, NONE), edges)
    assert grouping.root.tolist() == [2, 2, 2]
    assert grouping.before[0] == 1 and grouping.before[1] == 2


def test_ids_and_numbers_are_two_names_of_one_digest():
    con = in_memory()
    make_macros(con)
    for number in (0, 5, -1, 2**63 - 1, -(2**63)):
        assert con.execute("SELECT number_of(?)", [as_id("t-", number)]).fetchone() == (number,)
        assert con.execute("SELECT id_of('t', ?::BIGINT)", [number]).fetchone() == (as_id("t-", number),)


def test_bands_tell_likeness():
    one, near, far = bands(sketch(words_of(text(1), changed(text(1), 0.1), text(2))))
    assert one.shape == (BANDS,)
    assert np.count_nonzero(one == near) > 3
    assert np.count_nonzero(one == far) == 0
    assert short(sketch(words_of(text(1)))).nbytes == 2 * PERMUTATIONS
