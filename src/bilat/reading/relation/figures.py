"""A stated number against the numbers already stated for the same thing and period."""

from __future__ import annotations

from decimal import Decimal

from bilat.language import Message, say
from bilat.programme import Figure, Indicator
from bilat.reading.records.numbers import indicator_of
from bilat.reading.relation.relation import NEW, Case, Relation, contradicts, repeats, updates
from bilat.vocabulary import Quantity, Unit

EXACT = Decimal("0.01")
"""Two numbers that are rounded differently are apart by less than half their last digit, and
never by more than this share: 133 and 133.4 million are one number, 68 and 70 are two."""
LOOSE = Decimal("0.03")
"""Where one of them is “about” or “almost”."""
GROWTH_POINTS = Decimal("0.5")
LOOSE_POINTS = Decimal(1)


def figure(case: Case) -> Relation:
    """The side's own record first; then what the other side says of the same period."""
    period = case.period("period")
    names = {item.id for item in indicator_of(case.proposal, case.programme)}
    known = [item for item in case.programme.figures if item.indicator in names]
    same = [item for item in known if period is not None and item.period == period]
    side = case.proposal.side
    own = [item for item in same if side in (None, item.side)]
    if found := next((item for item in own if _agrees(case, item)), None):
        return _again(case, found)
    differing = [item for item in same if _agrees(case, item) is False]
    if differing:
        nearest = sorted(differing, key=lambda item: item.side != side)
        return contradicts(_difference(case, nearest[0]), *nearest)
    filled = next((item for item in own if _agrees(case, item) is None), None)
    if filled and side:
        return _filling(case, filled)
    if agreeing := next((item for item in same if _agrees(case, item)), None):
        return Relation("new", difference=say("{side} states the same", side=agreeing.side))
    return NEW


def _again(case: Case, record: Figure) -> Relation:
    """The same number; it may bring the growth that was missing, or the value."""
    missing = _missing(case, record)
    return _filling(case, record) if missing and case.proposal.side else repeats(record)


def _filling(case: Case, record: Figure) -> Relation:
    missing = _missing(case, record)
    if not missing:
        return repeats(record)
    if "value" in missing:
        return updates(record, say("the value was not known before"), *missing)
    return updates(record, say("the growth was not known before"), *missing)


def _missing(case: Case, record: Figure) -> tuple[str, ...]:
    names: tuple[str, ...] = ()
    if record.value is None and case.get("value") is not None:
        names += ("value", "unit")
    if record.growth is None and record.multiple is None and case.get("growth_pct") is not None:
        names += ("growth",)
    return names


def _agrees(case: Case, record: Figure) -> bool | None:
    """By value; else by growth. None where one gives only a value and the other only a growth."""
    loose = bool(case.get("qualifier") or record.qualifier)
    unit, value, growth = unit_of(case, record), case.get("value"), case.get("growth_pct")
    if value is not None and record.value is not None and unit:
        if unit.base != _base(case, unit):
            return None
        return is_same(Decimal(str(value)), unit.to_base(record.value), loose=loose)
    if growth is not None and record.growth is not None:
        return abs(Decimal(str(growth)) - record.growth) <= (
            LOOSE_POINTS if loose else GROWTH_POINTS
        )
    return None


def unit_of(case: Case, record: Figure) -> Unit | None:
    if record.unit:
        return record.unit
    indicator = case.programme.find(Indicator, record.indicator)
    return indicator.unit if indicator else None


def _base(case: Case, unit: Unit) -> str:
    """What the text counts: its currency; without one, what the record counts."""
    return str(case.get("currency") or unit.base)


def is_same(first: Decimal, second: Decimal, *, loose: bool = False) -> bool:
    """Two statements of one number, each rounded in its own way. Both in single units."""
    larger = max(abs(first), abs(second))
    if loose:
        return abs(first - second) <= LOOSE * larger
    step = max(_last_digit(first), _last_digit(second))
    return abs(first - second) <= min(step / 2, EXACT * larger)


def _last_digit(value: Decimal) -> Decimal:
    """The unit of the last digit that was stated: a million for 135 million."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** exponent if isinstance(exponent, int) else Decimal(1)


def _difference(case: Case, record: Figure) -> Message:
    """“the text says 135 million USD, KGZ 68 million USD for January–September 2024”."""
    here, there = _said(case, record), _recorded(case, record)
    return say(
        "the text says {here}, {side} {there} for {period}",
        here=here,
        side=record.side,
        there=there,
        period=record.period,
    )


def _said(case: Case, record: Figure) -> Quantity | Message:
    unit, value = unit_of(case, record), case.get("value")
    if value is not None and record.value is not None and unit:
        return Quantity(Decimal(str(value)), unit)
    return say("{growth}% growth", growth=case.get("growth_pct"))


def _recorded(case: Case, record: Figure) -> Quantity | Message:
    unit = unit_of(case, record)
    if case.get("value") is not None and record.value is not None and unit:
        return Quantity(unit.to_base(record.value), unit, record.qualifier)
    return say("{growth}% growth", growth=record.growth)
