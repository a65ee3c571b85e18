"""The truth beside the feeds: what every message really is, who owns which campaign, and what the scenario was."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.simulate.copies import Copy
from transforms.simulate.scenario import Scenario
from transforms.simulate.world import World

_BATCH_ROWS = 20_000
MESSAGE_SCHEMA = pa.schema(
    {
        "feed": pa.string(),
        "file_name": pa.string(),
        "position": pa.int64(),
        "message_sha256": pa.string(),
        "message_bytes": pa.int64(),
        "captured_at": pa.timestamp("us"),
        "campaign_id": pa.string(),
        "ring_id": pa.string(),
        "template_id": pa.string(),
        "category": pa.string(),
        "language": pa.string(),
        "origin_ip": pa.string(),
        "handed_over_ip": pa.string(),
        "forged_hop_kind": pa.string(),
        "is_late": pa.bool_(),
        "is_duplicate": pa.bool_(),
        "tricks": pa.list_(pa.string()),
        "date_header_offset_s": pa.int64(),
        "defects": pa.list_(pa.string()),
    }
)
"""One row a delivered copy. `origin_ip` is the machine that really sent it, `handed_over_ip` the one that spoke to the
trap (a relay or proxy, or the same). `date_header_offset_s` is the Date field's claim less the capture time; null when
the field is missing or broken."""


class MessageTruth:
    """Writes `messages.parquet` in batches; a context manager, complete under its name or not there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = path.with_name(f".{path.name}.part")
        self._rows: list[tuple] = []

    def __enter__(self) -> MessageTruth:
        self._writer = pq.ParquetWriter(self._draft, MESSAGE_SCHEMA, compression="zstd")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._flush()
        self._writer.close()
        if kind is None:
            self._draft.replace(self._path)
        else:
            self._draft.unlink()

    def add(self, feed: str, file_name: str, position: int, copy: Copy, is_late: bool, is_duplicate: bool) -> None:
        """One delivered copy."""
        campaign = copy.campaign
        offset = copy.claimed - copy.captured if copy.claimed is not None else None
        self._rows.append(
            (
                *(feed, file_name, position, hashlib.sha256(copy.raw).hexdigest(), len(copy.raw)),
                copy.captured * 1_000_000,
                *((campaign.campaign_id, campaign.ring_id) if campaign else (None, None)),
                copy.template_id,
                *((campaign.category, campaign.language) if campaign else ("other", "en")),
                *(copy.origin_ip, copy.client_ip, copy.forged_hop_kind, is_late, is_duplicate),
                *(campaign.tricks if campaign else (), offset, copy.defects),
            )
        )
        if len(self._rows) >= _BATCH_ROWS:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        columns = zip(*self._rows, strict=True)
        arrays = [pa.array(column, type=f.type) for column, f in zip(columns, MESSAGE_SCHEMA, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=MESSAGE_SCHEMA))
        self._rows.clear()


def write_world(world: World, scenario: Scenario, folder: Path) -> None:
    """`campaigns.parquet`, `rings.parquet` and `scenario.json` in `folder`."""
    campaigns = [
        {
            "campaign_id": c.campaign_id,
            "ring_id": c.ring_id,
            "category": c.category,
            "language": c.language,
            "first_date": c.first,
            "last_date": c.last,
            "template_count": len(c.templates),
            "tricks": list(c.tricks),
            "structure": c.structure,
            "charset": c.coding.charset,
            "mailer": c.mailer.name,
            "domains": list(c.domains),
            "affiliate_id": c.indicators.affiliate_id,
            "phone": c.indicators.phone,
            "drop_box": c.indicators.drop_box,
        }
        for c in world.campaigns
    ]
    pq.write_table(pa.Table.from_pylist(campaigns), folder / "campaigns.parquet")
    rings = [
        {
            "ring_id": ring.ring_id,
            "campaign_ids": [c.campaign_id for c in world.campaigns if c.ring_id == ring.ring_id],
            "categories": list(ring.categories),
            "shutdown_on": ring.shutdown_on,
            "shared_kinds": list(ring.shares),
            "shared_values": [f"{kind}={v}" for kind in ring.shares for v in ring.indicators.values_of(kind)],
        }
        for ring in world.rings
    ]
    pq.write_table(pa.Table.from_pylist(rings), folder / "rings.parquet")
    text = json.dumps(dataclasses.asdict(scenario), default=_as_text, indent=2)
    (folder / "scenario.json").write_text(text + "\n", "utf-8")


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not in a scenario: {value!r}")
