"""Recipients: found wherever they stand, hashed with a key, masked in whatever repeats them."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode

import pytest

from transforms.message.addresses import find_addresses, read_mailbox
from transforms.message.masking import MASK, Mask
from transforms.message.recipients import hash_address

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
        ("o'brien@b.example, 'joe@b.example'", ["o'brien@b.example", "joe@b.example"]),
        ("x='joe@b.example'", ["joe@b.example"]),
        ('<"books@books"@x.example>', ["books@books@x.example"]),
        ("<6-x @slim.example>", ["6-x@slim.example"]),
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
        ('"PayPal <service@paypal.example>" <evil@bad.example>', "evil@bad.example", "PayPal <service@paypal.example>"),
        ('"first@one.example" <second@two.example>', "second@two.example", "first@one.example"),
        (
            '"a \\" <c@d.example>" (x <y@z.example>) <e@f.example>',
            "e@f.example",
            'a " <c@d.example>" (x <y@z.example>)',
        ),
        ("a@b.example (C <x@y.example>)", "a@b.example", "C <x@y.example>"),
        ("(C <x@y.example> (really)) a@b.example", "a@b.example", "C <x@y.example> (really"),
        ('"first@one.example" second@two.example', "second@two.example", None),
        ('"john smith"@b.example', "john smith@b.example", None),
        ('Ann "the <a@b.example>', "a@b.example", 'Ann "the'),
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
        ("1-2-jane.trap#mx.example@list.example", f"1-2-{MASK}@list.example"),
        ("jane.trap_at_mx.example jane.trap (at) mx.example", f"{MASK} {MASK}"),
        ("jane.trap(at)mx.example, JANE.TRAP at MX.example", f"{MASK}, {MASK}"),
        ("jane.trap @ mx.example jane.trap-at-mx.example", f"{MASK} {MASK}"),
        ("jane.trap%2540mx.example jane.trap+40mx.example", f"{MASK} {MASK}"),
        ("%6aane%2etrap%40mx%2Eexample %256aane.trap%2540mx.example", f"{MASK} {MASK}"),
        (f"see {b64encode(TRAP.encode()).decode()}.", f"see {MASK}."),
        (f"x={b64encode(b'id=7&' + TRAP.encode() + b'&z').decode()}&y", f"x={MASK}&y"),
        (f"x={TRAP.encode().hex()}&X={TRAP.upper().encode().hex().upper()}", f"x={MASK}&X={MASK}"),
        ("jane.trap, look at mx.example", "jane.trap, look at mx.example"),
        ("100 % jane.trap", "100 % jane.trap"),
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


def test_encoding_of_the_address_as_it_was_spelled_is_masked():
    mask = Mask([TRAP], ["Jane.Trap@MX.example"])
    assert mask.link("/?e=" + b64encode(b"Jane.Trap@MX.example").decode()) == f"/?e={MASK}"


def test_apostrophe_belongs_to_the_local_part(parse):
    rows = parse(
        b"From: o'brien@sender.example\nTo: o'hara@trap.example\nSubject: for o'hara@trap.example\n\n"
        b"hello o'hara@trap.example\n"
    )
    (message,) = rows["messages"]
    assert message["from_address"] == "o'brien@sender.example"
    assert message["recipient_hashes"] == [hash_address(b"a key for tests", "o'hara@trap.example")]
    assert (message["subject"], message["body_text"]) == (f"for {MASK}", f"hello {MASK}")


def test_words_that_name_a_role_stay():
    mask = Mask(["online@mx.example", "janetrap@mx.example"])
    assert mask.subject("Online banking for janetrap") == f"Online banking for {MASK}"
    assert mask.subject("online@mx.example") == MASK


def test_every_recipient_of_a_received_line_counts_and_is_masked(parse):
    rows = parse(
        b"Received: from x by mx.trap.example with SMTP id 1 for <one@trap.example>, <two@trap.example>;"
        b" 1 Mar 2005 08:00:00 +0000\nFrom: a@b.example\n\nx\n"
    )
    assert rows["messages"][0]["recipient_count"] == 2
    assert f"for <{MASK}>, <{MASK}>" in rows["received_hops"][0]["raw"]


def test_sender_that_is_a_recipient_keeps_its_host():
    mask = Mask([TRAP])
    assert mask.address(TRAP) == f"{MASK}@mx.example"
    assert mask.address("bounce-jane.trap=mx.example@list.example") == f"bounce-{MASK}@list.example"
    assert mask.address(None) is None


def test_address_quoted_in_a_local_part_is_masked_too():
    assert Mask(["joe@in.example@mx.example"]).text("joe@in.example@mx.example joe@in.example") == f"{MASK} {MASK}"


def test_many_recipients_are_all_masked():
    addresses = [f"user{number}@host{number}.example" for number in range(900)]
    assert Mask(addresses).text(" ".join(addresses)) == " ".join([MASK] * 900)
