"""The text of a page is what a reader sees of it: one case for each way to hide text, and for each way not to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.message.colours import attribute_colour, is_near, style_colour
from transforms.message.html_text import read_html
from transforms.message.styles import read_style

HEAD = b"From: ann@sender.example\nSubject: x\nDate: Tue, 1 Mar 2005 08:00:00 +0100\nContent-Type: text/html\n\n"
HIDDEN = {
    "tiny inside a word": 'Via<font style="font-size:1px">junk</font>gra',
    "tiny in points": "Via<span style='FONT-SIZE: 1pt; x: y'>junk</span>gra",
    "size zero": "Via<span style=font-size:0>junk</span>gra",
    "size zero of any unit": "Via<span style='font-size:0em'>junk</span>gra",
    "less than one": "Via<span style='font-size:.5px'>junk</span>gra",
    "tiny, with more inside": "Via<span style='font-size:1px'>ju<b>n<i>k</i></b></span>gra",
    "not displayed": "Via<div style='display : none'>junk</div>gra",
    "not displayed, and again inside": "Via<i style='display:none'>ju<b style='display:none'>n</b>k</i>gra",
    "not displayed, whatever its colour": "Via<i style='display:none'><b style='color:red;display:block'>junk</b></i>gra",
    "hidden by attribute": "Via<span hidden>junk</span>gra",
    "invisible": "Via<span style='visibility:hidden'>junk</span>gra",
    "white": "Via<font color=white>junk</font>gra",
    "white in digits": "Via<font color=#ffffff>junk</font>gra",
    "white without its sign": "Via<font color=FFFFFF>junk</font>gra",
    "white in three digits": "Via<font color='#FFF'>junk</font>gra",
    "nearly white": "Via<font color=#fffffe>junk</font>gra",
    "nearly white, mixed case": "Via<FONT COLOR=#FDFEFF>junk</FONT>gra",
    "white by style": "Via<span style='color: white !important'>junk</span>gra",
    "white by rgb()": "Via<span style='color:rgb(255, 255,254)'>junk</span>gra",
    "white by percent": "Via<span style='color:rgb(100%,100%,99%)'>junk</span>gra",
    "white on white": "<body bgcolor=#ffffff>Via<font color=#fefefe>junk</font>gra",
    "black on black": "<body bgcolor=black text=white>Via<font color=#000000>junk</font>gra",
    "yellow on a yellow page": "<body style='background:#ff0'>Via<font color=yellow>junk</font>gra",
    "on a cell of its own colour": "<body bgcolor=black><table><tr><td bgcolor=#336699>Via"
    "<font color=#336698>junk</font>gra",
    "on a row": "<table><tr bgcolor=red><td>Via<font color=#ff0000>junk</font>gra",
    "on a division": "<div style='background-color:#336699'>Via<span style='color:#369'>junk</span>gra</div>",
    "white cell in a dark table": "<table bgcolor=black><tr><td bgcolor=white>Via<font color=white>junk</font>gra",
    "around a cell of the colour": "<body bgcolor=black text=white>Via"
    "<span style='color:white'><span style='background:white'>junk</span></span>gra",
    "white, and white by the style sheet too": "<style>body {background: #fff}</style>Via<font color=white>junk</font>gra",
}
SEEN = {
    "white on a dark cell": "<table><tr><td bgcolor=#000080><font color=white>Viagra</font>",
    "white on a dark row": "<table><tr bgcolor=navy><td><font color=white>Viagra</font>",
    "white on a dark table": "<table bgcolor=black><tr><td><font color=white>Viagra</font>",
    "white on a dark page": "<body bgcolor=black><font color=white>Viagra</font>",
    "white on a dark division": "<div style='background-color:#000'><span style='color:#fff'>Viagra</span></div>",
    "white around a dark cell": "<font color=white><table><tr><td bgcolor=black>Viagra</td></tr></table></font>",
    "white on a picture": "<table background=http://a.example/b.gif><tr><td><font color=white>Viagra</font>",
    "white on a picture by style": "<table><td style='background: url(b.gif) white'><font color=white>Viagra</font>",
    "white on what a style sheet may colour": "<style>.a {background: navy}</style>"
    "<p class=a><font color=white>Viagra</font>",
    "pale": "<font color=#eeeeee>Viagra</font>",
    "grey": "<font color=#f0f0f0>Viagra</font>",
    "its own colour in white": "<font color=white><b style='color:red'>Viagra</b></font>",
    "a link in white": "<font color=white><a href=http://a.example/>Viagra</a></font>",
    "small": "<font style='font-size:2px'>Viagra</font>",
    "ten points": "<font style='font-size:10pt'>Viagra</font>",
    "one em": "<font style='font-size:1em'>Viagra</font>",
    "more than one": "<font style='font-size:1.5em'>Viagra</font>",
    "large in tiny": "<div style='font-size:0'><span style='font-size:14px'>Viagra</span></div>",
    "font size in tiny": "<div style='font-size:0'><font size=2>Viagra</font></div>",
    "visible in invisible": "<div style='visibility:hidden'><b style='visibility:visible'>Viagra</b></div>",
    "no colour": "<font color=''>Viagra</font>",
    "colour of a border": "<p style='border-color:white'>Viagra",
    "overflow": "<p style='overflow: hidden'>Viagra",
}
HOSTILE = {
    "20,000 white fonts": b"<font color=white>x</font>" * 20_000,
    "20,000 open white fonts": b"<font color=white>x" * 20_000,
    "a colour of its own each": b"".join(b"<font color=#%06x>x</font>" % n for n in range(20_000)),
    "a background of its own each": b"".join(b"<td bgcolor=#%06x><font color=#0>x" % n for n in range(10_000)),
    "1,900 nested styles": b"<div style='color:#fff;font-size:0'>x" * 1_900,
    "10,000 styles": b"".join(b"<p style='color:#fff;x:%d'>x" % n for n in range(10_000)),
    "long style": b"<p style='" + b"color:#fff;" * 40_000 + b"'>x",
    "style sheets without end": b"<font color=#fff>x</font>" + b"<style>a{background:red}" * 10_000,
    "open comments": b"<!--" * 100_000,
    "tables of letters without end": b"<table><tr>" + b"<td>a</td>" * 40_000,
    "open quotes": b"<a \"'" * 80_000,
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_is_no_text(name):
    page = read_html(HIDDEN[name])
    assert page.text.replace("\n", "") == "Viagra"
    assert "junk" in page.unseen.replace("\n", "")


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_is_text(name):
    page = read_html(SEEN[name])
    assert (page.text, page.unseen) == ("Viagra", "")


@pytest.mark.parametrize("attribute", ["hidden", "style='display:none'", "style='color:#fff'"])
@pytest.mark.parametrize("tag", ["html", "body"])
def test_page_may_be_hidden_as_a_whole(tag, attribute):
    page = read_html(f"<{tag} {attribute}><p>junk <font color=red size=2>seen</font>")
    assert page.text == ("seen" if "color" in attribute else "")


def test_text_around_hidden_blocks_keeps_its_lines():
    page = read_html("one<div style='font-size:1px'>junk<br>junk</div>two <font color=white>junk</font> three")
    assert page.text == "one\ntwo three"


def test_links_of_hidden_parts_are_facts(parse):
    page = b"<font color=white>junk http://spelled.example/a <a href=http://hidden.example/b>seen</a></font>"
    page += b"<i style='display:none'>http://gone.example/</i>"
    rows = parse(HEAD + page + b" seen")
    assert rows["messages"][0]["body_text"] == "seen seen"
    assert {row["url"] for row in rows["urls"]} == {
        "http://spelled.example/a",
        "http://hidden.example/b",
        "http://gone.example/",
    }


def test_page_cannot_spell_a_mark():
    page = read_html("a\0-b&#0;-c<xmp>\0-</xmp><font color=white>junk</font>d")
    assert "junk" not in page.text
    assert page.text.startswith("a-b") and page.text.endswith("d")


@pytest.mark.parametrize("name", HOSTILE)
def test_costly_page_becomes_a_row(parse, name):
    assert not parse(HEAD + HOSTILE[name])["rejects"]


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("#FFF", (255, 255, 255)),
        (" White ", (255, 255, 255)),
        ("#00ff7f", (0, 255, 127)),
        ("ff0000", (255, 0, 0)),
        ("chucknorris", (192, 0, 0)),
        ("#12", (1, 2, 0)),
        ("#fffff", (255, 255, 240)),
        ("", None),
        ("transparent", None),
    ],
)
def test_colours_of_attributes(value, colour):
    assert attribute_colour(value) == colour


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("#FfF", (255, 255, 255)),
        ("navy", (0, 0, 128)),
        ("rgb(1, 2, 300)", (1, 2, 255)),
        ("rgba(1,2,3,0.5)", (1, 2, 3)),
        ("rgb(1,2)", None),
        ("windowtext", None),
        ("#fffff", None),
        ("inherit", None),
    ],
)
def test_colours_of_styles(value, colour):
    assert style_colour(value) == colour


def test_near_is_near_in_each_channel():
    assert is_near((255, 255, 255), (247, 250, 255))
    assert not is_near((255, 255, 255), (255, 255, 246))


PIECES = st.sampled_from(
    (
        *("<font color=white>", "</font>", "<font color=", "<p style='", "color:", "#fff", "rgb(", "font-size:0", "'>"),
        *(
            "<td bgcolor=",
            "<div hidden>",
            "</div>",
            "<table>",
            "<!--",
            "-->",
            "<style>",
            "background:url(",
            "\0",
            "</html>",
        ),
        *(
            "<body bgcolor=black>",
            "<html style='display:none'>",
            "<select>",
            "<template>",
            "<svg>",
            "visibility:hidden",
        ),
    )
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=40))
def test_no_page_raises(pieces):
    page = read_html("".join(pieces))
    assert "\0" not in page.text + page.unseen


@given(st.text(max_size=60))
def test_no_value_raises(value):
    assert style_colour(value) is None or attribute_colour(value)
    read_style(value)
    read_style(f"font-size:{value};color:{value};background:{value}")
