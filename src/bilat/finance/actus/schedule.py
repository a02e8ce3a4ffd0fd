"""What happens when: the events of a contract, in the order in which they take effect.

Source: ACTUS Technical Specification, schedules of PAM, LAM, NAM and ANN.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from bilat.finance.actus.cycles import cyclic_dates
from bilat.finance.actus.terms import Subject, Terms

Kind = Literal[
    "IED", "FP", "PR", "PY", "PP", "IP", "IPCI", "RRF", "RR", "PRF", "PRD", "TD", "SC", "IPCB",
    "MD",
]  # fmt: skip
"""Event types, in the order in which those of the same moment take effect."""

ORDER = {kind: place for place, kind in enumerate(get_args(Kind))}


@dataclass(frozen=True)
class Event:
    """One event of a contract."""

    kind: Kind
    scheduled: datetime
    time: datetime
    """When it takes place: the scheduled moment after the business-day convention."""
    until: datetime
    """Up to when interest is counted."""

    @property
    def place(self) -> tuple[datetime, int]:
        """Sorts events of one contract."""
        return self.time, ORDER[self.kind]


def schedule(terms: Terms, end: datetime, prepaid: Iterable[datetime] = ()) -> list[Event]:
    """Every event after the status date, in order; none after a termination.

    end: the maturity, stated or computed. prepaid: when prepayments were observed.
    """
    events = sorted(_all(terms, end, prepaid), key=lambda event: event.place)
    last = next((event.place for event in events if event.kind == "TD"), events[-1].place)
    return [event for event in events if event.time > terms.status_date and event.place <= last]


def _all(terms: Terms, end: datetime, prepaid: Iterable[datetime]) -> Iterator[Event]:
    yield from _agreed(terms)
    yield from _shifted(terms, "MD", [end])
    yield from _principal(terms, end)
    yield from _interest(terms, end)
    yield from _resets(terms, end)
    yield from _others(terms, end)
    for moment in prepaid:
        yield Event("PP", moment, moment, moment)
        if terms.penalty_type != "O":
            yield Event("PY", moment, moment, moment)


def _shifted(terms: Terms, kind: Kind, dates: Iterable[datetime]) -> Iterator[Event]:
    shift = terms.shift
    for moment in dates:
        yield Event(kind, moment, shift.paid(moment), shift.calculated(moment))


def _agreed(terms: Terms) -> Iterator[Event]:
    """Days that the parties name themselves; no convention moves them."""
    days: dict[Kind, datetime | None] = {
        "IED": terms.initial_exchange_date,
        "PRD": terms.purchase_date,
        "TD": terms.termination_date,
    }
    for kind, day in days.items():
        if day:
            yield Event(kind, day, day, day)


def _principal(terms: Terms, end: datetime) -> Iterator[Event]:
    if not terms.amortizes:
        return
    yield from _shifted(terms, "PR", terms.dates("PrincipalRedemption", end, with_end=False))
    first = fixing_day(terms)
    if first and first >= terms.initial_exchange_date:
        yield Event("PRF", first, first, first)


def fixing_day(terms: Terms) -> datetime | None:
    """The day before the first payment, on which an annuity's amount is fixed if not given."""
    anchor = terms.anchor("PrincipalRedemption")
    given = terms.next_principal_redemption_payment is not None
    if terms.contract_type != "ANN" or given or anchor is None:
        return None
    # A payment moved to a preceding day must still find its amount fixed.
    return min(anchor, terms.shift.paid(anchor)) - timedelta(days=1)


def _interest(terms: Terms, end: datetime) -> Iterator[Event]:
    if terms.nominal_interest_rate is None:
        return
    dates, until = interest_dates(terms, end), terms.capitalization_end_date
    if until is None:
        yield from _shifted(terms, "IP", dates)
        return
    capitalized = {*(day for day in dates if day <= until), min(until, end)}
    yield from _shifted(terms, "IPCI", sorted(capitalized))
    yield from _shifted(terms, "IP", [day for day in dates if day > until])


def interest_dates(terms: Terms, end: datetime) -> list[datetime]:
    """When interest falls due, whether paid or capitalised, before any shift.

    NAM and ANN: on its own cycle up to one period before the first redemption, then with each
    redemption, because a payment is the sum of both.
    """
    own, redemption = terms.repeats["InterestPayment"], terms.repeats["PrincipalRedemption"]
    if terms.contract_type in ("PAM", "LAM"):
        return terms.dates("InterestPayment", end, with_end=True) if own else [end]
    common = terms.dates("PrincipalRedemption", end, with_end=True)
    start, first = terms.anchor("InterestPayment"), terms.anchor("PrincipalRedemption")
    if start is None or first is None or own == redemption:
        return common
    rule = terms.end_of_month_convention
    until = redemption.cycle.step(first, -1, rule) if redemption.cycle else first
    return sorted({*cyclic_dates(start, own.cycle, until, rule, with_end=True), *common})


def _resets(terms: Terms, end: datetime) -> Iterator[Event]:
    """Rate resets; the first after the status date is fixed where its rate is known already."""
    dates = terms.dates("RateReset", end, with_end=False)
    known = None
    if terms.next_reset_rate is not None:
        known = next((day for day in dates if day > terms.status_date), None)
    for day in dates:
        yield from _shifted(terms, "RRF" if day == known else "RR", [day])
        if terms.contract_type == "ANN":
            yield from _shifted(terms, "PRF", [day])


def _others(terms: Terms, end: datetime) -> Iterator[Event]:
    kinds: list[tuple[Kind, Subject, bool]] = []
    if terms.fee_rate:
        kinds.append(("FP", "Fee", True))
    if terms.scaling_effect != "000":
        kinds.append(("SC", "ScalingIndex", False))
    if terms.amortizes and terms.interest_calculation_base == "NTL":
        kinds.append(("IPCB", "InterestCalculationBase", False))
    for kind, subject, with_end in kinds:
        yield from _shifted(terms, kind, terms.dates(subject, end, with_end=with_end))
