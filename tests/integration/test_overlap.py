"""Batches of one feed that bring the same messages at the same time."""

from __future__ import annotations

from datetime import date

from tests.mail import day_of_mail, write_day
from transforms import steps
from transforms.steps.verifying import verify

D1, D2 = date(2005, 3, 1), date(2005, 3, 2)


def test_messages_that_another_batch_commits_meanwhile_are_counted_once(world, tmp_path):
    made = world(trap={"url": "trap/{date}.mbox.gz"})
    shared = day_of_mail(D1, 6)
    write_day(tmp_path / "trap", D1, shared)
    write_day(tmp_path / "trap", D2, [*shared[2:], *day_of_mail(D2, 3, first=50)])
    for step in (steps.land, steps.parse, steps.gate):
        for day in (D1, D2):
            step(made.settings, "trap", day)
    for day in (D1, D2):
        assert steps.commit(made.settings, "trap", day)["held"] == []
    assert made.rows("select load_date, parsed_count, rejected_count from loads order by 1") == [(D1, 6, 0), (D2, 3, 4)]
    assert made.rows("select count(*), count(distinct message_key) from messages") == [(9, 9)]
    assert verify(made.settings)["findings"] == []
