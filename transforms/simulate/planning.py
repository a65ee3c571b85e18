"""Campaigns drawn from the seed: each planned whole, out of its ring's indicators and its own habits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zlib import crc32

from transforms.simulate.campaign import DATE_HABITS, TO_HABITS, Campaign
from transforms.simulate.chance import Draw, long_tailed, pick, pick_weighted, sample
from transforms.simulate.draft import names_of
from transforms.simulate.habits import LANGUAGES, choose_coding, choose_structure, choose_tricks
from transforms.simulate.indicators import Indicators, make_indicators, network
from transforms.simulate.links import make_link_style
from transforms.simulate.mailers import MAILERS
from transforms.simulate.mime import Coding
from transforms.simulate.names import domain, letters, person, postal_address
from transforms.simulate.phrases import Bank, banks, commons
from transforms.simulate.pictures import Enclosure
from transforms.simulate.rings import Ring
from transforms.simulate.scenario import Scenario
from transforms.simulate.templates import make_templates


def plan_campaign(
    number: int, ring: Ring | None, categories: tuple[str, ...], scenario: Scenario, botnet: list[str], draw: Draw
) -> Campaign:
    """The campaign with this number, in one of `categories`.

    `ring` lends it indicators, `botnet` are the networks that anybody can rent.
    """
    category = pick(draw, categories)
    language = _language(category, ring, draw)
    bank = banks()[language, category]
    structure, coding = choose_structure(category, draw), choose_coding(language, draw)
    tricks = choose_tricks(category, structure, coding, language, bank.has_link, draw)
    stem = pick(draw, bank.stems) if bank.stems and draw() < 0.4 else ""
    own = make_indicators(draw, scenario.first, len(MAILERS), stem)
    shared = frozenset(ring.shares) if ring else frozenset()
    held = replace(own, **{kind: getattr(ring.indicators, kind) for kind in shared}) if ring else own
    names = _names(bank, held, draw)
    subject_style = _subject_style(language, coding, draw)
    tricks |= {"split_encoded_subject"} if subject_style == "split" else set()
    tricks |= {"raw_subject"} if subject_style == "raw" else set()
    campaign_id = f"campaign-{number:04d}"
    is_hosted = "network" in shared or draw() < 0.15
    first, last = _life(scenario, draw)
    return Campaign(
        campaign_id=campaign_id,
        ring_id=ring.ring_id if ring else None,
        category=category,
        language=language,
        first=first,
        last=last,
        volume=(number + 1) ** -0.85,
        peak_hour=int(draw() * 24),
        trap_interest={feed.name: pick(draw, (0.15, 0.6, 1.0, 1.0, 1.5)) for feed in scenario.feeds},
        tricks=tuple(sorted(tricks)),
        indicators=held,
        domains=_domains(held, shared, tricks, stem, draw),
        rotation_days=1 + int(draw() * 6),
        web_address=network(draw, 4),
        origins=held.network if is_hosted else tuple(sample(draw, botnet, 4 + int(draw() * 12))),
        is_hosted=is_hosted,
        relay_share=draw() * 0.6,
        forgeries=tuple(sample(draw, list(scenario.forgeries), 1 + int(draw() * 3))),
        forged_share=pick(draw, (0.0, 0.2, 0.5, 0.8, 0.95)),
        sender_names=_sender_names(bank, names, draw),
        sender_habit=_sender_habit(category, shared, draw),
        reply_to=held.drop_box if not bank.has_link or draw() < 0.1 else "",
        to_habit=_to_habit(tricks, draw),
        date_habit=pick_weighted(draw, DATE_HABITS),
        zone=pick(draw, (-480, -300, -300, 0, 60, 120, 180, 480, 540)),
        mailer=MAILERS[held.mailer],
        coding=coding,
        structure=structure,
        subject_style=subject_style,
        link_style=make_link_style(frozenset(tricks), held.affiliate_id, "affiliate_id" in shared, draw),
        enclosure=_enclosure(structure, category, held, shared, tricks, draw),
        enclosure_name=_enclosure_name(structure, draw),
        salad=_salad_words(tricks, language, draw),
        templates=make_templates(
            bank, commons()[language], names, structure, coding, frozenset(tricks), campaign_id, draw
        ),
    )


def _language(category: str, ring: Ring | None, draw: Draw) -> str:
    spoken = {lang: weight for lang, weight in LANGUAGES.items() if (lang, category) in banks()}
    if ring and ring.language in spoken and draw() < 0.8:
        return ring.language
    return pick_weighted(draw, spoken)


def _names(bank: Bank, held: Indicators, draw: Draw) -> dict[str, str]:
    first, last = person(draw)
    fixed = {
        "phone": held.phone,
        "drop_box": held.drop_box,
        "wallet": held.wallet,
        "signer": f"{first} {last}",
        "postal": postal_address(draw),
    }
    return {**names_of(replace(bank, words=bank.words | {k: [v] for k, v in fixed.items()}), draw), **fixed}


def _life(scenario: Scenario, draw: Draw) -> tuple[date, date]:
    """First and last day: some run before the period begins, most for a few weeks, some for many months."""
    span = (scenario.last - scenario.first).days + 1
    start = scenario.first + timedelta(days=int(draw() * (span + 40)) - 40)
    return start, start + timedelta(days=int(long_tailed(draw, 35, 1.0)))


def _domains(held: Indicators, shared: frozenset[str], tricks: set[str], stem: str, draw: Draw) -> tuple[str, ...]:
    count = 3 + int(draw() * 12) if "rotated_hosts" in tricks else 1
    own = [domain(draw, stem) for _ in range(count)]
    return (*held.domain, *own) if "domain" in shared else tuple(own)


def _sender_names(bank: Bank, names: dict[str, str], draw: Draw) -> tuple[str, ...]:
    habit = draw()
    if habit < 0.15:
        return ()
    if habit < 0.5:
        return ("*",)
    lines = sample(draw, bank.sender, 2)
    return tuple(names.get(line.strip("<>"), line) for line in lines)


def _sender_habit(category: str, shared: frozenset[str], draw: Draw) -> str:
    if "sender_domain" in shared:
        return "own_domain"
    if category == "advance_fee":
        return pick(draw, ("one_box", "provider"))
    return pick_weighted(draw, {"provider": 45, "random_domain": 25, "own_domain": 22, "one_box": 8})


def _to_habit(tricks: set[str], draw: Draw) -> str:
    if "dictionary_run" in tricks:
        return "many"
    if "no_recipient" in tricks:
        return pick(draw, ("none", "undisclosed"))
    return pick(draw, [habit for habit in TO_HABITS if habit not in ("many", "none", "undisclosed")])


def _subject_style(language: str, coding: Coding, draw: Draw) -> str:
    if language == "en":
        return "q"
    style = pick_weighted(draw, {"b": 5, "q": 4, "split": 3, "raw": 2})
    is_stateful = coding.charset == "iso-2022-jp"
    return "b" if is_stateful else style


def _enclosure(
    structure: str, category: str, held: Indicators, shared: frozenset[str], tricks: set[str], draw: Draw
) -> Enclosure | None:
    if structure not in ("related", "mixed"):
        return None
    kinds = ("gif", "gif", "png", "jpg") if structure == "related" else ("pdf", "doc", "zip")
    kind = pick(draw, ("zip", "zip", "scr")) if category == "malware" else pick(draw, kinds)
    size = int(long_tailed(draw, 14_000, 0.55))
    if "attachment" in shared:  # one and the same file in all campaigns
        size = 4_000 + crc32(held.attachment.encode()) % 24_000
    return Enclosure(kind, f"{held.attachment}/{kind}", size, "image_noise" in tricks)


def _enclosure_name(structure: str, draw: Draw) -> str:
    if structure == "related":
        return letters(draw, 6)
    return pick(draw, ("details", "document", "letter", "message", "invoice", "price", "info", "readme"))


def _salad_words(tricks: set[str], language: str, draw: Draw) -> tuple[str, ...]:
    if not tricks & {"word_salad", "hidden_salad", "white_text"}:
        return ()
    common = commons()[language]
    common = common if common.salad else commons()["en"]
    if draw() < 0.35:
        return tuple(f"{sentence}{pick(draw, (' ', chr(10)))}" for sentence in common.decoy)
    words = sample(draw, common.salad, 150 + int(draw() * 350))
    ends = ("", "", "", "\n")
    return tuple(f"{pick(draw, words)} {pick(draw, words)} {pick(draw, words)}{pick(draw, ends)}" for _ in range(1500))
