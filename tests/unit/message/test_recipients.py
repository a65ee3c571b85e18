"""Recipients: found wherever they stand, hashed with a key, masked in whatever repeats them."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from transforms.message.addresses import find_addresses, read_mailbox
from transforms.message.recipients import MASK, Mask, hash_address

TRAP = "jane.trap@mx.example"


@pytest.mark.parametrize(
    ("value", "addresses"),
    [
        ("Ann <A@B.example>, c@d.example", ["a@b.example", "c@d.example"]),
        ("team: a@b.example, <c@d.example>;", ["a@b.example", "c@d.example"]),
        ('"last, first" <a@b.example> (a comment)', ["a@b.example"]),
        ('"john smith"@b.example', ["john smith@b.example"]),
        ("a@b.example a@B.EXAMPLE", ["a@b.example"]),
        ("undisclosed-recipients:;", []),
        ("<a@b.example", ["a@b.example"]),
        ("a@[192.0.2.1]", ["a@[192.0.2.1]"]),
        ("@ a@ @b", []),
    ],
)
def test_addresses_are_found(value, addresses):
    assert find_addresses(value) == addresses


@pytest.mark.parametrize(
    ("value", "address", "name"),
    [
        ("Ann Other <Ann@B.example>", "ann@b.example", "Ann Other"),
        ("ann@b.example (Ann Other)", "ann@b.example", "Ann Other"),
        ("ann@b.example", "ann@b.example", None),
        ('"Ann" ann@b.example', "ann@b.example", None),
        ("<>", None, None),
        ("the management", None, "the management"),
    ],
)
def test_mailbox_is_read(value, address, name):
    assert read_mailbox(value) == (address, name)


def test_hash_is_keyed():
    expected = hmac.new(b"key", TRAP.encode(), hashlib.sha256).hexdigest()[:32]
    assert hash_address(b"key", TRAP) == expected != hash_address(b"other", TRAP)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Hello Jane.Trap@MX.example!", f"Hello {MASK}!"),
        ("b-jane.trap=mx.example@list.example", f"b-{MASK}@list.example"),
        ("u?jane.trap%40mx.example&x", f"u?{MASK}&x"),
        ("xjane.trap@mx.examplex", f"x{MASK}x"),
        (f"{TRAP},{TRAP}", f"{MASK},{MASK}"),
        ("İ jane.trap@mx.example", f"İ {MASK}"),
        ("jane.trap@other.example", "jane.trap@other.example"),
        ("jane.trap", "jane.trap"),
        ("", ""),
    ],
)
def test_address_is_masked_however_it_is_joined(text, masked):
    assert Mask([TRAP]).text(text) == masked


def test_local_part_alone_is_masked_in_subjects_and_links():
    mask = Mask([TRAP, "joe@mx.example"])
    assert mask.subject("Jane.Trap, joe and jane.trapper") == f"{MASK}, joe and jane.trapper"
    assert mask.link("/u/jane.trap/joe?e=jane%2Etrap%40mx.example") == f"/u/{MASK}/joe?e={MASK}"
    assert mask.link("/a%20b/jane") == "/a%20b/jane"


def test_sender_that_is_a_recipient_keeps_its_host():
    mask = Mask([TRAP])
    assert mask.address(TRAP) == f"{MASK}@mx.example"
    assert mask.address("bounce-jane.trap=mx.example@list.example") == f"bounce-{MASK}@list.example"
    assert mask.address(None) is None


def test_many_recipients_are_all_masked():
    addresses = [f"user{number}@host{number}.example" for number in range(900)]
    assert Mask(addresses).text(" ".join(addresses)) == " ".join([MASK] * 900)
