"""Figures and targets: numbers that a side stated or aims at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from bilat.language import Text, say
from bilat.programme import Indicator, Programme
from bilat.reading.proposal import Proposal
from bilat.reading.records import titles
from bilat.reading.records.making import Making, Mapped, plain_number
from bilat.vocabulary import Unit

QUALIFIERS: Mapping[str, str] = {
    "about": "about",
    "around": "about",
    "approximately": "about",
    "almost": "almost",
    "nearly": "almost",
    "more than": "more_than",
    "over": "more_than",
    "at least": "more_than",
    "less than": "less_than",
    "under": "less_than",
    "up to": "up_to",
}


def indicator_of(proposal: Proposal, programme: Programme) -> tuple[Indicator, ...]:
    """The programme's indicators that the proposal may be about; one, if it is clear."""
    if named := programme.find(Indicator, proposal.fields.get("indicator_id")):
        return (named,)
    name, exporter = proposal.fields.get("indicator"), proposal.fields.get("exporter")
    if name == "imports" and not exporter and proposal.side in programme.sides:
        exporter = programme.other(proposal.side)
    fits: Mapping[str, Callable[[Indicator], bool]] = {
        "turnover": lambda item: item.measures == "turnover",
        "exports": lambda item: item.measures == "exports" and item.exporter == exporter,
        "imports": lambda item: item.measures == "exports" and item.exporter == exporter,
        "students": lambda item: item.unit.base == "students",
        "tourists": lambda item: item.unit.base == "visitors",
    }
    return tuple(filter(fits.get(str(name), lambda _item: False), programme.indicators))


def _indicator(making: Making) -> Indicator | None:
    found = indicator_of(making.proposal, making.programme)
    if len(found) == 1:
        return found[0]
    if found:
        text = say("Which of these indicators is meant?")
    elif making.get("indicator") in ("exports", "imports") and not making.get("exporter"):
        making.ask("exporter", say("From which side do the goods come?"), making.programme.sides)
        return None
    else:
        text = say(
            "Which indicator of the programme is this? Add an indicator first if none fits: {name}",
            name=str(making.get("indicator")),
        )
    making.ask("indicator_id", text, [item.id for item in found or making.programme.indicators])
    return None


def _value(making: Making, indicator: Indicator | None) -> tuple[Decimal | None, Unit | None]:
    """In the indicator's unit; another currency is not converted here."""
    value, currency = making.get("value"), making.get("currency")
    if value is None or indicator is None:
        return None, None
    base = indicator.unit.base
    if indicator.unit.is_money != bool(currency) or (currency and currency != base):
        text = say(
            "The text says {currency}, the indicator is in {unit}. Which value is it in {base}?",
            currency=str(currency or "–"),
            unit=indicator.unit,
            base=base,
        )
        making.ask("value", text)
        return None, None
    return Decimal(str(value)) / indicator.unit.scale, indicator.unit


def figure(making: Making) -> Mapped:
    indicator, side = _indicator(making), making.side()
    value, unit = _value(making, indicator)
    growth = making.get("growth_pct")
    if growth is None and value is None and making.get("multiple"):
        growth = (Decimal(str(making.get("multiple"))) - 1) * 100
    if not (period := making.get("period")):
        making.ask("period", say("For which period is this number?"))
    said = str(making.get("qualifier") or "").lower().replace("_", " ")
    name = indicator.id if indicator else making.get("indicator")
    return making.done(
        "figures",
        id=making.id("figures", name, period, side),
        indicator=indicator.id if indicator else None,
        period=period,
        side=side,
        speaker=making.speaker(),
        stated=making.said_on(),
        value=plain_number(value),
        unit=str(unit) if unit else None,
        growth=None if growth is None else plain_number(Decimal(str(growth))),
        qualifier=QUALIFIERS.get(said),
    )


def target(making: Making) -> Mapped:
    indicator = _indicator(making)
    value, unit = _value(making, indicator)
    if making.get("value") is None:
        making.ask("value", say("Which value does the goal mean, in single units?"))
    statement = {
        "side": making.side(),
        "announced": making.said_on(),
        "by": making.get("by"),
        "horizon_years": making.get("horizon_years"),
        "speaker": making.speaker(),
        "sources": [making.source_id],
    }
    name = indicator.id if indicator else making.get("indicator")
    amount = plain_number(value)

    def made() -> Text:
        return titles.target_title(indicator and indicator.title, amount, unit or Unit(1, "USD"))

    return making.done(
        "targets",
        id=making.id("targets", name, amount),
        title=making.title(made),
        indicator=indicator.id if indicator else None,
        value=amount,
        unit=str(unit) if unit else None,
        statements=[{key: item for key, item in statement.items() if item is not None}],
    )
