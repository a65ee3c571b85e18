"""Real mail, from its archives to the marts: every message is a row or a reject with a reason.

The archives are not part of the project; the test reads them beside the checkout and is skipped without them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from transforms.reading import published_tables
from transforms.steps.verifying import verify

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
DAY = date(2015, 3, 31)
FEEDS = {
    # name: format, trusted hosts, messages and other files in the archive
    "spamassassin": ("eml", [], 6_049),  # 6,046 messages and three notices
    "untroubled-2015-03": ("eml", ["untroubled.org", "localhost"], 7_821),
    "nazario-2005": ("mbox", [], 1_308),
    "mime-suites": ("eml", [], 1_456),  # 1,455 files, one of them a zip of two
}

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="no archives of real mail in ../shared/corpora")


def test_every_message_of_the_archives_is_a_row_or_a_reject(world):
    made = world(
        **{
            name: {"url": str(CORPORA / f"{name}.tar.zst"), "format": form, "trusted_hosts": hosts}
            for name, (form, hosts, _) in FEEDS.items()
        }
    )
    report = made.run(DAY, DAY)
    assert report.unreachable == []
    counted = {
        feed: (found, parsed, rejected)
        for feed, found, parsed, rejected in made.rows(
            "select feed, found_count, parsed_count, rejected_count from loads"
        )
    }
    assert {feed: found for feed, (found, _, _) in counted.items()} == {name: keys[2] for name, keys in FEEDS.items()}
    assert all(found == parsed + rejected for found, parsed, rejected in counted.values())
    assert verify(made.settings)["findings"] == []
    reasons = set(made.rows("select feed, reason from rejects"))
    assert not {reason for _, reason in reasons} & {"parser_failed", "worker_died", "time_limit"}
    assert not any(feed == "untroubled-2015-03" for feed, _ in reasons)
    with published_tables(made.lake) as con:
        monthly = con.execute("select feed, sum(message_count) from mart_volume_monthly group by all").fetchall()
    published = {feed: counted[feed][1] for (feed,) in made.rows("select feed from loads where status = 'published'")}
    assert dict(monthly) == published
