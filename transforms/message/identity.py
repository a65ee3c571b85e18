"""Who a message says it is from, and what it says it is: the scalar header fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from transforms.enrich.hosts import ascii_host, registrable_domain
from transforms.message.addresses import find_addresses, read_mailbox
from transforms.message.dates import read_time
from transforms.message.encoded_words import decode_words
from transforms.message.limits import FIELD_CHARS, LABEL_CHARS, RAW_HOP_BYTES
from transforms.message.masking import Mask
from transforms.message.parts import Mail

_ONCE = {"from", "sender", "reply-to", "to", "cc", "bcc", "message-id", "in-reply-to", "references", "subject", "date"}
_ONCE |= {"mime-version", "content-type", "content-transfer-encoding"}
_HOSTS = {"from_host", "from_registrable_domain"}
_ID = re.compile(r"<\s*+([^<>]*+)>")
_GOOD_ID = re.compile(r"[^\s<>@]++@[^\s<>@]++")
_MOST_LINES = 50


def read_identity(mail: Mail, mask: Mask, envelope_from: str | None) -> dict[str, Any]:
    """The columns of `messages` that come from one header field each; adds to the mail's defects."""
    first, defects = mail.first, mail.defects
    if "date" not in first:
        defects.add("date_missing")
    names = [name for name, _ in mail.fields]
    if len(names) - names.count("received") + 1 > len(first) and _has_duplicate(names):
        defects.add("header_duplicate")
    said = {
        "message_id": _message_id(first.get("message-id"), defects),
        "subject": _subject(mail),
        **_from(mail),
        "sender_address": _address(first.get("sender")),
        "reply_to_address": _address(first.get("reply-to")),
        "envelope_from_address": _envelope_from(first.get("return-path"), envelope_from),
        "in_reply_to": _first_id(first.get("in-reply-to")),
        "x_mailer": _label(first.get("x-mailer") or first.get("user-agent"), defects),
        "list_unsubscribe": _label(first.get("list-unsubscribe"), defects),
        "authentication_results": [
            " ".join(value[:RAW_HOP_BYTES].split()) for value in mail.all("authentication-results")[:_MOST_LINES]
        ],
        "header_names": names,
    }
    if mask.touches("\n".join(_texts(said.values()))):
        said = {column: _masked(column, value, mask) for column, value in said.items()}
    if said["subject"]:
        said["subject"] = said["subject"][:LABEL_CHARS]
    reference_count = first["references"].count("<") if "references" in first else 0
    return {"origination_at": _origination(mail), **said, "reference_count": reference_count}


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, list):
            yield from value
        elif value:
            yield value


def _masked(column: str, value: Any, mask: Mask) -> Any:
    """A column without recipients; a sender keeps its host."""
    if value is None or column in _HOSTS:
        return value
    if isinstance(value, list):
        return [mask.text(each) for each in value]
    if column.endswith("_address"):
        return mask.address(value)
    return mask.subject(value) if column == "subject" else mask.text(value)


def _has_duplicate(names: list[str]) -> bool:
    """Whether a field that may stand once stands twice."""
    found = [name for name in names if name in _ONCE]
    return len(found) > len(set(found))


def _origination(mail: Mail):
    if "date" not in mail.first:
        return None
    moment = read_time(mail.first["date"].strip())
    if moment is None:
        mail.defects.add("date_invalid")
    return moment


def _subject(mail: Mail) -> str | None:
    if "subject" not in mail.first:
        return None
    return " ".join(decode_words(mail.first["subject"], mail.defects).split())


def _from(mail: Mail) -> dict[str, str | None]:
    address = name = host = None
    if "from" not in mail.first:
        mail.defects.add("from_missing")
    else:
        value = mail.first["from"][:FIELD_CHARS]
        address, name = read_mailbox(value)
        if name or address is None:
            decoded = decode_words(value if address is None else name, mail.defects)
            if address is None:
                address, name = read_mailbox(decoded)
            else:
                name = " ".join(decoded.split()).strip("\"'") or None
        host = ascii_host(address.rpartition("@")[2]) if address else None
        if host is None:
            mail.defects.add("from_invalid")
    return {
        "from_address": address,
        "from_name": name,
        "from_host": host,
        "from_registrable_domain": registrable_domain(host) if host else None,
    }


def _address(value: str | None) -> str | None:
    return read_mailbox(value[:FIELD_CHARS])[0] if value else None


def _envelope_from(return_path: str | None, envelope: str | None) -> str | None:
    """An empty Return-Path is the null sender, whatever the envelope line says."""
    value = envelope if return_path is None else return_path
    found = find_addresses(value[:FIELD_CHARS]) if value else []
    return found[0] if found else None


def _message_id(value: str | None, defects: set[str]) -> str | None:
    if value is None:
        return None
    found = _ID.search(value)
    message_id = (found[1] if found else value).strip(" \t<>")[:LABEL_CHARS]
    if found is None or not _GOOD_ID.fullmatch(message_id):
        defects.add("message_id_broken")
    return message_id or None


def _first_id(value: str | None) -> str | None:
    found = _ID.search(value) if value else None
    return found[1].strip()[:LABEL_CHARS] or None if found else None


def _label(value: str | None, defects: set[str]) -> str | None:
    return " ".join(decode_words(value, defects).split())[:LABEL_CHARS] or None if value else None
