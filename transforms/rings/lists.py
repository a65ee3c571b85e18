"""What is too common to mean anything: versioned lists of domains, mailers and words that came with the package."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from transforms.enrich.hosts import registrable_domain

_LISTS = tomllib.loads(files(__package__).joinpath("lists.toml").read_text("utf-8"))

LISTS_VERSION: str = _LISTS["version"]
MAILERS: tuple[str, ...] = tuple(_LISTS["mailers"])


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FREE_MAIL = _words(_LISTS["free_mail"])
SHORTENERS = _words(_LISTS["shorteners"])
EVERYBODYS = SHORTENERS | _words(_LISTS["hosting"]) | _words(_LISTS["big_sites"]) | _words(_LISTS["infrastructure"])
"""Registrable domains that are linked to, or posed as, by people who have nothing to do with each other."""

PARAMETERS = _words(_LISTS["affiliate"]["parameters"])
PATH_WORDS = _words(_LISTS["affiliate"]["path_words"])
MEANINGLESS = _words(_LISTS["affiliate"]["meaningless"])

_LINKED = ("registrable_domain", "host")
_SENDING = ("sender_domain", "dkim_domain")


@lru_cache(1 << 16)
def is_common(kind: str, value: str) -> bool:
    """Whether `value` (normalised) of an indicator's `kind` can never mean anything for a ring.

    Domains: a public suffix, or one in the lists. A drop box at a free mail provider is telling: it has one owner;
    one at a bank or a big shop is quoted from its letters.
    """
    if kind in _LINKED or kind in _SENDING:
        return _is_common_domain(kind, value)
    if kind == "drop_box":
        domain = registrable_domain(value.rpartition("@")[2])
        return domain in EVERYBODYS and domain not in FREE_MAIL
    if kind == "mailer":
        return value.lower().startswith(MAILERS)
    return kind == "affiliate_id" and value in MEANINGLESS


def _is_common_domain(kind: str, host: str) -> bool:
    domain = registrable_domain(host)
    if domain is None:
        return kind != "host"  # an address is a host, and never a domain
    return domain in EVERYBODYS or domain in FREE_MAIL
