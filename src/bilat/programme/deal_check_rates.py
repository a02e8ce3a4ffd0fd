"""Rates and subsidies of a deal that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.language import say
from bilat.programme.complaints import Complaint, complain
from bilat.programme.deal_rates import DealRate, Subsidy
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
    if rate.index is None:
        yield from _fixed(rate)
    yield from _bounds(rate)
    if rate.first_reset and rate.first_reset <= terms.start:
        yield complain(
            say("the first reset is not after the start"), say("Write a later day"),
            "rate", "first_reset",
        )  # fmt: skip
    for index, subsidy in enumerate(terms.subsidies):
        for one in _subsidy(subsidy):
            yield complain(one.what, one.remedy, "subsidies", index, *one.path)


def _fixed(rate: DealRate) -> Complaints:
    for name in ("reset_every", "first_reset", "period_cap", "period_floor", "observed"):
        if getattr(rate, name):
            yield complain(
                say("“{name}” belongs to a rate that follows an index", name=name),
                say("Add “index”, or leave it out"),
                "rate", name,
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
    if subsidy.since and subsidy.until and subsidy.until <= subsidy.since:
        yield complain(say("it ends before it begins"), say("Correct one of the two days"), "until")
