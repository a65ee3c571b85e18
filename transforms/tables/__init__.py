"""The raw tables of the lake, one module each."""

from transforms.tables.attachments import ATTACHMENTS
from transforms.tables.deliveries import DELIVERIES
from transforms.tables.feeds import FEEDS
from transforms.tables.gate_results import GATE_RESULTS
from transforms.tables.loads import LOADS
from transforms.tables.messages import MESSAGES
from transforms.tables.month_events import MONTH_EVENTS
from transforms.tables.received_hops import RECEIVED_HOPS
from transforms.tables.rejects import REJECTS
from transforms.tables.urls import URLS

FACTS = (MESSAGES, RECEIVED_HOPS, URLS, ATTACHMENTS, REJECTS)
"""What parsing writes: replaced as a whole when their load is parsed again."""

TABLES = {t.name: t for t in (LOADS, DELIVERIES, *FACTS, GATE_RESULTS, MONTH_EVENTS, FEEDS)}
"""Every raw table by name."""
