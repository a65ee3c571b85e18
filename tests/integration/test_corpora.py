"""Real mail, from its archives to the marts: every message is a row or a reject with a reason.

The archives are not part of the project; the tests read them beside the checkout and are skipped without them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.integration.conftest import World
from tests.integration.corpora import CORPORA, FEEDS
from tests.mail import feeds_toml
from tests.once import made_once
from transforms.reading import published_tables
from transforms.settings import Settings
from transforms.steps.verifying import verify

DAY = date(2015, 3, 31)
FOUND = {
    "spamassassin": 6_046 + 3,  # licence, notice and a script lie beside the messages
    "untroubled-2015-03": 7_821,
    "nazario-2005": 1_308,
    "mime-suites": 1_455 + 1,  # one of the files is a zip of two
}

pytestmark = pytest.mark.skipif(
    not all((CORPORA / f"{name}.tar.zst").exists() for name in FEEDS),
    reason="no real mail at hand: put its archives into ../shared/corpora beside the project",
)


def world(folder: Path) -> World:
    """Each archive is a feed."""
    urls = {name: {"url": str(CORPORA / f"{name}.tar.zst")} for name in FEEDS}
    feeds = {name: urls[name] | keys for name, keys in FEEDS.items()}
    return World(folder, Settings((folder / "lake").resolve(), feeds_toml(folder, **feeds)))


@pytest.fixture(scope="module")
def real(tmp_path_factory, _project_read_once) -> World:
    """All archives after one night; only to be read."""

    def make(folder: Path) -> None:
        assert world(folder).run(DAY, DAY).exit_code == 0

    return world(made_once(tmp_path_factory, "corpora", make))


def test_every_message_of_the_archives_is_a_row_or_a_reject(real):
    counted = real.rows("select feed, found_count, parsed_count, rejected_count from loads")
    assert {feed: found for feed, found, _, _ in counted} == FOUND
    assert all(found == parsed + rejected for _, found, parsed, rejected in counted)
    assert verify(real.settings)["findings"] == []
    with published_tables(real.lake) as con:
        monthly = con.execute("select feed, sum(message_count) from mart_volume_monthly group by all").fetchall()
    assert dict(monthly) == {feed: parsed for feed, _, parsed, _ in counted}


def test_no_real_mail_is_rejected(real):
    """Torture cases fail only when they are no mail."""
    rejects = real.rows("select feed, reason, count(*) from rejects where feed <> 'mime-suites' group by all")
    assert rejects == [("spamassassin", "not_a_message", 3)]
    tortured = real.rows("select distinct reason from rejects where feed = 'mime-suites' order by all")
    assert tortured == [("empty_message",), ("not_a_message",)]
    assert real.rows("select count(*) > 1_050 from messages where feed = 'mime-suites'") == [(True,)]


def test_most_real_mail_is_regular_and_has_the_clock_of_its_trap(real):
    regular = real.rows(
        "select feed, avg((parser = 'fast')::int) > 0.85 from messages where feed <> 'mime-suites' group by all order by all"
    )
    assert regular == [(name, True) for name in sorted(FEEDS.keys() - {"mime-suites"})]
    received = (
        "select avg((captured_at_source = 'received')::int) > 0.99 from messages where feed = 'untroubled-2015-03'"
    )
    assert real.rows(received) == [(True,)]


def test_real_mail_is_grouped(real):
    assert real.rows("select count(*) from loads anti join grouped_loads using (load_id, committed_at)") == [(0,)]
    with published_tables(real.lake) as con:
        assert con.execute("select count(*) > 100, max(message_count) > 50 from dim_campaign").fetchone() == (
            True,
            True,
        )
