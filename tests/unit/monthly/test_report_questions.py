"""What is asked of the marts."""

from __future__ import annotations

from tests.month import MARCH, MARTS
from transforms.monthly import questions
from transforms.monthly.questions import SUBJECTS


def test_each_query_stands_alone_and_names_its_marts():
    asked = {question.subject: question for question in questions(MARCH, MARTS)}
    assert tuple(asked) == SUBJECTS
    assert all("$" not in question.sql for question in asked.values())
    assert asked["campaigns"].marts == (
        *("mart_campaigns_monthly", "dim_campaign", "campaign_categories", "dim_category", "fct_campaign_daily"),
    )
    assert "DATE '2005-03-01'" in asked["months"].sql


def test_an_older_publication_is_not_asked_for_what_it_does_not_hold():
    asked = [question.subject for question in questions(MARCH, set(MARTS) - {"mart_gate_runs", "campaign_categories"})]
    assert set(SUBJECTS) - set(asked) == {"gates", "campaigns"}
