"""Copies of a message within a load are numbered in their order, however the load is cut."""

import hashlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from transforms.steps.copies import Copies


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=20), max_size=20))
def test_numbers_are_those_of_a_plain_counter(chunks):
    copies, plain = Copies(), Counter()
    for chunk in chunks:
        expected = []
        for value in chunk:
            expected.append(plain[value])
            plain[value] += 1
        assert copies.number([hashlib.sha256(bytes([value])).digest() for value in chunk]) == expected


def test_a_million_messages_are_a_few_runs():
    copies = Copies()
    for chunk in range(500):
        digests = [hashlib.sha256(b"%d" % n).digest() for n in range(100 * chunk, 100 * chunk + 100)]
        assert not any(copies.number(digests))
    assert len(copies._runs) < 20
    assert copies.number([hashlib.sha256(b"7").digest()]) == [1]
