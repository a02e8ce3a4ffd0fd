"""Interest rate, subsidies and taxes in the words of a contract: all that decides a cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bilat.brief.story.blocks import Number
from bilat.brief.story.deal_names import exact
from bilat.language import Message, say, say_many
from bilat.programme.deal_parts import Tax, TaxBase
from bilat.programme.deal_rates import DealRate, Ratio, Subsidy

Line = tuple[Any, Any]
"""What the term is called, and its value."""

TAXED: dict[TaxBase, Message] = {
    "advance": say("the advance"),
    "interest": say("interest"),
    "principal": say("principal"),
    "residual": say("the residual value"),
    "fees": say("fees"),
}


def rate_lines(rate: DealRate) -> Iterator[Line]:
    """The rate, and the limits and figures of one that follows an index."""
    yield say("Interest rate"), _rate(rate)
    if rate.index is None:
        return
    if rate.percent is not None:
        yield say("Interest rate until the first reset"), a_year(rate.percent)
    if rate.first_reset:
        yield say("First reset of the rate"), rate.first_reset
    bounds = (
        (say("The rate is never above"), rate.cap),
        (say("The rate is never below"), rate.floor),
    )
    steps = (
        (say("Greatest rise at one reset"), rate.period_cap),
        (say("Greatest fall at one reset"), rate.period_floor),
    )
    yield from ((name, a_year(value)) for name, value in bounds if value is not None)
    yield from ((name, points(value)) for name, value in steps if value is not None)
    for one in rate.observed:
        yield say("{index} from {day}", index=rate.index, day=one.day), a_year(one.percent)


def subsidy_lines(subsidy: Subsidy) -> Iterator[Line]:
    """What the budget pays, how long, and within which limits."""
    yield say("The budget pays"), _subsidy(subsidy)
    if subsidy.since:
        yield say("The budget pays from"), subsidy.since
    if subsidy.until:
        yield say("The budget pays until (this day not included)"), subsidy.until
    if subsidy.at_most is not None:
        yield say("The budget pays at most"), points(subsidy.at_most)
    if subsidy.leaves is not None:
        yield say("The budget leaves to be paid at least"), a_year(subsidy.leaves)
    for one in subsidy.observed:
        yield say("{index} from {day}", index=subsidy.index, day=one.day), a_year(one.percent)


def tax_value(tax: Tax) -> Message:
    """The rate, and the payments on which it is charged."""
    first, *others = (TAXED[column] for column in dict.fromkeys(tax.on))
    what = first
    for other in others:
        what = say("{first}, {second}", first=what, second=other)
    return say("{rate} on {what}", rate=exact(tax.percent), what=what)


def a_year(percent: Decimal | None) -> Message:
    return say("{rate} a year", rate=exact(percent or Decimal(0)))


def points(value: Decimal) -> Message:
    exponent = value.normalize().as_tuple().exponent
    number = Number(value, max(0, -exponent) if isinstance(exponent, int) else 0)
    return say("{points} percentage points", points=number)


def _rate(rate: DealRate) -> Message:
    if rate.index is None:
        return a_year(rate.percent)
    said = {"share": _share(rate.share), "index": rate.index, "margin": rate.margin}
    if rate.reset_every:
        every = (
            say("every month")
            if rate.reset_every == 1
            else say_many("every {n} month", "every {n} months", n=rate.reset_every)
        )
        return say(
            "{share} of {index} and {margin} percentage points, set again {every}",
            every=every,
            **said,
        )
    return say("{share} of {index} and {margin} percentage points, set at the start", **said)


def _share(share: Ratio) -> Message:
    return say("the whole") if share.value == 1 else say("{share}", share=str(share))


def _subsidy(subsidy: Subsidy) -> Message:
    act = subsidy.title
    if subsidy.index is None:
        points = subsidy.points or Decimal(0)
        if act:
            return say("{points} percentage points of the rate ({act})", points=points, act=act)
        return say("{points} percentage points of the rate", points=points)
    said = {"share": _share(subsidy.share), "index": subsidy.index}
    return (
        say("{share} of {index} ({act})", act=act, **said)
        if act
        else say("{share} of {index}", **said)
    )
