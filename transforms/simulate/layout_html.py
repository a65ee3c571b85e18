"""A draft as HTML, in the manners of the programs that spam is made with."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.simulate.chance import Draw, pick
from transforms.simulate.draft import Block, Draft
from transforms.simulate.grammar import Part, Text, Value, condensed
from transforms.simulate.layout_text import disguised

_FONTS = ("Arial", "Verdana", "Times New Roman", "Tahoma", "Comic Sans MS", "Arial, Helvetica, sans-serif", "Georgia")
_COLOURS = ("#FF0000", "#000080", "#003399", "#990000", "#006600", "red", "blue", "#333333", "#CC0066", "navy")
_PALE = ("#FFFFFF", "#FFFFCC", "#F0F0F0", "#E6F2FF", "#FFF5E6", "white")


@dataclass(frozen=True)
class Frame:
    """Markup around the blocks of one template: opening and closing of the whole, and pairs around each kind."""

    head: str
    foot: str
    pitch: tuple[str, str]
    hook: tuple[str, str]
    item: tuple[str, str]
    items: tuple[str, str]
    action: tuple[str, str]
    small_print: tuple[str, str]


def _outlook_express(charset: str, draw: Draw) -> Frame:
    build = pick(draw, ("5.50.4522.1801", "6.00.2800.1106", "6.00.2800.1458", "6.00.2900.2180", "5.00.2919.6307"))
    open_, close = f"<DIV><FONT face={pick(draw, ('Arial', 'Verdana', 'Tahoma'))} size=2>", "</FONT></DIV>\n"
    return Frame(
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">\n<HTML><HEAD>\n'
        f'<META http-equiv=Content-Type content="text/html; charset={charset}">\n'
        f'<META content="MSHTML {build}" name=GENERATOR>\n<STYLE></STYLE>\n</HEAD>\n<BODY bgColor=#ffffff>\n',
        "</BODY></HTML>\n",
        (open_, close + "<DIV>&nbsp;</DIV>\n"),
        (open_ + "<STRONG>", "</STRONG>" + close + "<DIV>&nbsp;</DIV>\n"),
        (open_, close),
        ("", "<DIV>&nbsp;</DIV>\n"),
        (open_, close),
        (open_, close),
    )


def _bare(charset: str, draw: Draw) -> Frame:
    br = pick(draw, ("<br>", "<BR>", "<br />"))
    return Frame(
        pick(draw, ("<html>\n<body>\n", "<html><head></head><body>\n", "<HTML>\n", "")),
        pick(draw, ("</body></html>\n", "</body>\n</html>\n", "</HTML>\n", "\n")),
        ("", f"{br}{br}\n"),
        (pick(draw, ("", "<b>", "<strong>")), f"</b>{br}{br}\n"),
        ("", f"{br}\n"),
        ("", f"{br}\n"),
        ("", f"{br}{br}\n"),
        (f"{br}<small>", "</small>\n"),
    )


def _table(charset: str, draw: Draw) -> Frame:
    width, font, colour = pick(draw, (480, 500, 550, 600, 620)), pick(draw, _FONTS), pick(draw, _COLOURS)
    cell = f'<tr>\n<td align="{pick(draw, ("left", "center"))}"><font face="{font}" size="2">'
    return Frame(
        f"<html>\n<head>\n<title></title>\n"
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n</head>\n'
        f'<body bgcolor="{pick(draw, _PALE)}" text="#000000" link="{colour}">\n<center>\n'
        f'<table width="{width}" border="{int(draw() * 2)}" cellspacing="0" cellpadding="{int(draw() * 8) + 2}" '
        f'bgcolor="{pick(draw, _PALE)}">\n',
        "</table>\n</center>\n</body>\n</html>\n",
        (cell, "</font></td>\n</tr>\n"),
        (cell.replace('size="2"', f'size="4" color="{colour}"') + "<b>", "</b></font></td>\n</tr>\n"),
        (f'<tr><td><font face="{font}" size="2"><li>', "</li></font></td></tr>\n"),
        ("", ""),
        (cell.replace("left", "center") + "<b>", "</b></font></td>\n</tr>\n"),
        ('<tr><td><font size="1" color="#999999">', "</font></td></tr>\n"),
    )


def _word(charset: str, draw: Draw) -> Frame:
    size = pick(draw, ("10.0pt", "11.0pt", "12.0pt"))
    open_ = f"<p class=MsoNormal><font size=2 face={pick(draw, ('Arial', 'Verdana'))}><span style='font-size:{size};\n"
    open_ += "font-family:Arial'>"
    close = "</span></font></p>\n\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n\n"
    return Frame(
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"\nxmlns:w="urn:schemas-microsoft-com:office:word"\n'
        'xmlns="http://www.w3.org/TR/REC-html40">\n\n<head>\n'
        f'<meta http-equiv=Content-Type content="text/html; charset={charset}">\n'
        '<meta name=ProgId content=Word.Document>\n<meta name=Generator content="Microsoft Word 10">\n<style>\n<!--\n'
        ' /* Style Definitions */\n p.MsoNormal, li.MsoNormal, div.MsoNormal\n\t{mso-style-parent:"";\n'
        f"\tmargin:0in;\n\tmargin-bottom:.0001pt;\n\tmso-pagination:widow-orphan;\n\tfont-size:{size};\n"
        '\tfont-family:"Times New Roman";}\na:link, span.MsoHyperlink\n\t{color:blue;\n\ttext-decoration:underline;}\n'
        "@page Section1\n\t{size:8.5in 11.0in;\n\tmargin:1.0in 1.25in 1.0in 1.25in;}\ndiv.Section1\n"
        "\t{page:Section1;}\n-->\n</style>\n</head>\n\n<body lang=EN-US link=blue vlink=purple>\n\n"
        "<div class=Section1>\n\n",
        "</div>\n\n</body>\n\n</html>\n",
        (open_, close),
        (open_ + "<b>", "</b>" + close),
        (open_, "</span></font></p>\n\n"),
        ("", ""),
        (open_, close),
        (open_, close),
    )


def _shouting(charset: str, draw: Draw) -> Frame:
    colour, font = pick(draw, _COLOURS), pick(draw, _FONTS)
    return Frame(
        f'<html><head><meta name="GENERATOR" content="Microsoft FrontPage 4.0">\n<title>{int(draw() * 9999)}</title>'
        f'</head>\n<body bgcolor="{pick(draw, _PALE)}">\n',
        "</body></html>\n",
        (f'<p align="center"><font face="{font}">', "</font></p>\n"),
        (f'<p align="center"><b><i><font face="{font}" size="6" color="{colour}">', "</font></i></b></p>\n<hr>\n"),
        ("<li><b>", "</b>\n"),
        ("<ul>\n", "</ul>\n"),
        ('<p align="center"><font size="5"><b>', "</b></font></p>\n"),
        ('<hr><p align="center"><font size="1">', "</font></p>\n"),
    )


_FRAMES = (_outlook_express, _outlook_express, _bare, _bare, _bare, _table, _table, _word, _shouting)


def html_layout(draft: Draft, tricks: frozenset[str], has_link: bool, charset: str, draw: Draw) -> Text:
    """An HTML body: a frame around all blocks, links as anchors, hidden salad where tricks ask for it."""
    frame = pick(draw, _FRAMES)(charset, draw)
    parts: list[Part] = [frame.head, *_hidden_salad(tricks, draw, at_end=False)]
    if has_link and draw() < 0.3:
        parts += ['<a href="', Value.LINK, '"><img src="', Value.IMAGE_LINK, f'" border="0"></a>{frame.items[1]}']
    kinds = [block.kind for block in draft.blocks]
    for place, block in enumerate(draft.blocks):
        is_item = block.kind == "item"
        parts.append(frame.items[0] if is_item and kinds[place - 1] != "item" else "")
        parts += _block(block, frame, tricks, has_link, draw)
        parts.append(frame.items[1] if is_item and kinds[place + 1 : place + 2] != ["item"] else "")
    if "tracking_image" in tricks:
        parts += ['<img src="', Value.IMAGE_LINK, '" width=1 height=1 border=0>\n']
    return Text(condensed([*parts, *_hidden_salad(tricks, draw, at_end=True), frame.foot], draw))


def image_layout(tricks: frozenset[str], has_link: bool, draw: Draw) -> Text:
    """An HTML body that shows nothing but an enclosed picture."""
    image: list[Part] = [f'<img {pick(draw, ("border=0 ", ""))}src="cid:', Value.CONTENT_ID, '">']
    if has_link:
        image = ['<a href="', Value.LINK, '">', *image, "</a>"]
    start = pick(draw, ("<html><body>\n", "<HTML><HEAD></HEAD><BODY bgColor=#ffffff>\n<DIV>", "<html>\n<p>"))
    end = pick(draw, ("<br>\n</body></html>\n", "</DIV></BODY></HTML>\n", "</p></html>\n"))
    return Text([start, *image, *_hidden_salad(tricks, draw, at_end=True), end])


def _block(block: Block, frame: Frame, tricks: frozenset[str], has_link: bool, draw: Draw) -> list[Part]:
    around = getattr(frame, "small_print" if block.kind == "optout" else block.kind, frame.pitch)
    body = [_escaped(part) for part in disguised(block.parts, tricks, True, draw)]
    if block.kind == "action" and has_link:
        body = _anchor(body, tricks, draw)
    elif block.kind == "optout":
        body = ['<a href="', Value.OPTOUT_LINK, '">', *body, "</a>"]
    return [around[0], *body, around[1]]


def _anchor(body: list[Part], tricks: frozenset[str], draw: Draw) -> list[Part]:
    if "link_mismatch" in tricks:
        return [*body, '<br><a href="', Value.LINK, '">', Value.LINK_HOST, "</a>"]
    if draw() < 0.3:
        return [*body, "<br>\n<a href=", Value.LINK, ">", Value.LINK, "</a>"]
    return [f'<{pick(draw, ("a", "A", "a"))} href="', Value.LINK, '">', *body, "</a>"]


def _hidden_salad(tricks: frozenset[str], draw: Draw, at_end: bool) -> list[Part]:
    parts: list[Part] = []
    if "hidden_salad" in tricks and at_end:
        parts += pick(draw, (["<!-- ", Value.SALAD, " -->\n"], ['<div style="display:none">', Value.SALAD, "</div>\n"]))
    if "white_text" in tricks and (at_end or draw() < 0.3):
        colour = pick(draw, ("#ffffff", "#fffffe", "white", "#FDFEFF"))
        parts += [f"<font color={colour}>", Value.SALAD, "</font>\n"]
    if "word_salad" in tricks and at_end:
        parts += ["<p>", Value.SALAD, "</p>\n"]
    return parts


def _escaped(part: Part) -> Part:
    """`&` in plain text spelled as a reference; disguised words bring markup of their own."""
    return part.replace(" & ", " &amp; ") if type(part) is str else part
