import pytest

from tests.unit.compliance.letters import ACCOUNT, CHAT, LONG, PITCH, letter, link
from transforms.compliance.letter import gate


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("prescription_drugs", "commercial"),
        ("adult", "commercial"),
        ("stock_promotion", "commercial"),
        ("phishing", "transactional"),
        ("advance_fee", "other"),
    ],
)
def test_a_known_category_decides_whatever_the_words(code, word):
    assert letter(CHAT, category_code=code).purpose.word == word


@pytest.mark.parametrize("code", ["unknown", "other", "malware", "never_heard_of"])
def test_other_categories_are_read(code):
    assert letter(PITCH, category_code=code).purpose.word == "commercial"
    assert letter(CHAT, category_code=code).purpose.word == "other"


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"body_text": PITCH}, "commercial"),
        ({"body_text": "今すぐ無料登録、限定キャンペーン"}, "commercial"),
        ({"body_text": "Предлагаем скидки, цены от 500 руб. Закажите сегодня"}, "commercial"),
        ({"body_text": "Jetzt bestellen: Rabatt auf alle Preise, versandkostenfrei"}, "commercial"),
        ({"body_text": ACCOUNT}, "transactional"),
        ({"body_text": CHAT}, "other"),
        ({"body_text": "My late husband left twelve million dollars, and you shall be the beneficiary."}, "other"),
        ({"body_text": "Look at this", "links": [link()]}, "undetermined"),
        ({"body_text": "", "attachment_types": ["image/png"]}, "undetermined"),
        ({"body_text": ""}, "other"),
    ],
)
def test_words_decide_where_no_category_does(facts, word):
    assert letter(**{"subject": "hello"} | facts).purpose.word == word


def test_a_text_with_both_is_judged_by_its_subject_and_its_beginning():
    """16 CFR 316.3(a)(2)."""
    notice_first = ACCOUNT + " " + PITCH
    assert letter(notice_first, subject="Notice").purpose.word == "transactional"
    assert letter(notice_first, subject="Save 50% off today, shop now").purpose.word == "commercial"
    sells_first = LONG + PITCH * 2 + ACCOUNT
    assert letter(sells_first, subject="Notice").purpose.word == "commercial"
    assert "316.3(a)(2)(ii)" in letter(sells_first, subject="Notice").purpose.reason


def test_an_answer_that_quotes_is_a_conversation_whatever_it_quotes():
    quoted = f"No thank you.\n\nBob wrote:\n> {PITCH}\n> {PITCH}"
    assert letter(quoted, reference_count=1).purpose.word == "other"
    assert letter(quoted).purpose.word == "commercial"


def test_the_gate_lets_commercial_mail_through_alone():
    assert gate(letter(PITCH)) is None
    assert gate(letter(CHAT)).verdict == "not_applicable"
    assert gate(letter(ACCOUNT)).verdict == "not_applicable"
    assert gate(letter("Look", subject="", links=[link()])).verdict == "not_determinable"
