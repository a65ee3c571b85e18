import pytest

from tests.unit.compliance.letters import CHAT, letter, link
from transforms.compliance.subject_heading import subject_heading


@pytest.mark.parametrize(
    "subject",
    [
        "Cheap watches",
        "Regarding your garden",
        "Rest: well",
        "Fresh fish: today only",
        "reply soon",
        "[shop] news: spring",
    ],
)
def test_subjects_that_claim_nothing_pass(subject):
    found = subject_heading(letter(subject=subject))
    assert (found.verdict, found.where) == ("pass", "subject")


@pytest.mark.parametrize(
    "subject",
    ["Re: our talk", "RE:our talk", "Fw: look", "FWD: look", "AW: Treffen", "Re[2]: hi", "re (3): hi", " Sv: hej",
     "[list] Re: hi", "Ответ: да", "回复：报价", "Re：こんにちは", "antwort: ja"],
)  # fmt: skip
def test_an_answer_to_nothing_is_an_indicator(subject):
    assert subject_heading(letter(subject=subject)).verdict == "indicator"


@pytest.mark.parametrize("facts", [{"in_reply_to": "1@shop.example"}, {"reference_count": 2}])
def test_an_answer_that_names_what_it_answers_passes(facts):
    assert subject_heading(letter(subject="Re: our talk", **facts)).verdict == "pass"


@pytest.mark.parametrize(
    "subject", ["Your account has been suspended", "FINAL NOTICE", "Undeliverable mail", "Mahnung"]
)
def test_a_notice_over_a_text_that_sells_is_an_indicator(subject):
    assert subject_heading(letter(subject=subject)).verdict == "indicator"


@pytest.mark.parametrize(
    ("of_subject", "of_text", "verdict"),
    [
        ("dating", "loans", "indicator"),
        ("phishing", "replica_goods", "indicator"),
        ("adult", "dating", "pass"),
        ("loans", "jobs", "pass"),
        ("loans", "loans", "pass"),
        ("unknown", "loans", "pass"),
        ("other", "loans", "pass"),
        ("dating", "other", "pass"),
    ],
)
def test_another_category_than_the_text_is_an_indicator(of_subject, of_text, verdict):
    facts = {"subject_category_code": of_subject, "category_code": of_text}
    assert subject_heading(letter(subject="A word", **facts)).verdict == verdict


def test_two_grounds_are_strong_and_both_are_told():
    found = subject_heading(letter(subject="Re: your order"))
    assert found.verdict == "strong_indicator"
    assert found.reason.count(";") == 1


@pytest.mark.parametrize("facts", [{"subject": None}, {"subject": "  "}, {"body_text": CHAT, "subject": "Re: hi"}])
def test_without_a_subject_or_without_goods_it_does_not_apply(facts):
    assert subject_heading(letter(**facts)).verdict == "not_applicable"


def test_nobody_knows_of_a_picture_alone():
    assert subject_heading(letter("", subject="Re: hi", links=[link(source="src")])).verdict == "not_determinable"
