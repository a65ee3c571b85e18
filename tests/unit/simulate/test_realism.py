"""What the mail looks like: every trick and forgery appears, and the shares are those of real spam."""

from __future__ import annotations

import email
import gzip
import re
from collections import Counter
from email.header import decode_header

import pyarrow.parquet as pq

from transforms.simulate.background import make_background
from transforms.simulate.campaign import TRICKS
from transforms.simulate.chance import stream
from transforms.simulate.damage import DAMAGES, damaged
from transforms.simulate.phrases import CATEGORIES
from transforms.simulate.recipients import recipients_of
from transforms.simulate.scenario import FORGERIES
from transforms.tables.messages import DEFECTS


def share(truth, condition):
    return sum(bool(condition(row)) for row in truth) / len(truth)


def test_every_trick_forgery_and_category_appears(truth):
    assert set(TRICKS) == {trick for row in truth for trick in row["tricks"]}
    assert set(FORGERIES) == {row["forged_hop_kind"] for row in truth} - {None}
    assert set(CATEGORIES) == {row["category"] for row in truth}
    assert len({row["language"] for row in truth}) >= 6


def test_shares_are_those_of_real_spam(truth):
    def is_off(row):
        return row["date_header_offset_s"] is not None and abs(row["date_header_offset_s"]) > 3600

    assert 0.25 < share(truth, is_off) < 0.6
    assert 0.02 < share(truth, lambda row: row["defects"]) < 0.06
    assert 0.1 < share(truth, lambda row: row["campaign_id"] is None) < 0.2
    assert 0.25 < share(truth, lambda row: row["forged_hop_kind"]) < 0.65
    sizes = sorted(row["message_bytes"] for row in truth)
    assert 2000 < sizes[len(sizes) // 2] < 5500
    assert 4000 < sum(sizes) / len(sizes) < 11_000


def test_a_campaign_has_one_ring_and_category_and_a_ring_its_campaigns(simulated, truth):
    rings = pq.read_table(simulated[0] / "truth" / "rings.parquet").to_pylist()
    owner = {campaign: ring["ring_id"] for ring in rings for campaign in ring["campaign_ids"]}
    for row in truth:
        assert row["ring_id"] == owner.get(row["campaign_id"])
    assert [ring["ring_id"] for ring in rings if ring["shutdown_on"]] == ["ring-001"]
    assert all(ring["campaign_ids"] and ring["shared_kinds"] for ring in rings)


def test_shared_indicators_stand_in_the_messages(simulated, truth):
    """The stopped ring shares an affiliate id: it can be read in the links of several of its campaigns."""
    out = simulated[0]
    rings = pq.read_table(out / "truth" / "rings.parquet").to_pylist()
    value = next(v for v in rings[0]["shared_values"] if v.startswith("affiliate_id=")).partition("=")[2]
    seen = set()
    for name in {row["file_name"] for row in truth if row["feed"] == "daily"}:
        text = gzip.decompress((out / "daily" / name).read_bytes())
        parts = re.split(rb"\n(?=From \S+  \w{3} \w{3} [ \d]\d \d\d:)", text)
        rows = [r for r in truth if r["feed"] == "daily" and r["file_name"] == name]
        seen |= {
            row["campaign_id"]
            for row, raw in zip(rows, parts, strict=True)
            if row["ring_id"] == "ring-001" and b"=" + value.encode() in raw
        }
    assert len(seen) >= 3


def test_background_texts_are_unique(scenario):
    draw = stream("test").random
    feed = scenario.feeds[0]
    pool = recipients_of(feed, 1)
    bodies = [make_background(feed, pool, 1_115_000_000, draw).raw.partition(b"\n\n")[2] for _ in range(400)]
    lines = Counter(line for body in bodies for line in set(re.split(rb"(?<=[.?!])\s", body)) if len(line) > 60)
    assert len(set(bodies)) == 400
    assert sum(count > 1 for count in lines.values()) < 0.05 * len(lines)


def test_messages_parse_with_the_standard_library(simulated, truth):
    out = simulated[0]
    text = gzip.decompress((out / "daily" / "2005-05-02.mbox.gz").read_bytes())
    parts = re.split(rb"\n(?=From \S+  \w{3} \w{3} [ \d]\d \d\d:)", text)
    rows = [r for r in truth if r["feed"] == "daily" and r["file_name"].startswith("2005-05-02")]
    for row, raw in zip(rows, parts, strict=True):
        message = email.message_from_bytes(raw.partition(b"\n")[2])
        top = message.get_all("Received")[0]
        assert "by store.daily.example" in top and "for <" in top
        if not row["defects"]:
            assert not message.defects
            assert message["From"] and message["Subject"] is not None
            if not any(trick in row["tricks"] for trick in ("raw_subject", "split_encoded_subject")):
                for text_part, charset in decode_header(message["Subject"]):
                    if charset:
                        text_part.decode(charset, "strict")


def test_damage_is_named_as_the_parser_names_it(scenario):
    assert set(DAMAGES) <= set(DEFECTS)
    draw = stream("damage").random
    feed = scenario.feeds[0]
    pool = recipients_of(feed, 1)
    changed = Counter()
    for _ in range(3000):
        copy = make_background(feed, pool, 1_115_000_000, draw)
        spoilt = damaged(copy, draw)
        assert (spoilt.raw != copy.raw) == bool(spoilt.defects)
        changed.update(spoilt.defects)
    assert 60 < sum(changed.values()) < 180 and len(changed) > 10
