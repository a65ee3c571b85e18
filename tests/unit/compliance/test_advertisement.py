import pytest

from tests.unit.compliance.letters import CHAT, LONG, PITCH, letter, link
from transforms.compliance.advertisement import advertisement


@pytest.mark.parametrize(
    "said",
    ["This is an advertisement.", "You got this commercial e-mail from Pills Ltd", "THIS IS A SOLICITATION",
     "Dies ist eine Werbe-Mail", "Este es un mensaje publicitario", "本メールは広告です", "На правах рекламы"],
)  # fmt: skip
def test_mail_that_says_that_it_advertises_passes(said):
    found = advertisement(letter(f"{PITCH}\n{said}"))
    assert found.verdict == "pass"
    assert found.where.startswith("body_text[")


@pytest.mark.parametrize("subject", ["ADV: pills", "[AD] pills", "(광고) 약", "*ADV: pills"])
def test_a_label_in_the_subject_passes(subject):
    assert advertisement(letter(subject=subject)).where == "subject"


@pytest.mark.parametrize(
    "said",
    ["", "This is not an advertisement.", "We are against unsolicited commercial email.", "Advertise with us!",
     "Make email promotions with our software", "It was just an advertisement for a newsletter",
     "this list is sponsored by a bookshop"],
)  # fmt: skip
def test_mail_that_does_not_is_an_indicator_and_never_strong(said):
    assert advertisement(letter(f"{PITCH}\n{said}")).verdict == "indicator"


def test_what_cannot_be_read_is_not_determinable():
    assert advertisement(letter(PITCH, links=[link(source="src")])).verdict == "not_determinable"
    assert advertisement(letter(PITCH + LONG, is_cut=True)).verdict == "not_determinable"


def test_conversation_is_not_asked():
    assert advertisement(letter(CHAT)).verdict == "not_applicable"
