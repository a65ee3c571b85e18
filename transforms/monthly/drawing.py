"""A chart as SVG that may stand in a page: named and described, in the page's colours, referring to nothing."""

from __future__ import annotations

import re
from html import escape

import altair as alt
import vl_convert

from transforms.monthly.document import Chart
from transforms.monthly.palette import INK, LINE, QUIET, VARIABLES

WIDTH = 360
"""Units of every drawing's width: pixels where it is not scaled, as on a telephone."""
_COLOUR = re.compile(r'(fill|stroke)="(#[0-9a-f]{6})"')
_OPENING = re.compile(r"<svg\b[^>]*>")
_BOX = re.compile(r'viewBox="[0-9. -]+"')


def drawn(chart: alt.Chart | alt.LayerChart, title: str, description: str, marts: tuple[str, ...]) -> Chart:
    """The chart, `WIDTH` wide; title and description are text."""
    sized = chart.properties(width=WIDTH, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    spec = _styled(sized).to_dict()
    return Chart(title, description, marts, _inline(vl_convert.vegalite_to_svg(spec), title, description))


def _styled(chart: alt.LayerChart) -> alt.LayerChart:
    axis = {"labelColor": QUIET, "titleColor": QUIET, "domainColor": LINE, "tickColor": LINE, "gridColor": LINE}
    return (
        chart.configure(aria=False, background="transparent", font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(**axis, labelFontSize=10, titleFontSize=10, titleFontWeight="normal", labelLimit=140)
        .configure_legend(labelColor=INK, labelFontSize=10, orient="top", title=None, columns=3, labelLimit=110)
        .configure_text(fontSize=10, color=INK)
    )


def _inline(svg: str, title: str, description: str) -> str:
    box = _BOX.search(svg).group()
    svg = _COLOUR.sub(_as_variable, svg)
    head = f'<svg {box} role="img" aria-label="{escape(f"{title}. {description}")}">'
    return _OPENING.sub(lambda _: f"{head}<title>{escape(title)}</title><desc>{escape(description)}</desc>", svg, 1)


def _as_variable(found: re.Match) -> str:
    colour = found[2]
    return f'{found[1]}="var({VARIABLES[colour]}, {colour})"' if colour in VARIABLES else found.group()
