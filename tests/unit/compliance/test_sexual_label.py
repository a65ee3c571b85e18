import pytest

from tests.unit.compliance.letters import letter, link
from transforms.compliance.sexual_label import LABEL, sexual_label


def test_the_label_has_nineteen_characters():
    assert len(LABEL) == 19
    assert LABEL.isascii()


@pytest.mark.parametrize("subject", [LABEL + "photos", LABEL, LABEL.rstrip()])
@pytest.mark.parametrize("code", ["adult", "unknown"])
def test_a_label_at_the_beginning_passes(subject, code):
    found = sexual_label(letter(subject=subject, category_code=code))
    assert (found.verdict, found.where) == ("pass", "subject[0:19]")


@pytest.mark.parametrize(
    "subject",
    ["Sexually-Explicit: photos", "SEXUALLY EXPLICIT: photos", "Photos SEXUALLY-EXPLICIT: ", " SEXUALLY-EXPLICIT: x",
     "SEXUALLY-EXPLICIT:photos"],
)  # fmt: skip
def test_a_label_that_is_not_quite_it_is_an_indicator(subject):
    found = sexual_label(letter(subject=subject, category_code="adult", links=[link(source="src")]))
    assert found.verdict == "indicator"


def test_without_a_label_pictures_make_it_strong():
    assert sexual_label(letter(subject="photos", category_code="adult")).verdict == "indicator"
    pictured = letter(subject="photos", category_code="adult", links=[link(source="src")])
    assert sexual_label(pictured).verdict == "strong_indicator"


@pytest.mark.parametrize(("code", "verdict"), [("dating", "not_applicable"), ("unknown", "not_determinable")])
def test_other_categories_need_none(code, verdict):
    assert sexual_label(letter(subject="photos", category_code=code)).verdict == verdict
