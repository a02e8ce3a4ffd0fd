"""Projects, finance, exchanges and links: who makes, pays and meets whom."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bilat.language import say
from bilat.reading.proposal import Proposal
from bilat.reading.records import titles
from bilat.reading.records.making import Making, Mapped, plain_number

STAGES: Mapping[str, str] = {
    "reported": "operating",
    "agreed": "agreed",
    "planned": "preparing",
    "proposed": "idea",
    "hoped": "idea",
    "conditional": "idea",
}
AREAS: Mapping[str, str] = {**{area: area for area in titles.AREAS}, "sports": "sport"}
LINK_KINDS: Mapping[str, str] = {
    **{kind: kind for kind in ("regions", "cities", "companies", "schools", "demand")},
    "region": "regions",
    "regional": "regions",
    "city": "cities",
    "company": "companies",
    "business": "companies",
    "school": "schools",
    "university": "schools",
}


def stage_of(proposal: Proposal) -> str:
    """How far it is by the manner of the statement; what is still being built does not operate."""
    stage = STAGES.get(proposal.manner, "idea")
    is_building = proposal.fields.get("activity") == "construction"
    return "preparing" if stage == "operating" and is_building else stage


def project(making: Making) -> Mapped:
    if not making.get("product"):
        making.ask("product", say("What is made or supplied?"))
    return making.done(
        "projects",
        id=making.id("projects", making.get("product"), making.get("activity")),
        title=making.title(lambda: titles.project_title(making.proposal)),
        place=making.get("place"),
        stage=stage_of(making.proposal),
    )


def finance(making: Making) -> Mapped:
    if str(making.get("instrument")).replace("_", " ") == "bank agreement":
        return _bank_agreement(making)
    if str(making.get("instrument")) == "settlement":
        return _settlement(making)
    kinds = {kind: kind for kind in titles.FACILITIES} | dict.fromkeys(titles.INSTRUMENTS, "credit")
    text = say("Which kind of facility is it, or does it belong to one?")
    kind = making.kind("instrument", kinds, text)
    value, currency = making.get("value"), making.get("currency")
    known = value is not None and currency
    limit = {"amount": plain_number(Decimal(str(value))), "currency": currency} if known else None
    instrument = str(making.get("instrument"))
    own = titles.INSTRUMENTS.get(instrument)
    quoted = titles.quoted_title(making.proposal, making.language)
    return making.done(
        "facilities",
        id=making.id("facilities", instrument if own else kind, making.stated),
        title=making.title(lambda: titles.in_both(own or titles.FACILITIES[kind or "credit"])),
        kind=kind,
        limit=limit,
        subsidy=quoted if instrument == "subsidy" else None,
        note=quoted if own else None,
    )


def _settlement(making: Making) -> Mapped:
    """Settling in national currencies is a measure that both take, and no line of money."""
    return making.done(
        "commitments",
        id=making.id("commitments", "settlement", making.stated),
        title=making.title(lambda: titles.in_both(say("Settlements in national currencies"))),
        note=titles.quoted_title(making.proposal, making.language),
    )


def _bank_agreement(making: Making) -> Mapped:
    when = making.when(say("On which day, or in which year, was it signed?"))
    return making.done(
        "documents",
        id=making.id("documents", "bank-agreement", when),
        title=making.title(lambda: titles.in_both(say("Agreement of banks"))),
        kind="agreement",
        signed=when,
    )


def exchange(making: Making) -> Mapped:
    area = making.kind("area", AREAS, say("Which area is it?"))
    return making.done(
        "exchanges",
        id=making.id("exchanges", area),
        title=making.title(lambda: titles.in_both(titles.AREAS[area or "education"])),
        area=area,
    )


def link(making: Making) -> Mapped:
    kind = making.kind("type", LINK_KINDS, say("Who is linked with whom?"))
    return making.done(
        "links",
        id=making.id("links", kind, making.stated),
        title=making.title(lambda: titles.link_title(making.proposal, making.language)),
        kind=kind,
        interests=_interests(making),
    )


def _interests(making: Making) -> list[dict[str, Any]]:
    """What one side offers or asks for, in the words of the text."""
    if not making.get("wants"):
        return []
    return [
        {
            "side": making.side(),
            "wants": making.get("wants"),
            "text": titles.quoted_title(making.proposal, making.language),
            "sources": [making.source_id],
        }
    ]
