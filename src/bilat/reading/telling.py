"""Proposals as people read them: one line each, and the names of what is coded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bilat.language import Message, Words, say, say_many
from bilat.reading.names import NAMES
from bilat.reading.proposal import Proposal
from bilat.reading.records.titles import quoted_title
from bilat.reading.relation import Relation
from bilat.vocabulary import (
    QUALIFIERS,
    Period,
    Quantity,
    Unit,
    country_name,
    is_country,
    is_currency,
)
from bilat.vocabulary.text_type import Unreadable

KINDS: Mapping[str, Message] = {
    "target": say("goal"),
    "figure": say("figure"),
    "contact": say("contact"),
    "document": say("document"),
    "commitment": say("commitment"),
    "project": say("project"),
    "finance": say("finance"),
    "exchange": say("exchange"),
    "link": say("link"),
}
MANNERS: Mapping[str, Message] = {
    "reported": say("reported"),
    "agreed": say("agreed"),
    "planned": say("planned"),
    "proposed": say("proposed"),
    "hoped": say("hoped for"),
    "conditional": say("conditional"),
    "denied": say("denied"),
    "background": say("only background"),
}
RELATIONS: Mapping[str, Message] = {
    "new": say("new"),
    "repeats": say("repeats"),
    "updates": say("updates"),
    "contradicts": say("contradicts"),
}
INDICATORS: Mapping[str, Message] = {
    "turnover": say("mutual trade"),
    "exports": say("exports"),
    "imports": say("imports"),
    "students": say("students"),
    "tourists": say("tourists"),
    "investment": say("investment"),
    "other": say("another number"),
}
_NUMBER_FIELDS = frozenset(
    (
        "indicator",
        "exporter",
        "value",
        "currency",
        "growth_pct",
        "multiple",
        "qualifier",
        "period",
        "by",
        "horizon_years",
    )
)
_COUNTED = {"students": "students", "tourists": "visitors"}
_SCALES = (10**9, 10**6, 10**3)


def headline(proposal: Proposal, words: Words) -> str:
    """“mutual trade, 138 million USD, +15%, 2024”; “visit, Bishkek, November 2025, planned”."""
    line = ", ".join(words.show(part) for part in _parts(proposal, words))
    return line or quoted_title(proposal, "en")["en"]


def _parts(proposal: Proposal, words: Words) -> Iterator[Any]:
    fields = proposal.fields
    if name := fields.get("indicator"):
        yield INDICATORS.get(str(name), str(name))
    if exporter := fields.get("exporter"):
        yield say("from {country}", country=_country(str(exporter), words))
    yield from _size(proposal)
    yield from _times(fields)
    for name, value in fields.items():
        if name not in _NUMBER_FIELDS and value not in (None, "", ()):
            yield _plain(name, value)


def _size(proposal: Proposal) -> Iterator[Any]:
    fields = proposal.fields
    if fields.get("value") is not None:
        yield amount(proposal)
    if (growth := fields.get("growth_pct")) is not None:
        said = say("{sign}{growth}%", sign="+" if growth >= 0 else "−", growth=abs(growth))
        caution = None if fields.get("value") is not None else _qualifier(proposal)
        yield QUALIFIERS[caution].with_args(amount=said) if caution else said
    if multiple := fields.get("multiple"):
        yield say("{n} times as much", n=multiple)


def _times(fields: Mapping[str, Any]) -> Iterator[Any]:
    if period := fields.get("period"):
        yield _period(str(period))
    if by := fields.get("by"):
        yield say("by {year}", year=_period(str(by)))
    if years := fields.get("horizon_years"):
        yield say_many("within {n} year", "within {n} years", n=int(years))


def amount(proposal: Proposal) -> Quantity | str:
    """Its value in the largest unit that leaves no more than a few digits before the comma."""
    value, currency = Decimal(str(proposal.fields["value"])), proposal.fields.get("currency")
    indicator, qualifier = str(proposal.fields.get("indicator")), _qualifier(proposal)
    if not currency or not is_currency(str(currency)):
        return Quantity(value, Unit(1, _COUNTED.get(indicator, "units")), qualifier)
    scale = next((scale for scale in _SCALES if abs(value) >= scale), 1)
    return Quantity(value, Unit(scale, str(currency)), qualifier)


def _qualifier(proposal: Proposal) -> str | None:
    said = str(proposal.fields.get("qualifier") or "").replace(" ", "_")
    return said if said in QUALIFIERS else None


def _country(code: str, words: Words) -> str:
    return country_name(code, words.lang) if is_country(code) else code


def _period(text: str) -> Period | str:
    try:
        return Period.parse(text)
    except Unreadable:
        return text


def _plain(name: str, value: Any) -> Any:
    if name == "date":
        return _period(str(value))
    if name == "until":
        return say("until {year}", year=str(value))
    if name == "ordinal":
        return say("no. {n}", n=value)
    if isinstance(value, list | tuple):
        return value
    return NAMES.get(name, {}).get(str(value).replace("_", " "), str(value))


_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def one_line(text: str) -> str:
    """For a terminal: in one line, and what would steer it or turn its order shown as a sign."""
    return _UNSEEN.sub("␣", " ".join(text.split()))


def speaker(proposal: Proposal, words: Words) -> str:
    """Who said it, and for which side; empty where the text names neither."""
    side = _country(proposal.side, words) if proposal.side else ""
    if proposal.speaker and side:
        return f"{proposal.speaker} ({side})"
    return proposal.speaker or side


def relation_line(relation: Relation, words: Words) -> str:
    """“contradicts targets/turnover-500: the text says within 3 years; BLR: within 5 years”."""
    line = words(RELATIONS[relation.kind])
    if relation.records:
        line += " " + ", ".join(f"{section}/{name}" for section, name in relation.records)
    return f"{line}: {words(relation.difference)}" if relation.difference else line


def confidence(proposal: Proposal, words: Words) -> str:
    return words.percent(proposal.confidence)
