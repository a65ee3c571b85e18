import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.message.recipient_shape import FEWEST, recipient_shape
from transforms.tables.messages import RECIPIENT_SHAPES


def at(*names: str, host: str = "trap.example") -> list[str]:
    return [f"{name}@{host}" for name in names]


@pytest.mark.parametrize(
    ("addresses", "shape"),
    [
        ([], "few"),
        (at("ann"), "few"),
        (at("ann", "bob", "carl") + at("dora", "emil", "fay", host="other.example"), "few"),
        (at("user1", "user2", "user3", "user4", "user5"), "numbered"),
        (at("a10x", "a11x", "a12x", "a13x", "a14x", "a15x"), "numbered"),
        (at("asmith", "bsmith", "csmith", "dsmith", "esmith"), "permuted"),
        (at("anna", "annab", "annac", "annad", "annae"), "sorted"),
        (at("ann", "bob", "carl", "dora", "emil"), "mixed"),
        (at("abel", "bertha", "carla", "doris", "emilia", "fay"), "mixed"),
        (at("one.txt", "two.txt", "six.txt", "ten.txt", "old.txt"), "mixed"),
        (at("annae", "annad", "annac", "annab", "anna"), "mixed"),
    ],
)
def test_the_shape_of_a_list(addresses, shape):
    assert recipient_shape(addresses) == shape


def test_the_same_address_again_counts_once():
    assert recipient_shape(at("user1") * 9 + at("user2") * 9) == "few"


@given(st.lists(st.emails(), max_size=20))
def test_one_word_of_the_list_and_nothing_else(addresses):
    """The word is all that leaves: from one of five nobody tells an address."""
    shape = recipient_shape(addresses)
    assert shape in RECIPIENT_SHAPES
    assert (shape == "few") or len(addresses) >= FEWEST


@given(st.lists(st.text(max_size=30), max_size=30))
def test_any_texts_are_answered(texts):
    assert recipient_shape(texts) in RECIPIENT_SHAPES
