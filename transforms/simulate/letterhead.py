"""What the sender writes on top of a copy: From, To, Subject and Date."""

from __future__ import annotations

from transforms.simulate.campaign import Campaign, Template
from transforms.simulate.chance import Draw, pick
from transforms.simulate.clock import DAY, header_date
from transforms.simulate.mime import header_text
from transforms.simulate.names import letters, person, provider_address, syllables
from transforms.simulate.recipients import Recipient

_BUSTERS = ("{}", "    {}", "                    {}", "[{}]", "({})", "...{}", " #{}", " - {}", " id:{}")
_ZONES = (-480, -420, -360, -300, -240, 0, 60, 120, 180, 330, 480, 540)
YEARS_1997_TO_2037 = (852_076_800, 2_145_916_800)


def make_sender(campaign: Campaign, draw: Draw) -> tuple[str, str, str]:
    """Host, address and display name of the claimed sender."""
    habit = campaign.sender_habit
    if habit == "own_domain":
        host = campaign.indicators.sender_domain
        address = f"{pick(draw, ('info', 'offers', 'news', 'service', 'deals', 'support'))}@{host}"
    elif habit == "one_box":
        address = campaign.indicators.drop_box
    elif habit == "random_domain":
        address = f"{letters(draw, 5 + int(draw() * 6))}@{syllables(draw, 12)}.com"
    else:
        address = provider_address(draw)
    name = pick(draw, campaign.sender_names) if campaign.sender_names else ""
    if name == "*":
        name = " ".join(person(draw))
    return address.rpartition("@")[2], address, name


def claimed_date(campaign: Campaign, captured: int, draw: Draw) -> tuple[int, str]:
    """The time that the Date field claims, and the field's text."""
    habit, zone = campaign.date_habit, campaign.zone
    claimed = captured - int(draw() * draw() * 900)
    if habit == "fast_clock":
        claimed += 3600 * (1 + campaign.peak_hour) + int(draw() * 1200)
    elif habit == "wrong_zone":
        zone = pick(draw, _ZONES)
        claimed += (campaign.zone - zone) * 60 + int(draw() * 9000)
    elif habit == "random_days":
        claimed += int((draw() - 0.6) * 20 * DAY)
    elif habit == "random_years":
        low, high = YEARS_1997_TO_2037
        claimed = low + int(draw() * (high - low))
    return claimed, header_date(claimed, zone)


def from_field(name: str, address: str, campaign: Campaign) -> str:
    """The value of From: a display name, encoded where it must be, and the address."""
    if not name:
        return address if campaign.peak_hour % 2 else f"<{address}>"
    shown = header_text(name, campaign.coding.charset, campaign.subject_style)
    return f'"{shown}" <{address}>' if shown.isascii() and not shown.startswith("=?") else f"{shown} <{address}>"


def to_fields(campaign: Campaign, pool: list[Recipient], place: int, draw: Draw) -> str:
    """Whole To and Cc fields, or nothing; a dictionary attack lists the neighbours of `pool[place]`."""
    recipient, habit = pool[place], campaign.to_habit
    if habit == "plain":
        return f"To: {recipient.address}\n"
    if habit == "angle":
        return f"To: <{recipient.address}>\n"
    if habit == "named":
        return f'To: "{recipient.first_name}" <{recipient.address}>\n'
    if habit == "local_named":
        return f"To: {recipient.local} <{recipient.address}>\n"
    if habit == "none":
        return ""
    if habit == "undisclosed":
        return "To: undisclosed-recipients:;\n"
    run = [r.address for r in pool[place + 1 : place + 3 + int(draw() * 6)]]
    field = f"To: {recipient.address}\n"
    return field + (
        f"Cc: {', '.join(f'<{a}>' for a in run[:3])}{''.join(f',{chr(10)}   <{a}>' for a in run[3:])}\n" if run else ""
    )


def make_subject(campaign: Campaign, template: Template, values: list[str], draw: Draw) -> str:
    """The value of Subject, with false replies and hash-busters where the campaign uses them."""
    subject = template.subject.render(draw, values)
    if "fake_reply" in campaign.tricks:
        subject = pick(draw, ("Re: ", "RE: ", "Fw: ", "Re[2]: ", "FWD: ", "Re: ")) + subject
    if "subject_hashbuster" in campaign.tricks:
        buster = letters(draw, 3 + int(draw() * 5)) if draw() < 0.6 else str(int(draw() * 90000) + 1000)
        subject += " " + pick(draw, _BUSTERS).format(buster)
    return header_text(subject, campaign.coding.charset, campaign.subject_style)
