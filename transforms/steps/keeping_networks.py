"""The table of networks in the lake: read from files, and put in the place of the one before."""

from __future__ import annotations

import os
from pathlib import Path

from transforms.lake import Lake
from transforms.origin.networks import read_networks, write_networks
from transforms.settings import Settings

LOCK = "tracing"
"""Held while origins are looked up in the table, and while another takes its place."""


def keep(settings: Settings, files: list[Path]) -> dict:
    """Keep the files, laid over one another, as the lake's table; `ranges` (how many) and `version` of it.

    It is swapped in while nothing is traced. Raises NetworkTableError for a file that cannot be read.
    """
    networks = read_networks(files)
    lake = Lake(settings.lake)
    part = lake.networks.with_suffix(".part")
    with lake.lock(LOCK):
        write_networks(networks, part)
        os.replace(part, lake.networks)
    return {"ranges": networks.ranges.num_rows, "version": networks.version}
