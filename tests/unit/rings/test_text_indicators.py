import pytest

from transforms.rings.phones import find_phones
from transforms.rings.text_indicators import find_drop_boxes, text_indicators


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Call 1-206-555-0142 now, operators wait", "+12065550142"),
        ("call (206) 555-0142 24 hours a day", "+12065550142"),
        ("To be left out write us or dial 206.555.0142.", "+12065550142"),
        ("Diploma hotline +1-206-555-0142", "+12065550142"),
        ("Tel:+1 (206)555-0142", "+12065550142"),
        ("phone: 2065550142", "+12065550142"),
        ("Contact Barrister Obi, tel +234 803 123 4567 urgently", "+2348031234567"),
        ("my private fax 0044 20 7946 0958", "+442079460958"),
        ("电话：+86 138 1234 5678", "+8613812345678"),
        ("Ｔｅｌ ２０６－５５５－０１４２", "+12065550142"),
    ],
)
def test_a_number_in_any_spelling_is_one_indicator(text, number):
    assert list(find_phones(text)) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Viagra 206.555.0142 USD",
        "only $206.555.0142",
        "Sent on 2005-03-01 10.20.30 from 10.20.30.40",
        "call before 2005-03-01",
        "Microsoft Outlook Express 6.00.2800.1106",
        "order 2065550142",  # nothing says that it is a phone
        "http://shop.example/id=206-555-0142",
        "serial 000-000-0000",
        "999-555-0142",  # no such area
        "Save 1,000,000.00 and call 24 hours",
        "206-555-01423",
    ],
)
def test_prices_dates_addresses_and_serial_numbers_are_no_phones(text):
    assert not list(find_phones(text))


def test_two_numbers_side_by_side_are_two():
    assert set(find_phones("Phone 206-555-0142/206-555-0143")) == {"+12065550142", "+12065550143"}


def test_at_most_twenty_numbers_of_a_text():
    text = " ".join(f"206-555-{n:04d}" for n in range(100, 200))
    assert len(list(find_phones(text))) == 20


def test_drop_boxes_are_addresses_and_no_masks_or_pictures():
    text = "Reply to Dr.Obi_1@Mail-Box.example. Not [recipient] nor [recipient]@trap.example, logo@2x.png, a@b, x@y.123"
    assert list(find_drop_boxes(text)) == ["dr.obi_1@mail-box.example"]


def test_all_kinds_of_a_text():
    text = "Pay e-gold 1234567, call 206-555-0142, write box@post.example"
    assert text_indicators(text) == {
        ("wallet", "e-gold:1234567"),
        ("phone", "+12065550142"),
        ("drop_box", "box@post.example"),
    }


@pytest.mark.parametrize(
    "unit",
    ["1", "@", "+", " ", "(", "a@", "1 ", "1-", "+1", "a.a@a.", "e-gold ", "tel ", "bc1", "0x", "1" + "-" * 23, "\0"],
)
def test_hostile_texts_give_nothing(unit):
    assert text_indicators(unit * (65536 // len(unit))) == set()


def test_what_lies_past_the_limit_is_not_read():
    assert text_indicators(" " * 65536 + "206-555-0142") == set()
