"""Messages in, Arrow tables out: every message becomes one row of `messages` or one row of `rejects`."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import pyarrow as pa

from transforms.enrich.hosts import suffix_list
from transforms.feeds.raw import RawMessage
from transforms.message.arrow import to_arrow
from transforms.message.facts import FeedContext, Item, Row, Rows, read_facts
from transforms.message.fast import read_strictly
from transforms.message.limits import MESSAGE_BYTES
from transforms.message.tolerant import read_tolerantly
from transforms.message.watchdog import TimeLimitReached, Watch, watchdog

PARSER_VERSION = "5"
"""Changes whenever the same bytes would give other rows."""


class Rejected(Exception):
    """A message that becomes no row; `reason` is one of the rejects table's."""

    def __init__(self, reason: str, detail: str | None = None):
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def parse_batch(items: Sequence[Item], context: FeedContext) -> dict[str, pa.Table]:
    """Parse some thousands of messages into the tables that parsing writes, in their exact schemas.

    Pure but for the processor-time alarm of the main thread, and never raises for what a message holds.
    """
    with watchdog() as watch, _collector_paused():
        return to_arrow(_parse(item, context, watch) for item in items)


def warm_up() -> None:
    """Import, compile and load what the first message would wait for; for the start of a worker process."""
    suffix_list()
    probe = b"From: <a@mail.example>\nContent-Type: text/html\n\n<p>http://www.mail.example/</p>\n"
    parse_batch([Item(0, 0, RawMessage(probe))], FeedContext("warm-up", "warm-up", date(1970, 1, 1), (), b""))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Rows pile up and none is garbage: looking for cycles among them costs a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _parse(item: Item, context: FeedContext, watch: Watch) -> Rows:
    content = item.message.content
    sha256 = item.sha256 or hashlib.sha256(content).hexdigest()
    try:
        try:
            watch.start()
            return _read(item, sha256, context)
        finally:
            watch.stop()
    except Rejected as rejected:
        reason, detail = rejected.reason, rejected.detail
    except TimeLimitReached:
        reason, detail = "time_limit", None
    return {"rejects": [reject_row(item, sha256, context, reason, detail)]}


def _read(item: Item, sha256: str, context: FeedContext) -> Rows:
    """The fast parser first, the tolerant one for what defeats it, a reject for what defeats both."""
    content = item.message.content
    if len(content) > MESSAGE_BYTES:
        raise Rejected("message_too_large", f"limit {MESSAGE_BYTES} bytes")
    if not content.strip():
        raise Rejected("empty_message")
    try:
        return read_facts(read_strictly(content), item, sha256, context)
    except Exception:  # Irregular, or a fault of the fast parser: the tolerant one decides
        pass
    try:
        mail = read_tolerantly(content)
        facts = read_facts(mail, item, sha256, context) if mail else None
    except Exception as error:
        raise Rejected("parser_failed", type(error).__name__) from error
    if facts is None:
        raise Rejected("not_a_message")
    return facts


def reject_row(item: Item, sha256: str, context: FeedContext, reason: str, detail: str | None) -> Row:
    """The row of `rejects` for a message that becomes no other row."""
    return {
        "load_id": context.load_id,
        "feed": context.feed,
        "load_date": context.load_date,
        "position": item.position,
        "entry_name": item.message.entry_name,
        "byte_offset": item.message.byte_offset,
        "level": "message",
        "reason": reason,
        "detail": detail,
        "message_sha256": sha256,
        "message_bytes": len(item.message.content),
    }
