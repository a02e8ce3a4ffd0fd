"""Rates and subsidies of a deal that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from bilat.language import say
from bilat.programme.complaints import Complaint, complain
from bilat.programme.deal_rates import ONE, DealRate, RateObserved, Subsidy
from bilat.programme.deal_terms import DealTerms

Complaints = Iterator[Complaint]


def rates(terms: DealTerms) -> Complaints:
    """Complaints about ``rate`` and ``subsidies``."""
    rate = terms.rate
    if rate.percent is None and rate.index is None:
        yield complain(
            say("neither a fixed “percent” nor an “index” is stated"),
            say("Write one of them"),
            "rate",
        )
    yield from _bounds(rate)
    if rate.index is None:
        yield from _fixed(rate)
    elif rate.percent is not None and not (rate.reset_every or rate.first_reset):
        yield complain(
            say("the rate never follows “{index}”: it is fixed until a reset, and none is stated",
                index=rate.index),
            say("Add “reset_every” or “first_reset”, or leave out “percent” or “index”"),
            "rate", "index",
        )  # fmt: skip
    yield from _once(rate.observed, "rate")
    if rate.first_reset and rate.first_reset <= terms.start:
        yield complain(
            say("the first reset is not after the start"), say("Write a later day"),
            "rate", "first_reset",
        )  # fmt: skip
    for index, subsidy in enumerate(terms.subsidies):
        for one in _subsidy(subsidy):
            yield complain(one.what, one.remedy, "subsidies", index, *one.path)
        yield from _once(subsidy.observed, "subsidies", index)


OF_AN_INDEX = (
    "share", "margin", "reset_every", "first_reset", "cap", "floor", "period_cap", "period_floor",
    "observed",
)  # fmt: skip


def _fixed(rate: DealRate) -> Complaints:
    """What would change nothing, though whoever wrote it expects that it does."""
    for name in OF_AN_INDEX:
        if getattr(rate, name) != DealRate.model_fields[name].default:
            yield complain(
                say("“{name}” belongs to a rate that follows an index", name=name),
                say("Add “index”, or leave it out"),
                "rate", name,
            )  # fmt: skip


def _once(observed: Sequence[RateObserved], *path: str | int) -> Complaints:
    """Two figures of one day: which of them counts would be chance."""
    known: dict[date, Decimal] = {}
    for place, one in enumerate(observed):
        if known.setdefault(one.day, one.percent) != one.percent:
            yield complain(
                say("{day} has two figures: {first} and {second}",
                    day=one.day, first=known[one.day], second=one.percent),
                say("Keep the one that was observed"),
                *path, "observed", place, "day",
            )  # fmt: skip


def _bounds(rate: DealRate) -> Complaints:
    if rate.cap is not None and rate.floor is not None and rate.cap < rate.floor:
        yield complain(
            say("the cap of {cap} % is below the floor of {floor} %",
                cap=rate.cap, floor=rate.floor),
            say("Correct one of the two"),
            "rate", "cap",
        )  # fmt: skip


def _subsidy(subsidy: Subsidy) -> Complaints:
    if (subsidy.points is None) == (subsidy.index is None):
        yield complain(
            say("a subsidy is either “points” or a share of an “index”"),
            say("Write one of them"),
        )
    elif subsidy.points is not None and (subsidy.observed or subsidy.share != ONE):
        name = "observed" if subsidy.observed else "share"
        yield complain(
            say("“{name}” belongs to a subsidy that follows an index", name=name),
            say("Add “index” instead of “points”, or leave it out"),
            name,
        )
    if subsidy.since and subsidy.until and subsidy.until <= subsidy.since:
        yield complain(say("it ends before it begins"), say("Correct one of the two days"), "until")
