"""Where the lake and the feed catalogue are: given by options, else by the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


class SettingWrong(Exception):
    """An environment variable holds what cannot be used; the message names it and a remedy."""


@dataclass(frozen=True)
class Settings:
    """The two paths that every verb needs: the lake's folder and feeds.toml."""

    lake: Path
    feeds: Path

    @classmethod
    def from_env(cls, lake: Path | None = None, feeds: Path | None = None) -> Settings:
        """Options first, then SPAMLEDGER_LAKE and SPAMLEDGER_FEEDS, then `var/lake` and `feeds.toml`."""
        lake = lake or Path(os.environ.get("SPAMLEDGER_LAKE", "var/lake"))
        feeds = feeds or Path(os.environ.get("SPAMLEDGER_FEEDS", "feeds.toml"))
        return cls(lake.expanduser().resolve(), feeds.expanduser().resolve())
