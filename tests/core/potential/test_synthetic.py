"""An analyst asks whether a measure worked, or whether trade would have grown anyway."""

from __future__ import annotations

import numpy as np
import pytest

from bilat.potential.presence import Matrix, Vector
from bilat.potential.synthetic import did_it_work

START = 15


def flows(effect: float = 0.0, years: int = 6, seed: int = 4) -> tuple[Vector, Matrix]:
    """Logarithms of trade with three common movements; the flow is a mix of donors 0 and 1."""
    rng = np.random.default_rng(seed)
    time = START + years
    common = np.cumsum(rng.normal(0.03, 0.06, (3, time)), axis=1)
    donors = rng.uniform(0, 1, (25, 3)) @ common + rng.normal(0, 0.01, (25, time))
    flow = 0.7 * donors[0] + 0.3 * donors[1] + rng.normal(0, 0.005, time)
    flow[START:] += effect
    return flow, donors


def test_a_jump_that_no_donor_has_is_an_effect() -> None:
    found = did_it_work(*flows(effect=0.3), START)
    assert found.verdict == "more"
    assert found.rank == 1
    assert found.mean == pytest.approx(0.3, abs=0.05)
    assert did_it_work(*flows(effect=-0.3), START).verdict == "less"


def test_growth_that_others_had_as_well_is_none() -> None:
    verdicts = [did_it_work(*flows(seed=seed), START).verdict for seed in range(20)]
    assert verdicts.count("no_effect") >= 16


def test_by_chance_a_tenth_of_measures_that_do_nothing_look_like_effects() -> None:
    """p is a rank among equals, so with 26 flows it is at most 0.1 in about two of 26 cases."""
    shares = [did_it_work(*flows(seed=seed), START).p <= 0.1 for seed in range(100)]
    assert np.mean(shares) == pytest.approx(0.08, abs=0.08)


def test_two_years_are_too_early_to_say() -> None:
    assert did_it_work(*flows(effect=0.3, years=2), START).verdict == "too_early"


def test_with_few_donors_it_is_too_early_to_say_as_well() -> None:
    flow, donors = flows(effect=0.3)
    assert did_it_work(flow, donors[:5], START).verdict == "too_early"


def test_a_flow_unlike_all_others_has_no_control() -> None:
    flow, donors = flows(effect=0.3)
    assert did_it_work(flow + 50, donors, START).verdict == "no_fit"


def test_the_weights_are_the_best_that_there_are() -> None:
    """No shift of weight between two donors lessens the error before the start."""
    flow, donors = flows()
    found = did_it_work(flow, donors, START)
    assert found.weights.sum() == pytest.approx(1, abs=1e-12)
    assert found.weights.min() >= 0
    gap = (flow - found.weights @ donors)[:START]
    slope = -2 * donors[:, :START] @ gap
    used = found.weights > 1e-9
    assert slope[used] == pytest.approx(np.full(used.sum(), slope.min()), abs=1e-4)


@pytest.mark.parametrize(
    ("flow", "donors", "start"),
    [
        (np.ones(4), np.ones((3, 5)), 2),
        (np.ones(4), np.ones((1, 4)), 2),
        (np.ones(4), np.ones((3, 4)), 1),
        (np.array([1, np.nan, 1, 1]), np.ones((3, 4)), 2),
    ],
)
def test_what_cannot_be_compared_is_refused(flow: Vector, donors: Matrix, start: int) -> None:
    with pytest.raises(ValueError, match=r"donors|gaps"):
        did_it_work(flow, donors, start)
