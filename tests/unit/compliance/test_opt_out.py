import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.compliance.letters import ACCOUNT, LEAVE, LONG, PITCH, letter, link
from transforms.compliance.opt_out import find_opt_out
from transforms.compliance.opt_out_burden import opt_out_burden
from transforms.compliance.opt_out_mechanism import opt_out_mechanism
from transforms.compliance.terms import Prose


@pytest.mark.parametrize(
    ("said", "facts", "ways"),
    [
        (LEAVE, {"links": [link()]}, ("link",)),
        ("", {"links": [link("http://shop.example/unsubscribe?id=7")]}, ("link",)),
        ("", {"links": [link("mailto:remove-me@shop.example")]}, ("mail",)),
        ("To be removed write to leave@shop.example", {}, ("mail",)),
        ("To be removed reply with 'remove' in the subject line", {}, ("reply",)),
        ("If you no longer\nwish to receive this, reply to us", {}, ("reply",)),
        ("", {"list_unsubscribe": "<mailto:off@shop.example>"}, ("header",)),
        ("Vom Newsletter abmelden: hier klicken", {"links": [link()]}, ("link",)),
        ("Pour vous désinscrire, cliquez ici", {"links": [link()]}, ("link",)),
        ("Si no desea recibir más correos, responda a este mensaje", {}, ("reply",)),
        ("Para descadastrar clique aqui", {"links": [link()]}, ("link",)),
        ("Se non desidera ricevere altre offerte, risponda", {}, ("reply",)),
        ("Отписаться от рассылки", {"links": [link()]}, ("link",)),
        ("配信停止はこちら", {"links": [link()]}, ("link",)),
        ("如果不想再收到，请退订", {"links": [link()]}, ("link",)),
        ("수신거부", {"links": [link()]}, ("link",)),
    ],
)
def test_ways_to_opt_out(said, facts, ways):
    found = letter(f"{PITCH}\n{said}", **facts)
    assert found.opt_out.ways == ways
    assert opt_out_mechanism(found).verdict == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "Remove your fears and buy today",
        "Your hair will be gone and never comes back",
        "If you want to receive more of it, call",
        "Cancellation insurance is included",
        "会員様は退会課金など一切ありません",
    ],
)
def test_what_only_sounds_like_it_is_none(text):
    assert not find_opt_out(Prose(text), [], None, can_reply=True).is_announced


def test_no_way_at_all_is_strong_where_everything_was_read():
    assert opt_out_mechanism(letter(PITCH)).verdict == "strong_indicator"
    assert opt_out_mechanism(letter(PITCH + LONG, links=[link(source="src")])).verdict == "indicator"


@pytest.mark.parametrize(
    "facts",
    [
        {"body_text": PITCH, "links": [link(source="src")]},
        {"body_text": PITCH, "attachment_types": ["application/pdf"]},
        {"body_text": PITCH + LONG, "is_cut": True},
        {"body_text": "Look", "links": [link()]},
    ],
)
def test_what_was_not_read_is_not_determinable(facts):
    assert opt_out_mechanism(letter(**facts)).verdict == "not_determinable"


def test_a_notice_without_a_way_is_an_indicator_and_says_where():
    found = opt_out_mechanism(letter(f"{PITCH} To be removed from our list send a fax."))
    assert found.verdict == "indicator"
    assert found.where.startswith("body_text[")


def test_a_notice_in_a_spelling_that_is_hardly_seen_is_an_indicator():
    found = opt_out_mechanism(letter(f"{PITCH} 配！信 ^ 停★止", links=[link()]))
    assert (found.verdict, "hardly seen" in found.reason) == ("indicator", True)


def test_a_header_alone_passes_and_says_so():
    found = opt_out_mechanism(letter(PITCH, list_unsubscribe="<http://shop.example/u>"))
    assert (found.verdict, found.where) == ("pass", "list_unsubscribe")
    assert "alone" in found.reason


@pytest.mark.parametrize("rule", [opt_out_mechanism, opt_out_burden])
def test_notices_about_an_account_are_not_asked(rule):
    assert rule(letter(ACCOUNT)).verdict == "not_applicable"


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("To unsubscribe, click here. Write us your phone number for a free quote.", "pass"),
        ("Send us your name and phone number. To be removed, click here", "pass"),
        ("Opt-out is free of charge: click here", "pass"),
        ("To be removed from our list a removal fee of $5 is due", "strong_indicator"),
        ("To be removed you must pay $3", "strong_indicator"),
        ("To unsubscribe log in to the site with your password", "indicator"),
        ("To be removed reply with your full name and date of birth", "indicator"),
        ("Zum Abmelden bitte mit dem Passwort einloggen", "indicator"),
        ("配信停止はログインして会員IDとパスワードを入力", "indicator"),
    ],
)
def test_what_opting_out_asks_for(said, verdict):
    assert opt_out_burden(letter(f"{PITCH}\n{said}", links=[link()])).verdict == verdict


@pytest.mark.parametrize("said", ["To be removed call 1-800-555-0142", "To be removed write to our office"])
def test_post_and_telephone_alone_are_other_steps(said):
    assert opt_out_burden(letter(f"{PITCH} {said}", from_address=None)).verdict == "indicator"


def test_without_a_way_there_is_no_burden():
    assert opt_out_burden(letter(PITCH)).verdict == "not_applicable"
    assert opt_out_burden(letter("Look", links=[link()])).verdict == "not_determinable"


@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_and_link_gives_places_inside_the_text(text, url):
    found = find_opt_out(Prose(text), [link(url)], None, can_reply=True)
    assert all(0 <= start < end <= len(text) for start, end in (*found.notices, *found.windows))
