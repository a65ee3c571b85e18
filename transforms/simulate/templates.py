"""The texts of a campaign, compiled: each composed anew out of the phrase bank, in one voice."""

from __future__ import annotations

from transforms.simulate.campaign import Template
from transforms.simulate.chance import Draw
from transforms.simulate.draft import Draft, compose
from transforms.simulate.grammar import Text
from transforms.simulate.layout_html import html_layout, image_layout
from transforms.simulate.layout_text import disguised, text_layout
from transforms.simulate.mime import Coding
from transforms.simulate.phrases import Bank, Common

SPIN = 0.5
"""How many choices a campaign with spun text leaves to the copies."""


def make_templates(
    bank: Bank,
    common: Common,
    names: dict[str, str],
    structure: str,
    coding: Coding,
    tricks: frozenset[str],
    campaign_id: str,
    draw: Draw,
) -> tuple[Template, ...]:
    """One to five templates; `names` are the campaign's fixed words, `structure` decides on text and HTML."""
    spin = SPIN if "spun_text" in tricks else 0.0
    is_terse = draw() < 0.15 and bank.has_link
    made = []
    for number in range(1 + int(draw() * draw() * 5)):
        draft = compose(bank, common, names, spin, draw, is_terse)
        subject = disguised(draft.subject, tricks - {"zero_width", "homoglyphs"}, False, draw)
        text, html = _bodies(draft, structure, coding, tricks, bank.has_link, draw)
        made.append(Template(f"{campaign_id}-t{number + 1}", Text(subject), text, html))
    return tuple(made)


def _bodies(
    draft: Draft, structure: str, coding: Coding, tricks: frozenset[str], has_link: bool, draw: Draw
) -> tuple[Text, Text]:
    text = html = Text([])
    if structure in ("plain", "alternative", "mixed"):
        text = text_layout(draft, tricks, has_link, draw)
    if structure in ("html", "alternative"):
        html = html_layout(draft, tricks, has_link, coding.declared or coding.charset, draw)
    if structure == "related":
        html = image_layout(tricks, has_link, draw)
    return text, html
