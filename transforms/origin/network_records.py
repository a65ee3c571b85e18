"""One entry of an address table, in the layouts of MaxMind, DB-IP, IPinfo and lists like them, to its values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_COUNTRY = re.compile(r"[A-Z]{2}")
_UNKNOWN_COUNTRIES = frozenset(("ZZ", "XX", "T1", "EU", "AP"))
_AS_NUMBER = re.compile(r"(?:AS)?(\d{1,10})", re.I | re.A)
_NAME_CHARS = 200

ASN_FIELDS = ("autonomous_system_number", "asn", "as_number", "as")
NAME_FIELDS = ("autonomous_system_organization", "as_name", "as_organization", "as_org", "organization", "name")
COUNTRY_FIELDS = ("country_code", "country_iso_code", "iso_code", "country")


class Known(NamedTuple):
    """What an entry says; None is unknown."""

    asn: int | None = None
    as_name: str | None = None
    country_code: str | None = None


NOTHING = Known()


def known(record: Any) -> Known:
    """The values of an entry; whatever is not as it should be is unknown.

    A country is ISO 3166-1 alpha-2: where the network is used, as far as the table tells, else where it is registered.
    """
    if not isinstance(record, Mapping):
        return NOTHING
    asn = next((found for field in ASN_FIELDS if (found := _as_number(record.get(field)))), None)
    name = next((found for field in NAME_FIELDS if (found := _text(record.get(field)))), None) if asn else None
    return Known(asn, name, _country(record))


def _as_number(value: Any) -> int | None:
    """`13335`, `AS13335` or `{"asn": …}`; 0 means that nobody announces the network."""
    if isinstance(value, Mapping):
        value = value.get("asn")
    match = _AS_NUMBER.fullmatch(str(value).strip())
    return int(match[1]) if match and 0 < int(match[1]) < 1 << 32 else None


def _text(value: Any) -> str | None:
    return " ".join(value.split())[:_NAME_CHARS] or None if isinstance(value, str) else None


def _country(record: Mapping[str, Any]) -> str | None:
    values = [record.get(field) for field in COUNTRY_FIELDS] + [record.get("registered_country")]
    for value in values:
        if isinstance(value, Mapping):
            value = value.get("iso_code")
        if isinstance(value, str) and _COUNTRY.fullmatch(code := value.strip().upper()):
            return None if code in _UNKNOWN_COUNTRIES else code
    return None
