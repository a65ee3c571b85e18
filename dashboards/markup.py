"""Pieces of a page in HTML: every value is escaped here, so that callers give plain values only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any
from urllib.parse import quote

from dashboards.text import html, plain


@dataclass(frozen=True)
class Link:
    """A way to another page of the dashboard: page, name and value of its one parameter, and what is read."""

    page: str
    name: str
    value: str
    text: str


@dataclass(frozen=True)
class Badge:
    """A word with a colour beside it; the word alone says it all."""

    text: str
    colour: str


_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")
_HALF_A_PHONE = 18
"""Characters that fit beside another value on a narrow screen."""
Column = tuple[str, str]
"""Heading, and name of the value in a row."""


def shown(value: Any) -> str:
    """One value as HTML: numbers with thousands, times in UTC to the minute, nothing as a dash, all else as text."""
    if isinstance(value, Link):
        return f'<a href="{link(value)}" target="_self">{html(value.text)}</a>'
    if isinstance(value, Badge):
        return f'<span class="badge"><i style="background:{value.colour}"></i>{html(value.text)}</span>'
    if value is None or value == "" or value == []:
        return '<span class="none">–</span>'
    if isinstance(value, list):
        return ", ".join(map(html, value))
    return html(number(value)) if isinstance(value, int | float | date) else html(value, 600)


def number(value: Any) -> str:
    """A number or time as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else f"{value:%Y-%m-%d}"


def link(to: Link) -> str:
    """A relative address, so that the dashboard may stand below any path of a proxy."""
    named = f"&{quote(to.name)}={quote(to.value)}" if to.value else ""
    return escape(f"?page={quote(to.page)}{named}")


def table(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], caption: str, kind: str = "") -> str:
    """A table that becomes a list of cards on a narrow screen; `caption` is for those who hear it."""
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title, _ in columns)
    body = "".join(f"<tr>{''.join(_cell(title, row.get(name)) for title, name in columns)}</tr>" for row in rows)
    return (
        f'<div class="rows {kind}" tabindex="0" role="region" aria-label="{escape(plain(caption))}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(title: str, value: Any) -> str:
    return f'<td class="{_kind(value)}" data-title="{escape(title)}">{shown(value)}</td>'


def _kind(value: Any) -> str:
    """How a cell is set: numbers in columns, ids and dates unbroken."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number"
    if isinstance(value, Link | date) or _DATE.fullmatch(str(value)):
        return "fixed"
    is_long = isinstance(value, list) or len(str(value or "")) > _HALF_A_PHONE
    return "words wide" if is_long else "words"


def figures(items: Iterable[tuple[str, Any, str]]) -> str:
    """Key figures: what, how much, and a remark."""
    return f'<div class="figures">{"".join(map(_figure, items))}</div>'


def _figure(item: tuple[str, Any, str]) -> str:
    label, value, remark = item
    value = plain(value, 60) if isinstance(value, str) else value
    size = "value long" if len(str(value)) > _HALF_A_PHONE else "value"
    return (
        f'<div class="figure"><span class="label">{escape(label)}</span><span class="{size}">{shown(value)}</span>'
        f'<span class="remark">{html(remark)}</span></div>'
    )


def notice(kind: str, text: str) -> str:
    """Something to know first: its kind in a word, then the sentence."""
    return (
        f'<div class="notice {escape(kind)}" role="status"><b>{escape(kind.capitalize())}</b> {html(text, 800)}</div>'
    )


def details(summary: str, inner: str) -> str:
    """Markup of ours that is folded away until it is asked for."""
    return f"<details><summary>{escape(summary)}</summary>{inner}</details>"


def heading(text: str, level: int = 3, remark: str = "") -> str:
    """A heading and, below it, a remark."""
    below = f'<p class="remark">{html(remark, 500)}</p>' if remark else ""
    return f"<h{level}>{html(text, 120)}</h{level}>{below}"


def block(text: str) -> str:
    """Text of several lines, as it is, in a frame."""
    return f'<pre class="spam" dir="auto">{escape(plain(text, 500, keep_lines=True))}</pre>'


def mapped(rows: Iterable[Mapping[str, Any]], **made: Callable[[Mapping[str, Any]], Any]) -> list[dict[str, Any]]:
    """The rows with some values made anew out of the row."""
    return [{**row, **{name: make(row) for name, make in made.items()}} for row in rows]
