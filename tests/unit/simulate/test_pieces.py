"""The pieces that messages are put together from."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from datetime import UTC, date, datetime
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.simulate import scenario
from transforms.simulate.chance import around, long_tailed, sample, stream
from transforms.simulate.clock import envelope_date, header_date, midnight, padded_date, stamp
from transforms.simulate.disguise import HTML_DISGUISES, TEXT_DISGUISES, spellings
from transforms.simulate.forgeries import FORGERIES
from transforms.simulate.grammar import Text, Word, expand, flat
from transforms.simulate.hops import Passage
from transforms.simulate.indicators import _BASE58, KINDS, bitcoin_address, make_indicators
from transforms.simulate.mime import header_text
from transforms.simulate.names import domain
from transforms.simulate.phrases import CATEGORIES, banks, commons
from transforms.simulate.pictures import Enclosure
from transforms.simulate.scenario import SimulatedFeed

EPOCHS = st.integers(0, 4_000_000_000)


@given(EPOCHS, st.integers(-720, 720))
def test_header_date_is_read_back(epoch, zone):
    assert parsedate_to_datetime(header_date(epoch, zone)).timestamp() == epoch
    assert parsedate_to_datetime(padded_date(epoch, zone)).timestamp() == epoch


@given(EPOCHS)
def test_other_spellings_of_a_time(epoch):
    when = datetime.fromtimestamp(epoch, UTC)
    assert datetime.strptime(envelope_date(epoch), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC) == when
    assert stamp(epoch) == f"{when:%Y%m%d%H%M%S}"
    assert midnight(when.date()) == epoch - epoch % 86_400


def test_streams_repeat_and_differ():
    assert stream("a", 1).random() == stream("a", 1).random() != stream("a", 2).random()
    draw = stream("x").random
    assert len(set(sample(draw, range(10), 5))) == 5
    assert abs(sum(around(draw, 0.3) for _ in range(4000)) / 4000 - 0.3) < 0.05
    assert abs(sum(around(draw, 20) for _ in range(4000)) / 4000 - 20) < 0.5
    middle = sorted(long_tailed(draw, 30, 1.0) for _ in range(2000))[1000]
    assert 25 < middle < 36


def test_expand_choices_slots_and_values():
    draw = stream("g").random
    parts = expand("{a|b {c|d}} <x> <link>", draw, {"x": "{1|2}"}.__getitem__)
    assert Text(parts).render(draw, ["LINK"]) in {f"{a} {n} LINK" for a in ("a", "b c", "b d") for n in "12"}


def test_expand_leaves_choices_to_copies():
    draw = stream("g").random
    parts = expand("{a|b|c}-<remedy> 5%", draw, {"remedy": "w"}.__getitem__, 1.0, frozenset({"remedy"}))
    assert parts == [("a", "b", "c"), "-", "w", " 5%"] and type(parts[2]) is Word
    assert {Text(parts).render(draw) for _ in range(99)} == {"a-w 5%", "b-w 5%", "c-w 5%"}


@pytest.mark.parametrize("source", ["{a|b", "<optout_link>"])
def test_flat_refuses(source):
    with pytest.raises(ValueError, match=r"unbalanced|single copies"):
        flat(source, stream("g").random, str)


@pytest.mark.parametrize("trick", [*TEXT_DISGUISES, *HTML_DISGUISES])
def test_disguises_change_the_word(trick):
    forms = spellings("Valium", frozenset({trick}), True, stream(trick).random)
    assert len(forms) >= 2 and any(form != "Valium" for form in forms)


def test_bitcoin_addresses_have_a_valid_checksum():
    for number in range(50):
        address = bitcoin_address(stream("wallet", number).random)
        value = 0
        for sign in address[1:]:
            value = value * 58 + _BASE58.index(sign)
        payload = value.to_bytes(24, "big")
        double = hashlib.sha256(hashlib.sha256(b"\0" + payload[:20]).digest()).digest()
        assert payload[20:] == double[:4]


def test_indicators_have_values_of_every_kind():
    old, new = (make_indicators(stream("i").random, date(year, 1, 1), 5) for year in (2005, 2016))
    assert all(old.values_of(kind) for kind in KINDS)
    assert old.wallet.isdigit() and len(new.wallet) > 24


def test_domains_are_long_enough_to_belong_to_nobody():
    for number in range(200):
        assert len(domain(stream("d", number).random).split(".")[0]) >= 12


@pytest.mark.parametrize("style", ["b", "q"])
@pytest.mark.parametrize(
    ("text", "charset"), [("Günstig kaufen ü?=_", "iso-8859-1"), ("無料登録の出会い" * 5, "iso-2022-jp")]
)
def test_encoded_words_are_read_back(text, charset, style):
    assert str(make_header(decode_header(header_text(text, charset, style)))) == text


def test_encoded_words_may_be_cut_inside_a_character():
    words = header_text("семинар по налогам", "utf-8", "split").split("\n ")
    assert len(words) > 1
    assert b"".join(b64decode(word.split("?")[3]) for word in words).decode() == "семинар по налогам"


def test_raw_subject_keeps_its_bytes():
    assert header_text("дом", "koi8-r", "raw").encode("latin-1").decode("koi8-r") == "дом"


def test_enclosures_are_equal_or_noisy():
    plain, noisy = Enclosure("gif", "k", 900, False), Enclosure("gif", "k", 900, True)
    assert plain.encoded(b"1") == plain.encoded(b"2")
    assert b64decode(noisy.encoded(b"1")) != b64decode(noisy.encoded(b"2"))
    assert b64decode(noisy.encoded(b"1")).startswith(b"GIF89a")


def test_every_kind_of_forgery_can_be_chosen():
    assert set(FORGERIES) == {*scenario.FORGERIES, *scenario.RARE_FORGERIES}


@pytest.mark.parametrize("kind", FORGERIES)
def test_forged_lines_are_header_fields(kind):
    feed = SimulatedFeed("trap", ("mx.trap.example",))
    for number in range(30):
        passage = Passage(1_115_000_000, "198.51.100.7", "", "client", "a@trap.example", "b@sender.example")
        lines = FORGERIES[kind](feed, passage, stream(kind, number).random)
        assert all(line.startswith(("Received: ", "\t", "  ")) for line in lines.splitlines())
        assert bool(lines) == (kind not in ("helo_is_address", "helo_is_trap", "missing"))
        assert (passage.helo == "mx.trap.example") == (kind == "helo_is_trap")


def test_every_bank_can_say_something():
    assert {category for language, category in banks() if language == "en"} == set(CATEGORIES)
    for (language, category), bank in banks().items():
        assert bank.subject and bank.hook and bank.pitch and bank.action and bank.sender, (language, category)
        assert commons()[language].greeting
        assert (
            bank.has_link
            or any("<phone>" in a or "<drop_box>" in a for a in bank.action)
            or category
            in (
                "stock_promotion",
                "malware",
            )
        )
