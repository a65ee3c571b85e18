"""A draft as plain text."""

from __future__ import annotations

from transforms.simulate.chance import Draw, pick
from transforms.simulate.disguise import spellings
from transforms.simulate.draft import Draft
from transforms.simulate.grammar import Part, Text, Value, Word, condensed

_RULES = ("", "", "-" * 42, "=" * 60, "* * * * *", "_" * 30, "++++++++++++++++++++", "~" * 24)
_BULLETS = ("", "- ", "* ", "-> ", "> ", "  ", ":: ", "o  ")


def text_layout(draft: Draft, tricks: frozenset[str], has_link: bool, draw: Draw) -> Text:
    """A plain text: paragraphs wrapped or not, items under one another, the link on its own line."""
    width = pick(draw, (0, 0, 60, 68, 72, 76))
    rule, bullet = pick(draw, _RULES), pick(draw, _BULLETS)
    parts: list[Part] = []
    if "word_salad" in tricks and draw() < 0.3:
        parts += [Value.SALAD_LINE, "\n\n"]
    for place, block in enumerate(draft.blocks):
        worded = disguised(block.parts, tricks, False, draw)
        follows_item = place + 1 < len(draft.blocks) and draft.blocks[place + 1].kind == "item"
        if block.kind == "item":
            parts += ["" if str(worded[0])[:1] in "*->" else bullet, *worded, "\n" if follows_item else "\n\n"]
        elif block.kind == "optout":
            parts += [rule, "\n", *wrapped(worded, width), "\n", Value.OPTOUT_LINK, "\n"]
        else:
            parts += [*wrapped(worded, width), "\n\n"]
        if block.kind == "action" and has_link:
            parts += [Value.LINK, "\n\n"]
    if "word_salad" in tricks:
        parts += ["\n" * (1 + int(draw() * 12)), Value.SALAD, "\n"]
    return Text(condensed(parts, draw))


def disguised(parts: list[Part], tricks: frozenset[str], in_html: bool, draw: Draw) -> list[Part]:
    """`parts` with every telling word replaced by its spellings."""
    result: list[Part] = []
    for part in parts:
        if type(part) is Word:
            forms = spellings(part, tricks, in_html, draw)
            result.append(forms if len(forms) > 1 else str(forms[0]))
        else:
            result.append(part)
    return result


def wrapped(parts: list[Part], width: int) -> list[Part]:
    """`parts` with line breaks for spaces so that lines stay near `width` columns; 0 leaves them long."""
    if not width:
        return parts
    column, result = 0, []
    for part in parts:
        if not isinstance(part, str):
            column += len(part[0]) if type(part) is tuple else 20
            result.append(part)
            continue
        words = part.split(" ")
        text = words[0]
        column += len(words[0])
        for word in words[1:]:
            breaks = column + len(word) + 1 > width
            text += ("\n" if breaks else " ") + word
            column = len(word) if breaks else column + len(word) + 1
        result.append(text)
    return result
