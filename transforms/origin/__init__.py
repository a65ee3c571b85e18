"""Where a message entered the network, how sure that is, and what was forged on its way; pure."""

from transforms.origin.batch import ORIGINS, read_batch
from transforms.origin.facts import HopFacts, Origin
from transforms.origin.origin import find_origin
from transforms.origin.rules import CONFIDENCES, FINDINGS, RULES_VERSION

__all__ = ["CONFIDENCES", "FINDINGS", "ORIGINS", "RULES_VERSION", "HopFacts", "Origin", "find_origin", "read_batch"]
