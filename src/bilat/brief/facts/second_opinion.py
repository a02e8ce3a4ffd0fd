"""What gravity expects of a pair as facts, beside its export potential."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

from bilat.brief.facts.fact import Fact
from bilat.language import Message, Text, say

if TYPE_CHECKING:
    from bilat.potential.beyond import Beyond
    from bilat.potential.second_opinion import SecondOpinion


class GravityFact(Fact):
    """Trade of all products beside what a gravity equation expects, see `bilat.potential.beyond`.
    ratio: of the two, with its 80 % interval. verdict: −1 below, 1 above, 0 where it is unsure."""

    trade: float
    expected: float
    ratio: float
    low: float
    high: float
    lower: float
    verdict: Literal[-1, 0, 1]


def gravity_fact(one: Beyond) -> GravityFact:
    return GravityFact(
        trade=one.trade,
        expected=one.expected,
        ratio=one.ratio,
        low=one.low,
        high=one.high,
        lower=one.lower,
        verdict=one.verdict,
    )


def gravity_lines(
    gravity: SecondOpinion, pairs: str, named: Callable[[str], Text]
) -> Iterator[Message]:
    """How it came about. pairs: name of the file about the pairs, empty for none."""
    from bilat.potential.beyond import COUNTRIES, PARTNERS  # SciPy is loaded with it

    yield (
        say(
            "Gravity: what everyone else’s trade of the same years makes of sellers, buyers, the "
            "products that both have, and what {file} says of pairs (Poisson pseudo maximum "
            "likelihood); the pair itself is left out of the estimate.",
            file=pairs,
        )
        if pairs
        else say(
            "Gravity: what everyone else’s trade of the same years makes of sellers, buyers and "
            "the products that both have (Poisson pseudo maximum likelihood); the pair itself is "
            "left out of the estimate. Distances were not given: a far pair is expected to trade "
            "as much as a near one."
        )
    )
    for side in gravity.sides:
        if gravity.of(side) is None:
            yield say(
                "Gravity has no opinion on exports of {side}: fewer than {countries} countries "
                "trade, or one of the two does with fewer than {partners} others, or the file of "
                "pairs has no row for them.",
                side=named(side),
                countries=COUNTRIES,
                partners=PARTNERS,
            )
