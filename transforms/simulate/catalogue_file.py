"""The feeds.toml of a simulation: ready to be used as it is."""

from __future__ import annotations

from pathlib import Path

from transforms.simulate.scenario import Scenario, SimulatedFeed

_PLACEHOLDERS = {"day": "{date}", "month": "{year}-{month}"}


def write_catalogue(scenario: Scenario, out: Path) -> Path:
    """Write `out/feeds.toml` with a table for each feed; URLs are relative to it. Returns its path."""
    path = out / "feeds.toml"
    path.write_text("\n".join(_table(feed, scenario) for feed in scenario.feeds), "utf-8")
    return path


def _table(feed: SimulatedFeed, scenario: Scenario) -> str:
    hosts = ", ".join(f'"{host}"' for host in feed.trap_hosts)
    name = f"{_PLACEHOLDERS[feed.cadence]}{feed.suffix}"
    lines = [
        f"[feeds.{feed.name}]",
        f'description = "Simulated spam trap, one {feed.format} a {feed.cadence}"',
        f'url = "{feed.name}/{name}"',
        f"trusted_hosts = [{hosts}]",
        'licence = "synthetic"',
        f"expected_daily = {max(1, round(scenario.daily_count_of(feed)))}",
        f"late_days = {feed.late_days}",
    ]
    if feed.format in ("mbox", "maildir", "eml"):
        lines.insert(3, f'format = "{feed.format}"')
    return "\n".join(lines) + "\n"
