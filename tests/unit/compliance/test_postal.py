import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.compliance.letters import ADDRESS, CHAT, LONG, PITCH, letter, link
from transforms.compliance.postal import find_address
from transforms.compliance.postal_address import postal_address
from transforms.message.addresses import lower

WHOLE = [
    "123 Main Street, Springfield, IL 62704",
    "po box 123 springfield il 62704",
    "P.O. Box 1234, Reno, NV 89501",
    "PMB 55, 2000 Ocean Dr, Miami FL 33139",
    "One Harbour Way\nSpringfield, WA 98052-0001",
    "1180 Avenue of the Poets | New York, NY 10036",
    "427-3 Amber Street, Suite 319, Nashua, NH 03063",
    "4 Main, Boise, ID 83702",
    "Suite 500, 77 Broadway, Oakland, Calif. 94607",
    "10 Harbour Street, London SW1A 2AA",
    "123 Bay St, Toronto, ON M5J 2R8",
    "Musterstraße 12\n10115 Berlin",
    "Postfach 1234, 8001 Zürich",
    "12 rue de la Gare, 75001 Paris",
    "Keizersgracht 123, 1015 CJ Amsterdam",
    "Calle Mayor 5, 28013 Madrid",
    "Via Roma 1, 00100 Roma",
    "Av. Paulista 1000, São Paulo - SP, 01310-100",
    "Level 3, 100 George Street, Sydney NSW 2000",
    "MG Road 12, Bengaluru - 560001, India",
    "Plot No. 7, Sector 18, Noida 201301",
    "RM 1201, 233 Hollywood Road, Hong Kong",
    "P.O. Box 77, Panama City, Panama",
    "г. Москва, ул. Тверская, д. 7, 125009",
    "北京市海淀区中关村大街27号",
    "東京都渋谷区渋谷2-21-1",
    "〒150-0002 東京都渋谷区",
    "서울시 강남구 테헤란로 152",
]
NONE = [
    "Call 206-555-0142 before March 2005",
    "Only 24 hours a day, the best way to earn 50000 dollars",
    "In 10000 cases it helped, or 20000 if you ask me",
    "Win 50000 today in Texas",
    "He was elected in 1998 and left the house in 2013 again",
    "serial 12345 Phoenix edition",
    "http://shop.example/60601?box=12",
    "via satellite in under 5 minutes",
    "7 days in London",
    "",
]


@pytest.mark.parametrize("text", WHOLE)
@pytest.mark.parametrize("around", ["{}", PITCH + "\n{}\n", "{} " + PITCH])
def test_addresses_of_several_countries_are_whole(text, around):
    found = find_address(said := around.format(text), lower(said))
    assert found is not None and found.is_whole
    assert 0 <= found.start < found.end <= len(said)


@pytest.mark.parametrize("text", NONE)
def test_numbers_and_ways_of_other_kinds_are_none(text):
    assert find_address(text, lower(text)) is None


@pytest.mark.parametrize("text", ["P.O. Box 3109", "visit us in 12 Harbour Street"])
def test_a_street_or_box_alone_is_a_part(text):
    assert find_address(text, lower(text)).is_whole is False


def test_a_long_letter_is_read_at_both_ends():
    filler = "word " * 10_000
    for text in (f"{ADDRESS} {filler}", f"{filler} {ADDRESS}"):
        assert find_address(text, lower(text)).is_whole


def test_an_address_passes_and_tells_where_it_stands():
    text = f"{PITCH}\n{ADDRESS}"
    found = postal_address(letter(text))
    assert found.verdict == "pass"
    start, end = map(int, found.where.removeprefix("body_text[").rstrip("]").split(":"))
    assert "62704" in text[start:end]


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"body_text": PITCH}, "strong_indicator"),
        ({"body_text": PITCH + LONG, "links": [link(source="src")]}, "indicator"),
        ({"body_text": f"{PITCH} P.O. Box 3109"}, "indicator"),
        ({"body_text": PITCH, "links": [link(source="src")]}, "not_determinable"),
        ({"body_text": PITCH + LONG, "is_cut": True}, "not_determinable"),
        ({"body_text": CHAT}, "not_applicable"),
    ],
)
def test_without_an_address(facts, verdict):
    assert postal_address(letter(**facts)).verdict == verdict


@given(st.text(max_size=300))
def test_any_text_gives_an_address_inside_of_it_or_none(text):
    found = find_address(text, lower(text))
    assert found is None or 0 <= found.start < found.end <= len(text)


@given(
    st.lists(st.sampled_from(["12 ", "main ", "street ", "box ", "1", "tx ", "60601 ", "rue ", "市", "路", "号", ", "]))
)
def test_any_pieces_of_addresses_give_one_inside_of_the_text(pieces):
    text = "".join(pieces)
    found = find_address(text, lower(text))
    assert found is None or 0 <= found.start < found.end <= len(text)
