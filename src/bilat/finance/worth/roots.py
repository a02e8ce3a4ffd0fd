"""All zeros of a sum of exponentials Σ cᵢ·exp(−tᵢ·u): no search that may miss one.

Such a sum has at most as many zeros as its coefficients, in order of t, change sign (Descartes'
rule for real exponents, Laguerre 1883). Multiplied by exp(t*·u), with t* where two neighbours
differ in sign, and differentiated, it has one change less; between the zeros of that derivative it
is monotone (Rolle). So the zeros are found from the last derivative up, each between two points.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp, fsum

TOUCHES = 1e-14
"""Below this share of its terms' size a value at a turning point is rounding, that is, zero."""


def zeros(times: Sequence[float], amounts: Sequence[float]) -> list[float]:
    """Every u at which the sum is zero, ascending; one at which it only touches zero once.

    times: ascending, all different. amounts: none zero.
    """
    change = next((i for i, (a, b) in enumerate(pairwise(amounts)) if a * b < 0), None)
    if change is None:
        return []
    centre = (times[change] + times[change + 1]) / 2
    slopes = [amount * (centre - time) for time, amount in zip(times, amounts, strict=True)]
    turns = zeros(times, _scaled(slopes))
    return _between(times, amounts, turns)


def _scaled(amounts: list[float]) -> list[float]:
    """The same zeros; without it repeated derivatives would leave the range of floats."""
    largest = max(map(abs, amounts))
    return [amount / largest for amount in amounts]


def _between(times: Sequence[float], amounts: Sequence[float], turns: list[float]) -> list[float]:
    """Zeros in each stretch between two turning points, and beyond the first and the last."""
    signs = [_sign_at(times, amounts, turn) for turn in turns]
    found = [turn for turn, sign in zip(turns, signs, strict=True) if sign == 0]
    first, last = _sign(amounts[-1]), _sign(amounts[0])  # the sums' signs at −∞ and +∞
    for low, high, before, after in zip(
        [None, *turns], [*turns, None], [first, *signs], [*signs, last], strict=True
    ):
        if before * after < 0:
            found.append(_bisected(times, amounts, _bracket(times, amounts, low, high), after))
    return sorted(found)


def _bracket(
    times: Sequence[float], amounts: Sequence[float], low: float | None, high: float | None
) -> tuple[float, float]:
    """The stretch with both ends finite: an open end is moved until the sum has its last sign."""
    start = low if low is not None else high if high is not None else 0.0
    if low is None:
        low = _moved(times, amounts, start, -0.5, _sign(amounts[-1]))
    if high is None:
        high = _moved(times, amounts, start, 0.5, _sign(amounts[0]))
    return low, high


def _moved(
    times: Sequence[float], amounts: Sequence[float], point: float, step: float, sign: int
) -> float:
    while _sign(_value(times, amounts, point + step)[0]) != sign:
        step *= 2
    return point + step


def _bisected(
    times: Sequence[float], amounts: Sequence[float], ends: tuple[float, float], after: int
) -> float:
    """The zero between two points of different sign, to the last bit."""
    low, high = ends
    while low < (middle := (low + high) / 2) < high:
        if _sign(_value(times, amounts, middle)[0]) == after:
            high = middle
        else:
            low = middle
    return high


def _sign_at(times: Sequence[float], amounts: Sequence[float], point: float) -> int:
    value, size = _value(times, amounts, point)
    return 0 if abs(value) <= TOUCHES * size else _sign(value)


def _value(times: Sequence[float], amounts: Sequence[float], point: float) -> tuple[float, float]:
    """The sum times a positive number that keeps it within range, and its terms' size."""
    reference = times[0] if point >= 0 else times[-1]
    terms = [
        amount * exp((reference - time) * point)
        for time, amount in zip(times, amounts, strict=True)
    ]
    return fsum(terms), fsum(map(abs, terms))


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
