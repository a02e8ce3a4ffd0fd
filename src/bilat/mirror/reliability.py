"""How far each reporter can be trusted, as exporter and as importer, from all its discrepancies.

For a flow from i to j that both declared, with c_ij + γ_k = ln(1 + τ) (see `margin`),

    r = ln M − ln X = c_ij + γ_k + b^M_j − b^X_i + e,    e ~ N(0, v^X_i + v^M_j)

or r is a gross error (see `faults`). Biases b and variances v are separate for each direction, as
BACI separates them (Gaulier and Zignago 2010, section 3); gross errors are a mixture component, not
noise, so one factor of a thousand does not make a reporter unreliable (expectation-maximisation:
Dempster, Laird and Rubin 1977). Each round

1. weighs every discrepancy by the probability that it is no gross error,
2. solves one ridge regression for the margin and all biases, b_i ~ N(0, ρ²·v_i),
3. renews γ_k (shrunk means) and the variances, two crossed components: with t = v^X + v^M and u
   the median of v^X, v^X ← √((v^X²·Σr²/t² + u)/(Σ1/t + 1/v^X)), and v^M alike (the
   minorise–maximise step of Zhou, Hu, Zhou and Lange 2019, *JCGS* 28; u counts as one discrepancy).

Discrepancies alone cannot say how much of v belongs to exporters as a whole: adding c to every v^X
and taking it from every v^M changes nothing. `split` settles that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.mirror.cells import Cells, Floats, Geography
from bilat.mirror.faults import Faults, usual_faults
from bilat.mirror.margin import FEATURES, USUAL_MARGIN, Margin, features, product_costs
from bilat.mirror.ridge import Ridge, solve

ROUNDS = 14
SETTLED = 0.03
"""No variance moved by more than this, in logs: far less than its error."""
BELIEF = 1.0
"""Discrepancies that the prior of a variance is worth."""
MOST_DOUBT = 0.5
"""A relative squared error of a variance is not believed to be larger: t of 4 degrees."""
SMALLEST = 1e-12
"""Least log variance of a report: 0.01 %."""
NOISE, BIAS = 0.15, 0.15
"""Log standard deviations that are believed before anything is seen."""
BIAS_SHARE, BIAS_BELIEF = 0.33, 10.0
"""First guess of ρ, a bias as a share of the noise, and how many reporters it is worth."""


@dataclass(frozen=True)
class Reliability:
    """By direction, row 0 as exporter, row 1 as importer; logs.

    variance, bias, bias_variance: (2, c); the importers' bias_variance holds the margin's error.
    variance_doubt: (2, c) squared standard error of the variance, as a share of its square.
    seen: (2, c) discrepancies behind them. margin: ln(1+τ). faults: of the discrepancy, both sides
    together.
    """

    variance: Floats
    bias: Floats
    bias_variance: Floats
    variance_doubt: Floats
    seen: Floats
    margin: Margin
    faults: Faults

    @property
    def believed(self) -> Floats:
        """(2, c) variance of a sound report about the truth, after its bias is taken off.

        A variance that is itself uncertain makes tails heavier than normal, those of a Student t of
        ν = 2/doubt degrees; the normal that is used instead has that t's variance, ν/(ν − 2).
        """
        share = np.minimum(self.variance_doubt, MOST_DOUBT)
        return np.asarray(self.variance / (1 - share) + self.bias_variance)


@dataclass(frozen=True)
class _State:
    """pair: (c, c) expected r without γ. product: (p,). variance: (2, c)."""

    pair: Floats
    product: Floats
    variance: Floats
    faults: Faults
    spread: float
    bias_share: float


@dataclass(frozen=True)
class _Sums:
    """Weighted sums of residuals by pair (c, c) and product (p,)."""

    count: Floats
    first: Floats
    second: Floats
    product_first: Floats
    product_weight: Floats


def fit(cells: Cells, geography: Geography, unit_values: Floats | None = None) -> Reliability:
    """Margin, biases and variances. cells: those that both sides reported, or a sample of them."""
    if not len(cells):
        return unseen(cells)
    gaps = np.log(cells.m) - np.log(cells.x)
    design, centre = features(geography)
    state = _start(cells, gaps)
    for _round in range(ROUNDS):
        sums, faults = _weigh(cells, gaps, state)
        gamma, spread = product_costs(
            sums.product_first, sums.product_weight, state.spread, unit_values
        )
        ridge = _solved(sums, design, state)
        share = _bias_share(ridge.bias, ridge.errors, state.variance)
        variance = _variances(sums, ridge.pair - state.pair, state.variance)
        settled = bool(np.all(np.abs(np.log(variance / state.variance)) < SETTLED))
        state = _State(ridge.pair, gamma, variance, faults, spread, share)
        if settled:
            break
    margin = Margin(design @ ridge.coefficients, state.product, ridge.coefficients, centre)
    seen = np.stack([sums.count.sum(1), sums.count.sum(0)])
    unsure = ridge.taken_off + _common(state, seen)
    doubt = _variance_doubt(sums.count, state.variance)
    return Reliability(state.variance, ridge.bias, unsure, doubt, seen, margin, state.faults)


def unseen(cells: Cells) -> Reliability:
    """What is believed of reporters of whom no discrepancy is known."""
    c = cells.countries
    shape = (2, c)
    margin = Margin(
        np.full((c, c), USUAL_MARGIN), np.zeros(cells.products), np.zeros(FEATURES), 0.0
    )
    noise, bias = np.full(shape, NOISE**2), np.full(shape, BIAS**2)
    nothing, doubt = np.zeros(shape), np.full(shape, MOST_DOUBT)
    return Reliability(noise, nothing, bias, doubt, nothing, margin, usual_faults())


def _start(cells: Cells, gaps: Floats) -> _State:
    """Scales from mean absolute discrepancies, bounded so that no slip counts for more than 2."""
    centre = float(np.median(gaps))
    size = np.minimum(np.abs(gaps - centre), 2.0)
    count, c = _by_pair(cells, np.ones(len(gaps))), cells.countries
    squares = (_by_pair(cells, size) / np.maximum(count, 1) / np.sqrt(2 / np.pi)) ** 2
    pooled = max(float((squares * count).sum() / max(count.sum(), 1)) / 2, SMALLEST)
    variance = np.full((2, c), pooled)
    sums = _Sums(count, count * 0, squares * count, np.zeros(0), np.zeros(0))
    variance = _variances(sums, np.zeros((c, c)), variance)
    nothing = np.zeros(cells.products)
    return _State(np.full((c, c), centre), nothing, variance, usual_faults(), 0.03, BIAS_SHARE)


def _by_pair(cells: Cells, values: Floats) -> Floats:
    c = cells.countries
    return np.asarray(np.bincount(cells.pair, values, c * c).reshape(c, c), np.float64)


def _weigh(cells: Cells, gaps: Floats, state: _State) -> tuple[_Sums, Faults]:
    """The weight of each discrepancy as a sound one, summed; and the rates of faults renewed."""
    pair = cells.pair
    variance = (state.variance[0][:, None] + state.variance[1][None, :]).ravel()[pair]
    gamma = state.product[cells.product]
    residual = gaps - state.pair.ravel()[pair] - gamma
    sound, faults = sound_chance(residual, variance, state.faults)
    products = cells.products
    weight = sound / variance
    return _Sums(
        _by_pair(cells, sound),
        _by_pair(cells, sound * residual),
        _by_pair(cells, sound * residual**2),
        np.bincount(cells.product, weight * (residual + gamma), products).astype(np.float64),
        np.bincount(cells.product, weight, products).astype(np.float64),
    ), faults


def sound_chance(residual: Floats, variance: Floats, faults: Faults) -> tuple[Floats, Faults]:
    """(n,) probability that neither side made a gross error; and the faults, renewed."""
    shift, wider, rates = (
        part.astype(np.float32)[:, None] for part in (faults.shift, faults.variance, faults.rates)
    )
    spread = variance.astype(np.float32) + wider
    away = residual.astype(np.float32) - shift
    density = np.exp(np.float32(-0.5) * away * away / spread) * (rates / np.sqrt(spread))
    total = density.sum(0)
    chance = np.where(total > 0, density / np.maximum(total, np.float32(1e-37)), 0.0)
    chance[-1] += total <= 0
    renewed = faults.with_rates(chance.sum(1), prior=50.0)
    wrong = chance[-1]
    second = float((wrong * (residual**2 - variance)).sum() + 20) / (float(wrong.sum()) + 20)
    return chance[0], renewed.with_wrong(0.0, float(np.clip(second, 0.25, 9.0)))


def _solved(sums: _Sums, design: Floats, state: _State) -> Ridge:
    """Biases b ~ N(0, ρ²v) and the margin, from pair means."""
    total = state.variance[0][:, None] + state.variance[1][None, :]
    weight = sums.count / total
    target = state.pair * weight + sums.first / total
    prior = state.bias_share**2 * state.variance + SMALLEST
    return solve(weight, target, design, prior)


def _variance_doubt(count: Floats, variance: Floats) -> Floats:
    """(2, c) relative squared errors: Fisher's information on v_i is ½·Σ1/t² over its cells, and
    ½/v² for the belief."""
    rest = count / (variance[0][:, None] + variance[1][None, :]) ** 2
    known = np.stack([rest.sum(1), rest.sum(0)]) * variance**2
    return np.asarray(2 / (known + BELIEF))


def _common(state: _State, seen: Floats) -> float:
    """Variance of the exporters' mean bias, which no discrepancy shows: the margin takes it up, so
    both corrected reports of a flow are wrong by it together. What cannot be seen is not believed
    to be smaller than is usual."""
    variance = state.variance[0][seen[0] > 0]
    share = max(state.bias_share, BIAS_SHARE)
    return float(share**2 / (1 / np.maximum(variance, SMALLEST)).sum())


def _bias_share(bias: Floats, errors: Floats, variance: Floats) -> float:
    second = (bias**2 + errors) / np.maximum(variance, SMALLEST)
    mean = (second.sum() + BIAS_BELIEF * BIAS_SHARE**2) / (second.size + BIAS_BELIEF)
    return float(np.clip(np.sqrt(mean), 0.02, 1.0))


def _variances(sums: _Sums, moved: Floats, start: Floats, rounds: int = 25) -> Floats:
    """(2, c) crossed variance components from pairs' second moments, as the module says.

    moved: (c, c) how far the pair's mean moved since the residuals were taken.
    """
    count = sums.count
    second = np.maximum(sums.second - 2 * moved * sums.first + moved**2 * count, 0.0)
    seen = np.stack([count.sum(1), count.sum(0)])
    variance = start
    for _round in range(rounds):
        ours, theirs = variance[0][:, None], variance[1][None, :]
        total = ours + theirs
        square, rest = second / total**2, count / total
        usual = _middle(variance, seen)
        above = np.stack([square.sum(1), square.sum(0)]) * variance**2 + BELIEF * usual[:, None]
        below = np.stack([rest.sum(1), rest.sum(0)]) + BELIEF / variance
        variance = np.maximum(np.sqrt(above / below), SMALLEST)
    return variance


def _middle(variance: Floats, seen: Floats) -> Floats:
    """(2,) median variance of each direction among reporters with discrepancies."""
    some = [row[count > 0] for row, count in zip(variance, seen, strict=True)]
    return np.array([float(np.median(row)) if len(row) else SMALLEST for row in some])
