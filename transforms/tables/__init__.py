"""The raw tables of the lake, one module each."""

from transforms.tables.attachments import ATTACHMENTS
from transforms.tables.campaign_assignments import CAMPAIGN_ASSIGNMENTS
from transforms.tables.campaign_indicators import CAMPAIGN_INDICATORS
from transforms.tables.campaign_lineage import CAMPAIGN_LINEAGE
from transforms.tables.concluded_loads import CONCLUDED_LOADS
from transforms.tables.deliveries import DELIVERIES
from transforms.tables.feeds import FEEDS
from transforms.tables.gate_results import GATE_RESULTS
from transforms.tables.grouped_loads import GROUPED_LOADS
from transforms.tables.loads import LOADS
from transforms.tables.message_origins import MESSAGE_ORIGINS
from transforms.tables.messages import MESSAGES
from transforms.tables.month_events import MONTH_EVENTS
from transforms.tables.received_hops import RECEIVED_HOPS
from transforms.tables.rejects import REJECTS
from transforms.tables.ring_links import RING_LINKS
from transforms.tables.ring_members import RING_MEMBERS
from transforms.tables.template_categories import TEMPLATE_CATEGORIES
from transforms.tables.template_findings import TEMPLATE_FINDINGS
from transforms.tables.template_index import TEMPLATE_INDEX
from transforms.tables.templates import TEMPLATES
from transforms.tables.urls import URLS

FACTS = (MESSAGES, RECEIVED_HOPS, URLS, ATTACHMENTS, REJECTS)
"""What parsing writes: replaced as a whole when their load is parsed again."""

GROUPS = (
    CAMPAIGN_ASSIGNMENTS,
    TEMPLATES,
    TEMPLATE_INDEX,
    CAMPAIGN_LINEAGE,
    CAMPAIGN_INDICATORS,
    RING_LINKS,
    RING_MEMBERS,
    GROUPED_LOADS,
)
"""What grouping writes: conclusions, which can be made anew from the facts."""

CONCLUSIONS = (
    TEMPLATE_CATEGORIES,
    TEMPLATE_FINDINGS,
)
"""What is concluded of templates by rules: made anew from the facts when a rule changes."""

ORIGINS = (MESSAGE_ORIGINS, CONCLUDED_LOADS)
"""What is concluded of messages, likewise, and the loads that are done."""

TABLES = {
    t.name: t for t in (LOADS, DELIVERIES, *FACTS, *GROUPS, *ORIGINS, *CONCLUSIONS, GATE_RESULTS, MONTH_EVENTS, FEEDS)
}
"""Every raw table by name."""
