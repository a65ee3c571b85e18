"""Grouped rows are broken one way at a time: exactly the expectations named here fail, by exactly that many rows."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.gate import judge_portion, judge_rings
from expectations.grouped import PORTION, RINGS
from expectations.suite import CRITICAL, WARNING
from transforms.tables import TABLES

AT = datetime(2005, 3, 1, 12)
ASSIGNMENTS, TEMPLATES, LINEAGE = "campaign_assignments", "templates", "campaign_lineage"


def number(value: int) -> str:
    return f"{value:016x}"


def assigned(message: int, template: int, campaign: int) -> dict:
    reason = {"method": "template", "similarity": 1.0, "matched_template_id": f"t-{number(template)}"}
    return (
        captured(message)
        | reason
        | {
            "template_id": f"t-{number(template)}",
            "assigned_campaign_id": f"c-{number(campaign)}",
            "evidence": None,
            "rules_version": "2",
        }
    )


def captured(message: int) -> dict:
    return {"message_key": f"{message:032x}", "feed": "trap-a", "load_id": "trap-a-1", "captured_at": AT}


def portion() -> dict[str, list[dict]]:
    """Messages 0 to 3: two of the new template 1, one of the known template 2, and a delivery report."""
    new = {
        "template_id": f"t-{number(1)}",
        "assigned_campaign_id": f"c-{number(1)}",
        "method": "first",
        "similarity": None,
        "matched_template_id": None,
        "evidence": None,
        "message_key": f"{0:032x}",
        "first_seen_at": AT,
        "subject": "Buy",
        "excerpt": None,
        "script": "Latn",
        "word_count": 9,
        "manner": 7,
        "signature": None,
        "rules_version": "2",
    }
    held = {"kind": "phone", "value": "+12065550142", "message_count": 2, "first_seen_at": AT, "last_seen_at": AT}
    return {
        ASSIGNMENTS: [assigned(0, 1, 1), assigned(1, 1, 1), assigned(2, 2, 5)],
        TEMPLATES: [new],
        "template_index": [{"month": date(2005, 3, 1), "kind": "link", "key": 4, "template": 1}],
        LINEAGE: [],
        "campaign_indicators": [
            held
            | {"load_id": "trap-a-1", "feed": "trap-a", "assigned_campaign_id": f"c-{number(1)}"}
            | {"message_key": f"{0:032x}"}
        ],
        "captured": [captured(message) for message in range(4)],
        "notices": [{"message_key": f"{3:032x}"}],
        "known": [{"template_id": f"t-{number(2)}", "campaign_id": f"c-{number(5)}"}],
    }


def rings() -> dict[str, list[dict]]:
    """Campaigns 1 to 4, of which 1 and 2 are a ring."""
    ids = [f"c-{number(n)}" for n in range(5)]
    link = {"kind": "phone", "value": "+12065550142", "weight": 1.0, "campaign_count": 2}
    seen = {"first_seen_at": AT, "last_seen_at": AT, "rules_version": "1.1"}
    member = {"ring_id": f"r-{number(9)}", "weight": 1.0, "joined_at": AT, "rules_version": "1.1"}
    return {
        "ring_links": [{"campaign_id": ids[1], "other_campaign_id": ids[2]} | link | seen],
        "ring_members": [{"campaign_id": each} | member for each in ids[1:3]],
        "campaigns": [{"campaign_id": each} for each in ids[1:]],
    }


def judged(rows: dict[str, list[dict]], staged, judge, folder):
    for name, each in rows.items():
        columns = staged.beside.get(name)
        schema = TABLES[name].schema if columns is None else None
        beside = pa.schema([(c, pa.timestamp("us") if c.endswith("_at") else pa.string()) for c in columns or ()])
        pq.write_table(pa.Table.from_pylist(each, schema=schema or beside), folder / f"{name}.parquet")
    return judge(folder, folder / "reports")


def failures(verdict, severity: str = CRITICAL) -> dict:
    return {(row["table_name"], row["expectation"]): row["unexpected_count"] for row in verdict.failures(severity)}


def lose_a_message(rows):
    rows[ASSIGNMENTS].pop()


def group_twice(rows):
    rows[ASSIGNMENTS].append(rows[ASSIGNMENTS][0])


def group_a_notice(rows):
    rows[ASSIGNMENTS].append(assigned(3, 1, 1))


def group_a_stranger(rows):
    rows[ASSIGNMENTS].append(assigned(8, 1, 1))


def put_elsewhere(rows):
    rows[ASSIGNMENTS][1]["assigned_campaign_id"] = f"c-{number(6)}"


def match_nothing(rows):
    rows[ASSIGNMENTS][0]["matched_template_id"] = f"t-{number(77)}"


def invent_a_method(rows):
    rows[ASSIGNMENTS][0]["method"] = "guess"


def know_it_already(rows):
    rows["known"].append({"template_id": f"t-{number(1)}", "campaign_id": f"c-{number(1)}"})


def use_a_dead_campaign(rows):
    joined = {"method": "text", "similarity": 0.9, "evidence": None, "merged_at": AT, "rules_version": "2"}
    templates = {"template_id": f"t-{number(1)}", "matched_template_id": f"t-{number(2)}"}
    rows[LINEAGE].append({"campaign_id": f"c-{number(1)}", "merged_into": f"c-{number(5)}"} | joined | templates)


BROKEN_PORTIONS = {
    "valid": (lambda rows: None, {}),
    "a message lost": (lose_a_message, {(ASSIGNMENTS, "every captured message is grouped, or a delivery report"): 1}),
    "a message twice": (group_twice, {(ASSIGNMENTS, "(message_key): unique"): 2}),
    "a delivery report": (group_a_notice, {(ASSIGNMENTS, "no delivery report is grouped"): 1}),
    "a stranger": (group_a_stranger, {(ASSIGNMENTS, "only captured messages are grouped"): 1}),
    "another campaign": (put_elsewhere, {(ASSIGNMENTS, "every message is in the campaign of its template"): 1}),
    "no such match": (match_nothing, {(ASSIGNMENTS, "what it was matched with is a template"): 1}),
    "a dead campaign": (
        use_a_dead_campaign,
        {(ASSIGNMENTS, "no campaign that was taken over gets a message"): 2},
    ),
    "a template again": (know_it_already, {(TEMPLATES, "new: the index does not know it"): 1}),
}


@pytest.mark.parametrize("name", BROKEN_PORTIONS)
def test_a_portion_is_held_against_its_messages(tmp_path, name):
    corrupt, expected = BROKEN_PORTIONS[name]
    rows = deepcopy(portion())
    corrupt(rows)
    verdict = judged(rows, PORTION, judge_portion, tmp_path)
    assert failures(verdict) == expected
    assert verdict.is_held == bool(expected)
    assert {row["gate"] for row in verdict.results} == {"campaigns"}


def test_a_word_that_is_none_breaks_its_column(tmp_path):
    rows = portion()
    invent_a_method(rows)
    [(table, expectation)] = failures(judged(rows, PORTION, judge_portion, tmp_path))
    assert table == ASSIGNMENTS and expectation.startswith("method: ")


def test_a_campaign_of_nearly_everything_is_flagged(tmp_path):
    rows = portion()
    more = range(10, 1010)
    rows["captured"] += [captured(message) for message in more]
    rows[ASSIGNMENTS] += [assigned(message, 1, 1) for message in more]
    verdict = judged(rows, PORTION, judge_portion, tmp_path)
    assert not verdict.is_held
    assert failures(verdict, WARNING) == {(ASSIGNMENTS, "no campaign has more than 50% of 1,000 messages or more"): 1}


def test_files_at_fault_hold_the_portion(tmp_path):
    rows = portion()
    del rows["notices"]
    for row in rows["known"]:
        del row["campaign_id"]
    judged(rows, PORTION, judge_portion, tmp_path)
    (tmp_path / "templates.parquet").write_bytes(b"PAR1 and no more")
    whole = "a whole file with the columns of the contract"
    verdict = judge_portion(tmp_path, tmp_path / "reports")
    assert failures(verdict) == {("notices", whole): 1, ("templates", whole): 1}


def link_a_stranger(rows):
    rows["ring_links"][0]["other_campaign_id"] = f"c-{number(8)}"


def turn_round(rows):
    link = rows["ring_links"][0]
    link["campaign_id"], link["other_campaign_id"] = link["other_campaign_id"], link["campaign_id"]


def forget_the_links(rows):
    rows["ring_links"].clear()


def join_without_a_link(rows):
    rows["ring_members"].append(rows["ring_members"][0] | {"campaign_id": f"c-{number(3)}"})


def split_the_ring(rows):
    rows["ring_members"][1]["ring_id"] = f"r-{number(10)}"


def link_everything(rows):
    rows["campaigns"] = rows["campaigns"][:2]
    link = rows["ring_links"][0]
    rows["ring_links"] = [link | {"other_campaign_id": f"c-{number(n)}"} for n in range(2, 14)]


LINKED = "every member is linked to another of its ring"
ENDS = "both ends are campaigns"
BROKEN_RINGS = {
    "valid": (lambda rows: None, {}),
    "a stranger": (link_a_stranger, {("ring_links", ENDS): 1, ("ring_members", LINKED): 2}),
    "a pair turned round": (turn_round, {("ring_links", "each pair stands once, the smaller id first"): 1}),
    "no links": (forget_the_links, {("ring_members", LINKED): 2}),
    "a member without a link": (join_without_a_link, {("ring_members", LINKED): 1}),
    "one ring as two": (split_the_ring, {("ring_members", LINKED): 2}),
    "links of everything": (
        link_everything,
        {("ring_links", ENDS): 11, ("ring_links", "at most 5 linked pairs a campaign"): 1},
    ),
}


@pytest.mark.parametrize("name", BROKEN_RINGS)
def test_rings_are_held_against_their_links(tmp_path, name):
    corrupt, expected = BROKEN_RINGS[name]
    rows = rings()
    corrupt(rows)
    verdict = judged(rows, RINGS, judge_rings, tmp_path)
    assert failures(verdict) == expected
    assert verdict.is_held == bool(expected)
