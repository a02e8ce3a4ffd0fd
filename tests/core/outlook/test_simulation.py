"""A trade analyst asks what the measures of a programme add to the chance of its target."""

from __future__ import annotations

from itertools import pairwise, permutations
from math import erf, log, sqrt

import numpy as np
import pytest

from bilat.errors import NoAnswer
from bilat.outlook import shapley
from bilat.outlook.effects import Assumptions, additions, become, draw, shares
from bilat.outlook.measures import Measure
from bilat.outlook.sensitivity import swings
from bilat.outlook.simulation import simulate

YEARS = np.arange(2025, 2031, dtype=float)
"""Edges of the years 2025 to 2029."""
NO_DELAY = Assumptions(common=0.0, with_baseline=0.0, delay=0.0)


def walk(n: int = 20_000, start: float = 100.0, scale: float = 0.2, seed: int = 7) -> np.ndarray:
    steps = np.random.default_rng(seed).normal(0, scale, (n, len(YEARS) - 1))
    return np.asarray(start * np.exp(steps.cumsum(1)))


def flat(n: int = 20_000, level: float = 100.0) -> np.ndarray:
    return np.full((n, len(YEARS) - 1), level)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def normal(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2


def test_without_measures_the_chance_is_that_of_the_baseline() -> None:
    """A log walk has a closed form; 4 standard errors of 20,000 draws are 1.4 points."""
    done = simulate(walk(), YEARS, 150.0, [], rng=rng())
    for year, chance in enumerate(done.chance_without, start=1):
        exact = 1 - normal(log(1.5) / (0.2 * sqrt(year)))
        assert chance == pytest.approx(exact, abs=0.014)
    assert (done.chance_with == done.chance_without).all()


def test_a_sure_measure_shifts_the_level_by_what_it_adds() -> None:
    sure = Measure("plant", "Plant", likely=50, low=50, high=50, start=2025)
    done = simulate(walk(), YEARS, 150.0, [sure], rng=rng(), assumptions=NO_DELAY)
    exact = 1 - normal(log((150 - 50) / 100) / (0.2 * sqrt(5)))
    assert done.chance_with[-1] == pytest.approx(exact, abs=0.014)
    assert done.adds[0] == pytest.approx(50)


def test_the_spread_of_a_measure_is_what_its_author_stated() -> None:
    """10 % below low, half below likely, 10 % above high; 4 errors of 20,000 draws: 1.4 points."""
    plant = Measure("plant", "Plant", low=20, likely=50, high=200, start=2025)
    drawn = become([plant], draw([plant], flat()[:, -1], NO_DELAY, rng()), NO_DELAY)
    below = [(drawn.amount[0] <= end).mean() for end in (20, 50, 200)]
    assert below == pytest.approx([0.1, 0.5, 0.9], abs=0.014)


def test_a_low_of_nothing_is_possible() -> None:
    plant = Measure("plant", "Plant", low=0, likely=50, high=80, start=2025)
    drawn = become([plant], draw([plant], flat()[:, -1], NO_DELAY, rng()), NO_DELAY)
    assert drawn.amount.min() == 0
    assert (drawn.amount[0] < 50).mean() == pytest.approx(0.5, abs=0.014)


def test_a_measure_comes_about_as_often_as_stated_and_never_without_what_it_waits_for() -> None:
    line = Measure("line", "Line", likely=10, start=2025, chance=0.6)
    plant = Measure("plant", "Plant", likely=10, start=2025, chance=0.5, depends_on=("line",))
    drawn = become([plant, line], draw([plant, line], flat()[:, -1], NO_DELAY, rng()), NO_DELAY)
    on = drawn.amount > 0
    assert on.mean(1) == pytest.approx([0.3, 0.6], abs=0.014)
    assert not (on[0] & ~on[1]).any()


def test_luck_that_measures_share_makes_them_come_about_together() -> None:
    two = [Measure(name, name, likely=10, start=2025, chance=0.5) for name in ("a", "b")]
    together = []
    for common in (0.0, 0.5):
        believed = Assumptions(common=common, with_baseline=0.0, delay=0.0)
        on = become(two, draw(two, flat()[:, -1], believed, rng()), believed).amount > 0
        together.append((on[0] & on[1]).mean())
    # P(both) = 1/4 + arcsin(ρ)/2π for two normals of correlation ρ (Sheppard 1899)
    exact = [0.25, 0.25 + np.arcsin(0.5) / (2 * np.pi)]
    assert together == pytest.approx(exact, abs=0.014)


def test_a_ramp_is_the_area_under_an_even_rise() -> None:
    plant = Measure("plant", "Plant", likely=10, start=2026.5, ramp=2.0)
    # 2026: half a year of a rise to 1/4; 2027: from 1/4 to 3/4; 2028: to 1 by mid-year
    assert shares(plant, YEARS, 0)[0] == pytest.approx([0, 1 / 16, 1 / 2, 15 / 16, 1])


def test_months_of_delay_move_the_ramp() -> None:
    plant = Measure("plant", "Plant", likely=10, start=2026.0)
    table = shares(plant, YEARS, 12)
    assert table[0] == pytest.approx([0, 1, 1, 1, 1])
    assert table[6] == pytest.approx([0, 0.5, 1, 1, 1])
    assert table[12] == pytest.approx([0, 0, 1, 1, 1])


def test_what_works_already_is_in_the_baseline_and_not_added_again() -> None:
    """Full since 2023: nothing more. Half way in 2024 (the last year of data): the rest."""
    old = Measure("old", "Old", likely=10, start=2022, begun=True)
    half = Measure("half", "Half", likely=10, start=2024.0, ramp=1.0, begun=True)
    assert shares(old, YEARS, 0)[0] == pytest.approx([0] * 5)
    assert shares(half, YEARS, 0)[0] == pytest.approx([0.5] * 5)


def test_displaced_trade_is_taken_off() -> None:
    plant = Measure("plant", "Plant", likely=40, low=40, high=40, start=2025, displaced=0.25)
    done = simulate(flat(), YEARS, 150.0, [plant], rng=rng(), assumptions=NO_DELAY)
    assert done.adds[0] == pytest.approx(30)


def test_months_add_up_to_the_same_years() -> None:
    plant = Measure("plant", "Plant", likely=12, start=2026.25, ramp=1.5)
    months = np.linspace(2025, 2030, 61)
    monthly = shares(plant, months, 0)[0].reshape(5, 12).sum(1)
    assert monthly == pytest.approx(shares(plant, YEARS, 0)[0], abs=1e-6)


def test_contributions_add_up_to_the_gain() -> None:
    for count in (5, 14):  # exact, and sampled
        many = [
            Measure(f"m{k}", f"M {k}", likely=5 + k, start=2025 + k % 3, chance=0.3 + 0.04 * k)
            for k in range(count)
        ]
        owed = simulate(walk(), YEARS, 150.0, many, rng=rng()).contributions
        assert owed.value.sum() == pytest.approx(owed.with_all - owed.without, abs=1e-9)
        assert (owed.error > 0).any() == (count > 12)


def test_contributions_agree_with_all_orders_counted_by_hand() -> None:
    gap = np.array([10.0, 20.0, 30.0, 45.0])
    adds = np.repeat(np.array([[10.0], [20.0], [15.0]], np.float32), 4, axis=1)
    three = [Measure(name, name, likely=1, start=2025) for name in "abc"]
    three[2] = Measure("c", "c", likely=1, start=2025, depends_on=("a",))
    found = shapley.contributions(three, adds, gap, rng()).value

    def chance(chosen: set[int]) -> float:
        working = chosen - {2} if 0 not in chosen else chosen
        return float((sum(adds[list(working)], np.zeros(4)) >= gap).mean())

    expected = np.zeros(3)
    for order in permutations(range(3)):
        for step, place in enumerate(order):
            gain = chance(set(order[: step + 1])) - chance(set(order[:step]))
            expected[place] += gain / 6
    assert found == pytest.approx(expected, abs=1e-12)


def test_sampled_contributions_are_near_the_exact_ones() -> None:
    """Within 4 of their own standard errors, plus a hair for those that are nearly nought."""
    many = [Measure(f"m{k}", f"M {k}", likely=4 + 2 * k, start=2025, chance=0.5) for k in range(10)]
    baseline = walk(4_000)
    believed = Assumptions()
    drawn = become(many, draw(many, baseline[:, -1], believed, rng()), believed)
    adds = drawn.amount
    gap = 170 - baseline[:, -1]
    exact = shapley.contributions(many, adds, gap, rng()).value
    game = shapley._Game(many, adds, gap.astype(np.float32))
    sampled, error = shapley._sampled(game, 10, rng(3), 400)
    assert (np.abs(sampled - exact) <= 4 * error + 1e-4).all()


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    many = [Measure(f"m{k}", f"M {k}", likely=9, start=2025, chance=0.4) for k in range(4)]
    first, again, other = (
        simulate(walk(), YEARS, 150.0, many, rng=rng(seed)).with_measures.tobytes()
        for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_adding_a_measure_leaves_the_luck_of_the_others() -> None:
    one = Measure("one", "One", likely=9, start=2025, chance=0.4)
    two = Measure("two", "Two", likely=9, start=2025, chance=0.4)
    final = walk()[:, -1]
    alone = draw([one], final, Assumptions(), rng())
    both = draw([two, one], final, Assumptions(), rng())
    assert (both.event[1] == alone.event[0]).all()
    assert (both.delay[1] == alone.delay[0]).all()


def test_all_additions_are_the_sum_of_each() -> None:
    many = [
        Measure(f"m{k}", f"M {k}", likely=9 + k, start=2025.3 + k, ramp=k, chance=0.6)
        for k in range(4)
    ]
    luck = draw(many, walk(5_000)[:, -1], Assumptions(), rng())
    drawn = become(many, luck, Assumptions())
    whole = additions(many, drawn, YEARS)
    each = [shares(m, YEARS, 100) for m in many]
    by_hand = sum(
        table[drawn.month[k].clip(max=100)] * drawn.amount[k][:, None]
        for k, table in enumerate(each)
    )
    assert whole == pytest.approx(np.asarray(by_hand), rel=1e-5, abs=1e-5)


def test_measures_that_wait_for_each_other_are_refused() -> None:
    a = Measure("a", "A", likely=1, start=2025, depends_on=("b",))
    b = Measure("b", "B", likely=1, start=2025, depends_on=("a",))
    with pytest.raises(NoAnswer, match=r"in a ring: a → b → a|in a ring: b → a → b"):
        simulate(flat(10), YEARS, 150.0, [a, b], rng=rng())


def test_a_dependency_that_is_no_measure_is_refused() -> None:
    a = Measure("a", "A", likely=1, start=2025, depends_on=("c",))
    with pytest.raises(NoAnswer, match="depends on c, which is no measure here"):
        simulate(flat(10), YEARS, 150.0, [a], rng=rng())


@pytest.mark.parametrize(
    "baseline", [np.ones(5), np.ones((3, 2)), np.full((3, 5), np.nan), np.full((3, 5), -1.0)]
)
def test_a_baseline_that_does_not_fit_is_refused(baseline: np.ndarray) -> None:
    with pytest.raises(NoAnswer):
        simulate(baseline, YEARS, 150.0, [], rng=rng())


def test_the_gap_is_in_dollars_and_its_tail_is_the_worst_tenth() -> None:
    levels = np.repeat(np.arange(0.0, 200.0, 20.0), 10)[:, None] * np.ones(5)
    gap = simulate(levels, YEARS, 100.0, [], rng=rng()).gap_without
    assert gap.expected == pytest.approx((100 + 80 + 60 + 40 + 20) / 10)
    assert gap.tail == pytest.approx(100)
    assert gap.median == pytest.approx(100 - 90)


def test_the_assumption_that_matters_most_comes_first() -> None:
    small = Measure("small", "Small", likely=1, start=2025, chance=0.9)
    large = Measure("large", "Large", likely=90, low=60, high=120, start=2025, chance=0.5)
    found = swings(walk(), YEARS, 150.0, [small, large], rng=rng())
    assert (found[0].measure, found[0].kind) == ("large", "chance")
    assert found[0].low < found[0].high
    assert all(a.width >= b.width for a, b in pairwise(found))


def test_the_better_end_of_an_assumption_is_never_the_worse() -> None:
    plant = Measure("plant", "Plant", likely=40, start=2026, chance=0.5, displaced=0.2)
    for swing in swings(walk(), YEARS, 150.0, [plant], rng=rng()):
        if swing.kind != "common":  # shared luck can help or harm
            assert swing.high >= swing.low


def test_another_unit_of_money_changes_nothing() -> None:
    """Everything in thousands instead of dollars gives the same chance."""
    plant = Measure("plant", "Plant", low=20, likely=40, high=50, start=2026, chance=0.5)
    same = Measure("plant", "Plant", low=0.02, likely=0.04, high=0.05, start=2026, chance=0.5)
    dollars = simulate(walk(), YEARS, 150.0, [plant], rng=rng()).chance_with
    thousands = simulate(walk() / 1000, YEARS, 0.15, [same], rng=rng()).chance_with
    assert dollars == pytest.approx(thousands, abs=1e-3)
