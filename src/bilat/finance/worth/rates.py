"""The rate at which dated flows are worth nothing: IRR and XIRR, or a sentence why there is none.

XIRR counts days over 365: Σ Fᵢ·(1+r)^(−dᵢ/365) = 0. The rate is effective, a year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import expm1

from bilat.finance.worth.flows import Flow, Years, actual_365, by_day, exactly
from bilat.finance.worth.roots import zeros
from bilat.language import Message, say

STEEPEST = 700.0
"""A continuous rate beyond which 1 + r is outside the range of floats."""


@dataclass(frozen=True)
class InternalRate:
    """rate: effective a year (0.08), None where there is not exactly one; then ``why`` says so.

    rates: every rate above −1 at which the flows are worth nothing, ascending.
    """

    rate: Decimal | None
    rates: tuple[Decimal, ...] = ()
    why: Message | None = None


def internal_rate(flows: Iterable[Flow], years: Years = actual_365) -> InternalRate:
    """The one effective rate of dated flows, to 15 digits; never one of several at random."""
    merged = by_day(flows)
    if len({amount > 0 for _day, amount in merged}) < 2:
        return InternalRate(
            None, why=say("All amounts go one way: there is nothing that a rate could balance")
        )
    first = merged[0][0]
    times = [float(years(first, day)) for day, _amount in merged]
    found = zeros(times, [float(amount) for _day, amount in merged])
    return _judged([u for u in found if abs(u) < STEEPEST], beyond=len(found) > 0)


def _judged(found: list[float], *, beyond: bool) -> InternalRate:
    rates = tuple(Decimal(repr(expm1(u))) for u in found)
    if len(rates) == 1:
        return InternalRate(rates[0], rates)
    if rates:
        shown = ", ".join(f"{rate:.4%}" for rate in rates)
        return InternalRate(
            None,
            rates,
            say("Several rates balance the amounts, so none is the cost: {rates}", rates=shown),
        )
    if beyond:
        return InternalRate(
            None, why=say("The rate that balances the amounts is beyond all bounds")
        )
    return InternalRate(None, why=say("No rate balances the amounts"))


def effective(nominal: Decimal, periods: int) -> Decimal:
    """(1 + j/m)^m − 1: the effective rate of a nominal one, ``periods`` times a year."""
    with localcontext(exactly()):
        return (1 + nominal / periods) ** periods - 1


def nominal(rate: Decimal, periods: int) -> Decimal:
    """m·((1 + r)^(1/m) − 1): the nominal rate, ``periods`` times a year, of an effective one."""
    return periods * per_period(rate, periods)


def per_period(rate: Decimal, periods: int) -> Decimal:
    """(1 + r)^(1/m) − 1: an effective rate a year as the rate of a period."""
    with localcontext(exactly()):
        return (1 + rate) ** (Decimal(1) / periods) - 1
