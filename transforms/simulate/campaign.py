"""A campaign as it was planned: who owns it, what it sells, how it disguises, sends and dates its mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transforms.simulate.grammar import Text
from transforms.simulate.indicators import Indicators
from transforms.simulate.links import LinkStyle
from transforms.simulate.mailers import Mailer
from transforms.simulate.mime import Coding
from transforms.simulate.pictures import Enclosure

DATE_HABITS = {"honest": 0.48, "fast_clock": 0.14, "wrong_zone": 0.14, "random_days": 0.17, "random_years": 0.07}
"""How a campaign dates its mail; about two fifths of all Date fields are off by more than an hour."""

TO_HABITS = ("plain", "angle", "named", "local_named", "many", "none", "undisclosed")
TRICKS = (
    "word_salad",
    "hidden_salad",
    "spun_text",
    "obfuscated_words",
    "inserted_punctuation",
    "accented_words",
    "homoglyphs",
    "zero_width",
    "html_comments",
    "entities",
    "letter_table",
    "tiny_font",
    "white_text",
    "tracking_image",
    "link_mismatch",
    "image_only",
    "image_noise",
    "rotated_hosts",
    "wildcard_host",
    "numeric_host",
    "escaped_host",
    "user_part",
    "recipient_link",
    "subject_hashbuster",
    "fake_reply",
    "split_encoded_subject",
    "raw_subject",
    "base64_text",
    "attachment",
    "dictionary_run",
    "no_recipient",
)
"""What `tricks` in the truth may hold."""


@dataclass(frozen=True)
class Template:
    """One text of a campaign, compiled; `text` or `html` is empty where the structure has none."""

    template_id: str
    subject: Text
    text: Text
    html: Text


@dataclass(frozen=True)
class Campaign:
    """Everything that the copies of a campaign have in common."""

    campaign_id: str
    ring_id: str | None
    category: str
    language: str
    first: date
    last: date
    volume: float
    peak_hour: int
    trap_interest: dict[str, float]
    tricks: tuple[str, ...]
    indicators: Indicators
    domains: tuple[str, ...]
    rotation_days: int
    web_address: str
    origins: tuple[str, ...]
    is_hosted: bool
    relay_share: float
    forgeries: tuple[str, ...]
    forged_share: float
    sender_names: tuple[str, ...]
    sender_habit: str
    reply_to: str
    to_habit: str
    date_habit: str
    zone: int
    mailer: Mailer
    coding: Coding
    structure: str
    subject_style: str
    link_style: LinkStyle
    enclosure: Enclosure | None
    enclosure_name: str
    salad: tuple[str, ...]
    templates: tuple[Template, ...]

    def domain_on(self, day_number: int, draw: float) -> str:
        """The domain that copies of a day advertise: it rotates, and two are in use at a time."""
        turn = day_number // self.rotation_days + (draw < 0.25)
        return self.domains[turn % len(self.domains)]
