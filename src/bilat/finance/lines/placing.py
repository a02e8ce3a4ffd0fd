"""Whether needs find room on their lines, year by year.

Measures ask in the order of their start. One that finds room keeps it: when it will be repaid is
not known before it has terms. One that finds less than its smallest possible part takes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bilat.finance.lines.barred import Barred
from bilat.finance.lines.eligibility import goods_reasons
from bilat.finance.lines.line import Line
from bilat.finance.lines.need import Need
from bilat.finance.lines.rates import Rates
from bilat.finance.lines.steps import ZERO
from bilat.language import Message, say
from bilat.outlook import LeftOut
from bilat.programme import Facility
from bilat.vocabulary import Money


@dataclass(frozen=True)
class Placed:
    """A need on its line, in ``currency``. granted: what finds room; None where nobody can say.
    why: what stands in its way."""

    need: Need
    currency: str
    amount: Decimal
    granted: Decimal | None
    why: Message | None = None

    @property
    def missing(self) -> Decimal | None:
        return None if self.granted is None else self.amount - self.granted

    @property
    def expected(self) -> Decimal:
        """Its amount times its chance."""
        return self.amount * Decimal(str(self.need.chance))


@dataclass(frozen=True)
class YearOfNeed:
    """One line in one year, in ``currency``. facility: None for what names no line. offer: what is
    left for new deals; None where the limit is not stated. gap: what finds no room."""

    facility: str | None
    year: int
    currency: str
    need: Decimal
    expected: Decimal
    offer: Decimal | None
    gap: Decimal | None


@dataclass(frozen=True)
class Needs:
    """unrated: needs in another currency than their line, without a rate."""

    placed: tuple[Placed, ...] = ()
    years: tuple[YearOfNeed, ...] = ()
    unrated: tuple[Need, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass
class _Room:
    """What the lines have, less what measures of earlier turns took."""

    lines: Mapping[str, tuple[Facility, Line]]
    as_of: date
    taken: dict[str, Decimal] = field(default_factory=dict)

    def offer(self, facility: str, year: int) -> Decimal | None:
        record, line = self.lines[facility]
        day = _last_day(record, year, self.as_of)
        if line.limit is None:
            return None
        if day is None:
            return ZERO
        return max((line.room(day) or ZERO) - self.taken.get(facility, ZERO), ZERO)

    def take(self, facility: str, amount: Decimal) -> None:
        self.taken[facility] = self.taken.get(facility, ZERO) + amount


def place(
    needs: Sequence[Need],
    lines: Mapping[str, tuple[Facility, Line]],
    as_of: date,
    rates: Rates,
    left_out: tuple[LeftOut, ...] = (),
    barred: Sequence[Barred] = (),
) -> Needs:
    """needs: in the order in which they ask. lines: by id of the facility. barred: goods that may
    not be financed beyond the rules of the lines."""
    room = _Room(lines, as_of)
    placed: list[Placed] = []
    unrated: list[Need] = []
    years: list[YearOfNeed] = []
    wanted = [need for need in needs if need.open]
    for year in sorted({need.year for need in wanted}):
        these = [need for need in wanted if need.year == year]
        offers = {name: room.offer(name, year) for name in lines}
        turn = [_placed(need, room, rates, barred) for need in these]
        unrated += [need for need, done in zip(these, turn, strict=True) if done is None]
        placed += [done for done in turn if done is not None]
        years += _rows(year, [done for done in turn if done is not None], lines, offers)
    return Needs(tuple(placed), tuple(years), tuple(unrated), left_out)


def _placed(need: Need, room: _Room, rates: Rates, barred: Sequence[Barred]) -> Placed | None:
    """None where the need is in another currency than its line and no rate is known."""
    if need.facility not in room.lines or need.facility is None:
        return Placed(need, need.amount.currency, need.open, ZERO, say("it names no line"))
    record, line = room.lines[need.facility]
    factor = rates.factor(need.amount.currency, line.currency)
    if factor is None:
        return None
    amount = need.open * factor
    known = goods_reasons(need.products, record, barred) if need.products else ()
    if refusal := next((reason.words for reason in known if reason.refuses), None):
        return Placed(need, line.currency, amount, ZERO, refusal)
    offer = room.offer(need.facility, need.year)
    if offer is None:
        return Placed(need, line.currency, amount, None, say("the limit of its line is not stated"))
    granted = min(amount, offer)
    if granted < amount * Decimal(str(need.smallest)):
        granted = ZERO
    room.take(need.facility, granted)
    why = None if granted == amount else _obstacle(record, need, offer, granted, room, line)
    return Placed(need, line.currency, amount, granted, why)


def _obstacle(
    record: Facility, need: Need, offer: Decimal, granted: Decimal, room: _Room, line: Line
) -> Message:
    left = Money(amount=offer.quantize(Decimal("0.01")), currency=line.currency)
    if _last_day(record, need.year, room.as_of) is None:
        return say("{line} cannot be drawn in {year}", line=record.title, year=str(need.year))
    if granted:
        return say(
            "{line} has room for {left} only: it can go ahead in part", line=record.title, left=left
        )
    return say("{line} has room for {left} only", line=record.title, left=left)


def _last_day(facility: Facility, year: int, as_of: date) -> date | None:
    """The last day of the year on which the line can be drawn."""
    first, last = max(date(year, 1, 1), as_of), date(year, 12, 31)
    if facility.available is not None:
        first, last = max(first, facility.available.start), min(last, facility.available.end)
    return last if first <= last else None


def _rows(
    year: int,
    placed: Sequence[Placed],
    lines: Mapping[str, tuple[Facility, Line]],
    offers: Mapping[str, Decimal | None],
) -> Iterator[YearOfNeed]:
    """Every line in the order of the folder, then what names none, by currency."""
    for name, (_record, line) in lines.items():
        mine = [item for item in placed if item.need.facility == name]
        yield _row(name, year, line.currency, mine, offers[name])
    loose = [item for item in placed if item.need.facility not in lines]
    for currency in dict.fromkeys(item.currency for item in loose):
        mine = [item for item in loose if item.currency == currency]
        yield _row(None, year, currency, mine, ZERO)


def _row(
    name: str | None, year: int, currency: str, mine: Sequence[Placed], offer: Decimal | None
) -> YearOfNeed:
    missing = [item.missing for item in mine]
    known = [amount for amount in missing if amount is not None]
    return YearOfNeed(
        name,
        year,
        currency,
        sum((item.amount for item in mine), ZERO),
        sum((item.expected for item in mine), ZERO),
        offer,
        sum(known, ZERO) if len(known) == len(missing) else None,
    )
