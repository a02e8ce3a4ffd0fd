"""What one deal takes of its line over time: committed, drawn, repaid."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from bilat.finance.lines.dues import Due, Settled, as_scheduled, settle
from bilat.finance.lines.steps import ZERO, Change, Steps, less
from bilat.language import Message
from bilat.programme import Deal, Facility

if TYPE_CHECKING:
    from bilat.finance.deal import Payment

OPEN = ("agreed", "signed", "drawn")
"""Stages that count against a limit; what was drawn before counts in the others too."""


@dataclass(frozen=True)
class Planned:
    """What a deal's terms say, in its currency. added: interest that joins the balance unpaid.
    returned: the value of leased goods that go back, which ends what is owed without a payment."""

    draws: tuple[Change, ...] = ()
    added: tuple[Change, ...] = ()
    dues: tuple[Due, ...] = ()
    returned: tuple[Change, ...] = ()


@dataclass(frozen=True)
class DealFlows:
    """One deal in its own currency. committed: agreed and not yet drawn. drawn, with interest added
    to the balance, and repaid: in all until then. settled: None where the deal has no terms, or
    ones that allow no schedule; ``fault`` then says why."""

    deal: Deal
    committed: Steps
    drawn: Steps
    repaid: Steps
    settled: Settled | None
    fault: Message | None = None

    @property
    def balance(self) -> Steps:
        return less(self.drawn, self.repaid)

    def takes(self, *, revolving: bool) -> Steps:
        """What it takes of the limit: where the line revolves, repayments give it back."""
        taken = [*self.committed.changes(), *self.drawn.changes()]
        freed = self.repaid.changes() if revolving else []
        return Steps.of([*taken, *((day, -amount) for day, amount in freed)])


def flows_of(deal: Deal, facility: Facility, as_of: date) -> DealFlows:
    """Recorded draws and payments up to ``as_of``, and what terms and plans say of the days after.

    A payment that is not recorded is taken as made on its day, unless the deal records payments:
    then what is past due stays on the balance until it is paid. Without terms the whole amount
    stays until the stage says that it is repaid.
    """
    planned, fault = planned_of(deal)
    begins = _begins(deal, planned, as_of)
    drawn = _drawn(deal, planned, begins, as_of)
    settled = _settled(deal, planned, drawn, as_of)
    returned = planned.returned if planned and deal.stage != "stopped" else ()
    repaid = _within(drawn, [*_repaid(deal, settled, drawn, as_of), *returned])
    committed = _committed(deal, begins, drawn, facility)
    return DealFlows(deal, committed, Steps.of(drawn), Steps.of(repaid), settled, fault)


def planned_of(deal: Deal) -> tuple[Planned | None, Message | None]:
    """What the terms say; None for a deal without terms, or where they allow no schedule: why."""
    if deal.terms is None:
        return None, None
    from bilat.finance.deal import TermInvalid, schedule_of  # only terms need the engine of loans

    try:
        return _planned(schedule_of(deal.terms).payments), None
    except TermInvalid as error:
        return None, error.message


def _planned(payments: Sequence[Payment]) -> Planned:
    before, dues = ZERO, list[Due]()
    for item in payments:
        repaid = before + item.drawn + item.capitalised - item.balance
        before = item.balance
        due = Due(item.day, item.fee + item.tax, item.interest - item.subsidy, repaid)
        if due.amount:
            dues.append(due)
    return Planned(
        tuple((item.day, item.drawn) for item in payments if item.drawn),
        tuple((item.day, item.capitalised) for item in payments if item.capitalised),
        tuple(dues),
        ((payments[-1].day, before),) if before else (),
    )


def _begins(deal: Deal, planned: Planned | None, as_of: date) -> date:
    """From when it counts: its signing; else its first draw, if that is past; else today."""
    if deal.signed is not None:
        return deal.signed.start
    draws = [draw.on for draw in deal.draws] or [
        day for day, _ in (planned.draws if planned else ())
    ]
    return min([as_of, *draws])


def _drawn(deal: Deal, planned: Planned | None, begins: date, as_of: date) -> tuple[Change, ...]:
    """Recorded draws, then those that the terms foresee; without either the whole at once."""
    recorded = tuple((draw.on, draw.amount) for draw in deal.draws)
    if deal.stage == "stopped":
        return tuple(change for change in recorded if change[0] <= as_of)
    if planned is not None:
        return (*_with_planned(recorded, planned, deal, as_of), *planned.added)
    if recorded or deal.stage not in ("drawn", "repaid"):
        return recorded
    return ((begins, deal.amount.amount),)


def _with_planned(
    recorded: tuple[Change, ...], planned: Planned, deal: Deal, as_of: date
) -> Iterator[Change]:
    """Planned draws follow recorded ones, as far as the amount goes."""
    yield from recorded
    rest = deal.amount.amount - sum((amount for _, amount in recorded), ZERO)
    after = max([as_of, *(day for day, _ in recorded)]) if recorded else date.min
    for day, amount in planned.draws:
        if day > after and rest > 0:
            yield day, min(amount, rest)
            rest -= amount


def _settled(
    deal: Deal, planned: Planned | None, drawn: Sequence[Change], as_of: date
) -> Settled | None:
    if planned is None:
        return None
    dues = _of_drawn(planned.dues, drawn) if drawn else ()
    if deal.stage in ("repaid", "stopped"):
        dues = tuple(due for due in dues if due.day < as_of)
    if deal.stage == "repaid" or deal.payments is None:
        return as_scheduled(dues, as_of)
    return settle(dues, [payment for payment in deal.payments if payment.on <= as_of])


def _of_drawn(dues: Iterable[Due], drawn: Sequence[Change]) -> tuple[Due, ...]:
    """No more principal falls due than was drawn: the last dues shrink where less was drawn."""
    left = sum((amount for _, amount in drawn), ZERO)
    found = []
    for due in dues:
        principal = min(due.principal, left)
        left -= principal
        found.append(Due(due.day, due.fees, due.interest, principal))
    return tuple(due for due in found if due.amount)


def _repaid(
    deal: Deal, settled: Settled | None, drawn: Sequence[Change], as_of: date
) -> list[Change]:
    """Principal that was repaid, then what falls due after ``as_of``."""
    found: list[Change] = []
    if settled is not None:
        ahead = settled.ahead(as_of) if deal.stage in OPEN or deal.stage == "asked" else ()
        tomorrow = as_of + timedelta(days=1)  # what falls due today is not paid yet
        found = [*settled.repaid, *((max(due.day, tomorrow), due.principal) for due in ahead)]
    if deal.stage == "repaid":
        found.append((_ended(deal, drawn, as_of), sum((amount for _, amount in drawn), ZERO)))
    return found


def _ended(deal: Deal, drawn: Sequence[Change], as_of: date) -> date:
    """When a deal that is repaid was: by its end at the latest, where that is past."""
    if not drawn or deal.months is None:
        return as_of
    return min(as_of, _later(min(day for day, _ in drawn), deal.months))


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _within(drawn: Sequence[Change], repaid: Sequence[Change]) -> list[Change]:
    """On each day draws come first; a repayment beyond the balance is cut to it."""
    balance, kept = ZERO, list[Change]()
    events = [(day, 0, amount) for day, amount in drawn]
    events += [(day, 1, amount) for day, amount in repaid]
    for day, is_repayment, amount in sorted(events):
        if not is_repayment:
            balance += amount
            continue
        cut = min(amount, balance)
        balance -= cut
        if cut:
            kept.append((day, cut))
    return kept


def _committed(deal: Deal, begins: date, drawn: Sequence[Change], facility: Facility) -> Steps:
    """The amount from its begin, less each draw; the rest lapses where its draws are known and
    the line can be drawn no more."""
    if deal.stage not in (*OPEN, "asked"):
        return Steps()
    rest = deal.amount.amount
    changes = [(begins, rest)]
    for day, amount in sorted(drawn):
        cut = min(amount, rest)
        rest -= cut
        changes.append((max(day, begins), -cut))
    if rest > 0 and drawn and facility.available is not None:
        changes.append((max(facility.available.end, *(day for day, _ in drawn)), -rest))
    return Steps.of(changes)


def in_currency(flows: DealFlows, factor: Decimal) -> DealFlows:
    """The same in another currency; the dues stay in that of the deal."""
    if factor == 1:
        return flows
    return DealFlows(
        flows.deal,
        _times(flows.committed, factor),
        _times(flows.drawn, factor),
        _times(flows.repaid, factor),
        flows.settled,
        flows.fault,
    )


def _times(steps: Steps, factor: Decimal) -> Steps:
    return Steps(steps.days, tuple(level * factor for level in steps.levels))
