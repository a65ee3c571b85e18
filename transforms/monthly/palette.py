"""Colours that the colour-blind tell apart (Okabe and Ito 2008), each a variable that the page sets: light or dark."""

from __future__ import annotations

INK, QUIET, LINE, GREY = "#1c2127", "#5b6671", "#d9dee4", "#a3abb5"
BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE = "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7"

VARIABLES = {
    INK: "--ink",
    QUIET: "--quiet",
    LINE: "--line",
    GREY: "--grey",
    BLUE: "--blue",
    ORANGE: "--orange",
    GREEN: "--green",
    VERMILION: "--vermilion",
    SKY: "--sky",
    PURPLE: "--purple",
}
SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION)
"""Of parts without an order, in the order in which they are given out; what is left is grey."""
