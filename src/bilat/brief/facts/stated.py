"""Figures that people stated, each as it was said: who, when, how carefully, for which period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.language import Message, say
from bilat.programme import Figure, Indicator, Programme
from bilat.vocabulary import QUALIFIERS, Period, Quantity, Unit


class StatedFact(Fact):
    """One figure. value: in the base unit, None where only a growth or a multiple was stated.

    text: the figure in the terms in which it was said.
    """

    id: str
    indicator: str
    side: str
    speaker: MaybeSaid
    period: Period
    stated: Period
    value: Decimal | None
    text: Said
    sources: tuple[str, ...]


def stated_facts(programme: Programme, as_of: date) -> tuple[StatedFact, ...]:
    """Everything that was said by ``as_of``, the newest period first."""
    known = [item for item in programme.figures if item.stated.start <= as_of]
    found = (_stated(programme, item) for item in known)
    return tuple(sorted(found, key=_newest_first))


def _newest_first(item: StatedFact) -> tuple[int, int, int]:
    return (
        -item.period.end.toordinal(),
        -item.period.start.toordinal(),
        item.stated.start.toordinal(),
    )


def _stated(programme: Programme, item: Figure) -> StatedFact:
    indicator = programme.find(Indicator, item.indicator)
    unit = item.unit or (indicator.unit if indicator else Unit.parse("units"))
    return StatedFact(
        id=item.id,
        indicator=item.indicator,
        side=item.side,
        speaker=item.speaker and item.speaker.name,
        period=item.period,
        stated=item.stated,
        value=None if item.value is None else unit.to_base(item.value),
        text=_text(item, unit),
        sources=item.sources,
    )


def _text(item: Figure, unit: Unit) -> Any:
    """The value; else the growth or the multiple, with its caution."""
    if item.value is not None:
        return Quantity(unit.to_base(item.value), unit, item.qualifier)
    if item.growth is not None:
        sign = "+" if item.growth > 0 else "−" if item.growth < 0 else "±"
        said = say("{sign}{growth} % over a year", sign=sign, growth=abs(item.growth))
    else:
        said = say(
            "{multiple} times {period}",
            multiple=item.multiple,
            period=item.of or item.period.year_before,
        )
    return _careful(said, item.qualifier)


def _careful(said: Message, qualifier: str | None) -> Message:
    return QUALIFIERS[qualifier].with_args(amount=said) if qualifier else said
