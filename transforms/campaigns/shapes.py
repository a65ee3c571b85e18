"""Shapes: what stays the same in the links of a campaign while hosts, readers and serial numbers change."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_VARYING = re.compile(r"\d|%|[a-z][A-Z]|[bcdfghjklmnpqrstvwxz]{5}")
_VARYING_RUN = re.compile(r"(?:/#)+(?=/|$)")
_LONG = 14
_REMOVAL = re.compile(r"remov|unsub|opt[-_]?out|take[-_]?me[-_]?off|goodbye", re.I)


def link_shape(url: str) -> str:
    """Path and names of query parameters: `/rx/#/buy.php?aff&e`; what is serial, random or a reader's is `#`, and so is
    a run of such.

    Empty for a bare host. Never raises for what a link holds.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "?"
    path = "/".join(_segment(segment) for segment in parts.path.split("/")).rstrip("/")
    path = _VARYING_RUN.sub("/#", path)
    names = sorted({pair.partition("=")[0][:_LONG] if "=" in pair else "#" for pair in parts.query.split("&") if pair})
    return f"{path}?{'&'.join(names)}" if names else path


def is_removal(shape: str) -> bool:
    """Whether a link of this shape leads to where readers have themselves taken off: one page for all that its mailer
    sends, whatever he advertises.
    """
    return _REMOVAL.search(shape) is not None


def _segment(segment: str) -> str:
    stem, dot, extension = segment.rpartition(".")
    if not dot or len(extension) > 5:
        stem, dot, extension = segment, "", ""
    is_varying = len(stem) > _LONG or _VARYING.search(stem)
    return f"{'#' if is_varying else stem.lower()}{dot}{extension.lower()}"
