"""What must hold for any bytes at all."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.feeds.raw import RawMessage
from transforms.message import FeedContext, Item, message_key, parse_batch
from transforms.message.arrow import BELOW, SHARED
from transforms.message.facts import read_facts
from transforms.message.fast import read_strictly
from transforms.message.tolerant import read_tolerantly
from transforms.tables import FACTS
from transforms.tables.messages import DEFECTS

CONTEXT = FeedContext("unit", "unit-0", date(2005, 3, 1), ("mx.trap.example",), b"a key for tests")
TRAP = "secret-trap@mx.trap.example"
FRAGMENTS = st.sampled_from(
    [
        b"\n", b"\r\n", b"\n\n", b": ", b"From: a@b.example\n", b"Received: from a by mx.trap.example; 1 Mar 2005 08:00 +0000\n",
        b"Content-Type: multipart/mixed; boundary=b\n", b"\n--b\n", b"--b--", b"Content-Type: text/html\n", b"<a href=",
        b"http://", b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: base64\n", b"charset=utf-7; ", b"=?utf-8?B?",
        b"?=", b"=3D", b"begin 644 a\n", b"\0", b"\xff\xfe", b"Subject: ", b"To: x@y.example\n", b"&#xD800;", b"+2AA-", b"%40",
    ]
)  # fmt: skip
MAIL = st.lists(FRAGMENTS | st.binary(max_size=12), max_size=25).map(b"".join)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60)


@settings(max_examples=300, deadline=None)
@given(st.lists(MAIL, max_size=4))
def test_every_message_is_one_row_or_one_reject(contents):
    tables = parse_batch([Item(n, 0, RawMessage(content)) for n, content in enumerate(contents)], CONTEXT)
    assert {name: table.schema for name, table in tables.items()} == {table.name: table.schema for table in FACTS}
    positions = tables["messages"]["position"].to_pylist() + tables["rejects"]["position"].to_pylist()
    assert sorted(positions) == list(range(len(contents)))
    for table in FACTS:
        required = [column.name for column in table.columns if column.required]
        assert all(tables[table.name][name].null_count == 0 for name in required)
    for row in tables["messages"].to_pylist():
        assert row["defects"] == sorted(set(row["defects"])) and set(row["defects"]) <= set(DEFECTS)


JOINTS = ("@", "%40", "=", "#", "_at_", "(at)", " at ", "%2540", " @ ", "[at]", "+40", "-at-")
DISGUISES = {joint: lambda address, joint=joint: address.replace("@", joint) for joint in JOINTS} | {
    "base64": lambda address: b64encode(address.encode()).decode(),
    "base64 behind a byte": lambda address: b64encode(b"=" + address.encode() + b"&x").decode(),
    "hex": lambda address: address.encode().hex(),
    "percent": lambda address: "".join(f"%{byte:02x}" for byte in address.encode()),
}


@settings(max_examples=400, deadline=None)
@given(TEXT, TEXT, st.sampled_from([*DISGUISES]), st.booleans())
def test_no_stored_text_holds_a_recipient(before, after, disguise, is_upper):
    address = TRAP.upper() if is_upper else TRAP
    hidden = DISGUISES[disguise](address)
    spelled = before + hidden + after
    line = " ".join(spelled.split())
    content = (
        f"Received: from {spelled} by mx.trap.example with SMTP id {spelled} for <{address}>; 1 Mar 2005 08:00 +0000\n"
        f"X-{address}: x\nFrom: {line} <{address}>\nTo: {address}\nSubject: {line}\nMessage-ID: <{line}>\n"
        f"In-Reply-To: <{line}>\nX-Mailer: {line}\nList-Unsubscribe: <http://u.example/{line}>\n"
        f"Authentication-Results: {line}\nReturn-Path: <{line}>\nSender: {line}\nReply-To: {line}\n"
        f"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n"
        f'<p>{spelled}</p><a href="http://h.example/{spelled}?e={address.replace("@", "%40")}">{spelled}</a>\n'
        f'--b\nContent-Type: image/gif; name="{line}"\nContent-ID: <{line}>\n\nGIF\n--b--\n'
    ).encode()
    tables = parse_batch([Item(0, 0, RawMessage(content, entry_name=spelled, envelope_from=address))], CONTEXT)
    assert tables["messages"].num_rows == 1
    for name in ("messages", "received_hops", "urls", "attachments"):
        stored = repr(tables[name].to_pylist()).lower()
        assert hidden.lower().strip("=") not in stored, name
        assert all(TRAP.replace("@", joint) not in stored for joint in JOINTS)


WELL_FORMED = st.fixed_dictionaries(
    {
        "subject": TEXT,
        "text": TEXT,
        "encoding": st.sampled_from(["base64", "quoted-printable"]),
        "html": st.none() | TEXT,
        "files": st.lists(st.tuples(TEXT, st.binary(max_size=99)), max_size=2),
        "policy": st.sampled_from([None, SMTP]),
    }
)


def written(what: dict) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Ann Other <ann@sender.example>"
    mail["To"] = TRAP
    mail["Date"] = "Tue, 01 Mar 2005 08:00:00 +0100"
    mail["Subject"] = what["subject"]
    mail.set_content(what["text"] + "\n", cte=what["encoding"])
    if what["html"] is not None:
        mail.add_alternative(f"<p>{what['html']}</p>", subtype="html", cte="base64")
    for name, content in what["files"]:
        mail.add_attachment(content, "application", "pdf", filename=name or "f")
    return mail.as_bytes(policy=what["policy"])


@settings(max_examples=150, deadline=None)
@given(WELL_FORMED)
def test_both_parsers_agree_on_well_formed_mail(what):
    content = written(what)
    item = Item(0, 0, RawMessage(content))
    fast, tolerant = read_strictly(content), read_tolerantly(content)
    assert fast.parts == tolerant.parts
    fast_rows, tolerant_rows = (read_facts(mail, item, "0" * 64, CONTEXT) for mail in (fast, tolerant))
    assert (fast_rows["messages"][0].pop("parser"), tolerant_rows["messages"][0].pop("parser")) == ("fast", "tolerant")
    assert fast_rows == tolerant_rows


def test_copies_have_keys_of_their_own():
    keys = [message_key("trap-a", "0" * 64, 0), message_key("trap-a", "0" * 64, 1), message_key("trap-b", "0" * 64, 0)]
    assert len(set(keys)) == 3 and all(len(key) == 32 for key in keys)
    assert keys[0] == message_key("trap-a", "0" * 64, 0)


def test_rows_of_a_message_carry_its_key_and_place(parse):
    raw = RawMessage(b"From: a@b.example\nReceived: by c.example\n\nhttp://d.example/\n", "mail/7.eml", 4_711)
    tables = parse_batch([Item(12, 3, raw)], CONTEXT)
    (message,) = tables["messages"].to_pylist()
    assert (message["position"], message["entry_name"], message["byte_offset"]) == (12, "mail/7.eml", 4_711)
    assert message["message_key"] == message_key("unit", message["message_sha256"], 3)
    for table in ("received_hops", "urls"):
        assert tables[table]["message_key"].to_pylist() == [message["message_key"]]


def test_tables_of_parts_begin_with_what_they_share():
    for table in FACTS:
        if table.name in BELOW:
            assert tuple(column.name for column in table.columns[: len(SHARED)]) == SHARED


def test_digest_that_is_known_is_not_computed_again():
    content = b"From: a@b.example\n\nx\n"
    items = [Item(0, 0, RawMessage(content), "0" * 64), Item(1, 0, RawMessage(b""), "1" * 64)]
    tables = parse_batch(items, CONTEXT)
    assert tables["messages"]["message_sha256"].to_pylist() == ["0" * 64]
    assert tables["rejects"]["message_sha256"].to_pylist() == ["1" * 64]


def test_fault_of_both_parsers_is_a_reject_without_mail_text(parse, monkeypatch):
    def fail(*_):
        raise KeyError("secret mail text")

    monkeypatch.setattr("transforms.message.batch.read_facts", fail)
    (reject,) = parse(b"From: a@b.example\n\nx\n")["rejects"]
    assert (reject["reason"], reject["detail"]) == ("parser_failed", "KeyError")


def test_message_over_its_time_is_a_reject(parse, monkeypatch):
    def spin(*_):
        while True:
            pass

    monkeypatch.setattr("transforms.message.batch.read_strictly", spin)
    rows = parse(b"From: a@b.example\n\nx\n")
    assert [row["reason"] for row in rows["rejects"]] == ["time_limit"]
