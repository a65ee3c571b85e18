"""Containers: landed files to raw messages. One module a format; `read_container` finds out which."""

from transforms.feeds.container import FORMATS, read_container
from transforms.feeds.limits import Limits
from transforms.feeds.raw import BrokenPlace, RawMessage

__all__ = ["FORMATS", "BrokenPlace", "Limits", "RawMessage", "read_container"]
