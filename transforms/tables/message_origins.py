"""`message_origins`: where each message entered the network, and what speaks against its header."""

from transforms.contracts import INT, TEXT, TEXT_LIST, Column, Table
from transforms.tables.shared import CAPTURED_AT, FEED, LOAD_ID, MESSAGE_KEY

ORIGIN_CONFIDENCES = ("high", "medium", "low", "none")
ORIGIN_FINDINGS = (
    "chain_broken",
    "helo_is_address",
    "helo_is_provider",
    "helo_is_trap",
    "impossible_address",
    "line_unreadable",
    "name_is_trap",
    "private_address",
    "time_after_capture",
    "time_backwards",
    "time_gap",
    "time_missing",
    "trap_in_claims",
)
AUTHENTICATION_RESULTS = ("pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", "policy")
HEADER_VERDICTS = ("pass", "indicator", "strong_indicator", "not_determinable")


def _result(method: str) -> Column:
    said = f"Result of {method.upper()} as one of the feed's authserv_ids found it; empty when none of them says any."
    return Column(f"{method}_result", TEXT, said, allowed=AUTHENTICATION_RESULTS, standard="RFC 8601")


MESSAGE_ORIGINS = Table(
    "message_origins",
    "One row a message: where it entered the network, how sure that is, whose the address was, and what speaks against "
    "its header. A message whose origin is not known has a row too.",
    (
        MESSAGE_KEY,
        FEED,
        LOAD_ID,
        CAPTURED_AT,
        Column(
            "origin_ip",
            TEXT,
            "Public address that the outermost believed Received line took the message from; empty when none tells.",
        ),
        Column("origin_helo", TEXT, "Name that this address gave in HELO: a claim."),
        Column("origin_name", TEXT, "Name that the receiving host looked up for it."),
        Column(
            "origin_confidence",
            TEXT,
            "How sure the origin is: high, a trusted host wrote it; medium, one that is the feed's own only by name or by "
            "guess; low, nobody trusted wrote it; none, there is no origin.",
            required=True,
            allowed=ORIGIN_CONFIDENCES,
        ),
        Column("claimed_origin_ip", TEXT, "Lowest public address in the lines that are not believed: a claim."),
        Column(
            "origin_findings",
            TEXT_LIST,
            "What in its Received lines speaks of forgery, sorted: words from a closed list.",
            required=True,
            allowed=ORIGIN_FINDINGS,
        ),
        *map(_result, ("spf", "dkim", "dmarc", "arc")),
        Column(
            "asn", INT, "Number of the autonomous system that origin_ip was in.", minimum=0, standard="ECS as.number"
        ),
        Column("as_name", TEXT, "Name of that system.", standard="ECS as.organization.name"),
        Column(
            "country_code",
            TEXT,
            "Country that origin_ip was registered or used in (ISO 3166-1 alpha-2).",
            pattern=r"[A-Z]{2}",
            standard="ECS geo.country_iso_code",
        ),
        Column("network_prefix", TEXT, "Network of origin_ip that the system announced, in CIDR notation."),
        Column(
            "networks_version",
            TEXT,
            "Table of networks, with its date, that knows origin_ip; empty when there is none, or it does not.",
        ),
        Column(
            "header_verdict",
            TEXT,
            "Rule H1 (15 USC 7704(a)(1)) on the header alone. The law asks it of commercial and transactional mail: hold it "
            "against the purpose of the message's template.",
            required=True,
            allowed=HEADER_VERDICTS,
        ),
        Column("header_reason", TEXT, "Why, in words of ours.", required=True),
        Column("header_place", TEXT, "The fields that it rests on, separated by blanks."),
        Column("header_rule_version", TEXT, "Version of H1 and its lists.", required=True),
        Column(
            "rules_version", TEXT, "Versions of the rules of origin, of H1 and of the table of networks.", required=True
        ),
    ),
    key=("message_key",),
    month_of="captured_at",
    order=("captured_at", "message_key"),
    stage="conclude",
)
