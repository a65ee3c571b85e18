"""All rules, by what they are asked of."""

from __future__ import annotations

from collections.abc import Callable

from transforms.compliance import (
    advertisement,
    aggravation,
    exposure,
    header_falsity,
    opt_out_burden,
    opt_out_mechanism,
    postal_address,
    sexual_label,
    subject_heading,
    volume,
)
from transforms.compliance.finding import Finding, Rule
from transforms.compliance.letter import Letter

TEMPLATE_RULES: tuple[tuple[Rule, Callable[[Letter], Finding]], ...] = (
    (subject_heading.RULE, subject_heading.subject_heading),
    (opt_out_mechanism.RULE, opt_out_mechanism.opt_out_mechanism),
    (opt_out_burden.RULE, opt_out_burden.opt_out_burden),
    (advertisement.RULE, advertisement.advertisement),
    (postal_address.RULE, postal_address.postal_address),
    (sexual_label.RULE, sexual_label.sexual_label),
)
"""Asked once of each template."""

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        header_falsity.RULE,
        *(rule for rule, _ in TEMPLATE_RULES),
        aggravation.RECIPIENTS,
        aggravation.SENDERS,
        volume.RULE,
        exposure.RULE,
    )
}
"""Every rule by its id."""


def findings(letter: Letter) -> list[tuple[Rule, Finding]]:
    """What each rule that is asked of templates finds."""
    return [(rule, find(letter)) for rule, find in TEMPLATE_RULES]
