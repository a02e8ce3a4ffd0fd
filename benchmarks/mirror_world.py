"""A made-up world of trade whose truth is known, and what its customs services report of it.

Every exporter–importer–product series walks through the periods; each side declares it with its own
noise, bias, gaps and gross slips; importers add freight and insurance and sometimes declare a flow
under the next product. The scenario is that of ``shared/peers.md`` as far as it is written there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bilat.mirror import Cells, Geography

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NOISE = np.array([0.06, 0.25, 0.70, 1.0])
"""Log standard deviation by class: good, noisy, poor, silent."""
BIAS = np.array([0.02, 0.06, 0.15, 0.0])
COVERAGE = np.array([0.97, 0.90, 0.65, 0.0])
SHARES = np.array([0.60, 0.22, 0.12, 0.06])
SLIPS = np.log([10.0, 0.1, 1000.0])


@dataclass(frozen=True)
class Scenario:
    """What is changed against the base case."""

    countries: int = 60
    products: int = 96
    periods: int = 5
    density: float = 0.6
    exporter_noise: float = 1.0
    noise: float = 1.0
    slip_rates: tuple[float, float, float] = (0.004, 0.004, 0.0005)
    misclassified: float = 0.05
    seed: int = 1


SCENARIOS = {
    "base": Scenario(),
    "exporters twice as noisy": Scenario(exporter_noise=2.0),
    "no slips": Scenario(slip_rates=(0.0, 0.0, 0.0), misclassified=0.0),
    "error-free": Scenario(noise=0.0, slip_rates=(0.0, 0.0, 0.0), misclassified=0.0),
    "few reporters": Scenario(countries=8, products=900),
}


@dataclass(frozen=True)
class World:
    """Sorted by exporter, importer, product, period; n cells that are true or were reported.

    exporter, importer, product, period: (n,) codes. truth: (n,) FOB dollars, 0 where nothing was
    traded. x, m: (n,) reported dollars, FOB and CIF, nan where silent. log_margin: (n,) log(1+τ).
    noise, bias: (2, countries) by direction (exporter, importer), logs. distance_km, contiguous:
    (countries, countries).
    """

    scenario: Scenario
    exporter: Ints
    importer: Ints
    product: Ints
    period: Ints
    truth: Floats
    x: Floats
    m: Floats
    log_margin: Floats
    noise: Floats
    bias: Floats
    distance_km: Floats
    contiguous: NDArray[np.bool_]


def world(scenario: Scenario) -> World:
    """Draw the truth and its reports; the same scenario gives the same world."""
    rng = np.random.default_rng(scenario.seed)
    count = scenario.countries
    distance, contiguous = _geography(rng, count)
    classes = rng.choice(4, size=count, p=SHARES)
    classes[:4] = [0, 0, 1, 2]
    spread = np.exp(rng.normal(0, 0.15, (2, count)))
    bias = rng.normal(0, 1, (2, count)) * BIAS[classes] * (scenario.noise > 0)
    noise = NOISE[classes] * spread * scenario.noise * [[scenario.exporter_noise], [1.0]]
    i, j, k, t = _cells(rng, scenario)
    truth = _truth(rng, scenario, (i, j, k, t), distance)
    by_product = rng.normal(0, 0.02, scenario.products)
    margin = 0.05 + 0.02 * (np.log(distance[i, j]) - 8) - 0.01 * contiguous[i, j] + by_product[k]
    log_margin = np.log1p(np.clip(margin, 0.0, 0.3))
    coverage = COVERAGE[classes] if scenario.noise else np.ones(count)
    x = _reported(rng, scenario, np.log(truth), (noise[0], bias[0], coverage), i)
    m = _reported(rng, scenario, np.log(truth) + log_margin, (noise[1], bias[1], coverage), j)
    m = _misclassified(rng, scenario, m, (i, j, k, t))
    parts = (distance, contiguous)
    return World(scenario, i, j, k, t, truth, x, m, log_margin, noise, bias, *parts)


def reported_cells(made: World) -> tuple[Cells, Geography, Ints]:
    """What there is to reconcile, and which rows of the world that is."""
    rows = np.flatnonzero((made.x > 0) | (made.m > 0))
    codes = (made.exporter, made.importer, made.product, made.period)
    exporter, importer, product, period = (code[rows].astype(np.int32) for code in codes)
    sizes = (made.scenario.countries, made.scenario.products, made.scenario.periods)
    cells = Cells(exporter, importer, product, period, made.x[rows], made.m[rows], *sizes)
    return cells, Geography(made.distance_km, made.contiguous), rows


def report_tables(made: World) -> tuple[pa.Table, pa.Table]:
    """The same as tables: reports and geo."""
    names = pa.array([f"C{code:02}" for code in range(made.scenario.countries)])
    products = pa.array([f"{code:06}" for code in range(made.scenario.products)])

    def side(values: Floats, who: Ints, whom: Ints, flow: str) -> pa.Table:
        rows = np.flatnonzero(values > 0)
        return pa.table(
            {
                "reporter": names.take(pa.array(who[rows])),
                "partner": names.take(pa.array(whom[rows])),
                "flow": pa.array([flow]).take(pa.array(np.zeros(len(rows), np.int32))),
                "period": pa.array(2015 + made.period[rows]),
                "product": products.take(pa.array(made.product[rows])),
                "value_usd": pa.array(values[rows]),
            }
        )

    ours = side(made.x, made.exporter, made.importer, "X")
    theirs = side(made.m, made.importer, made.exporter, "M")
    i, j = np.triu_indices(made.scenario.countries, 1)
    geo = {
        "a": names.take(pa.array(i)),
        "b": names.take(pa.array(j)),
        "distance_km": made.distance_km[i, j],
        "contiguous": made.contiguous[i, j],
    }
    return pa.concat_tables([ours, theirs]), pa.table(geo)


def _geography(rng: np.random.Generator, count: int) -> tuple[Floats, NDArray[np.bool_]]:
    place = rng.uniform(0, 12_000, (count, 2))
    apart = np.hypot(*(place[:, None, :] - place[None, :, :]).transpose(2, 0, 1))
    distance = np.maximum(apart, 150.0)
    return distance, distance < 900


def _cells(rng: np.random.Generator, scenario: Scenario) -> tuple[Ints, Ints, Ints, Ints]:
    pairs = np.array(np.nonzero(~np.eye(scenario.countries, dtype=bool)))
    traded = np.nonzero(rng.random((pairs.shape[1], scenario.products)) < scenario.density)
    series = len(traded[0])
    i, j = np.repeat(pairs[:, traded[0]], scenario.periods, axis=1)
    k = np.repeat(traded[1], scenario.periods)
    return i, j, k, np.tile(np.arange(scenario.periods), series)


def _truth(
    rng: np.random.Generator, scenario: Scenario, cells: tuple[Ints, ...], distance: Floats
) -> Floats:
    i, j, k, _t = cells
    series = len(i) // scenario.periods
    size = rng.normal(0, 1.2, (2, scenario.countries))
    product = rng.normal(0, 1.0, scenario.products)
    own = np.repeat(rng.normal(0, 1.2, series), scenario.periods)
    steps = 0.25 * rng.standard_t(4, (series, scenario.periods))
    walk = np.cumsum(steps, axis=1).ravel()
    gravity = size[0][i] + size[1][j] - 0.8 * np.log(distance[i, j] / 3000)
    return np.asarray(np.exp(12.5 + gravity + product[k] + own + walk))


def _reported(
    rng: np.random.Generator,
    scenario: Scenario,
    log_value: Floats,
    reporters: tuple[Floats, Floats, Floats],
    who: Ints,
) -> Floats:
    noise, bias, coverage = reporters
    log = log_value + bias[who] + noise[who] * rng.standard_normal(len(who))
    draw = rng.random(len(who))
    edges = np.cumsum(scenario.slip_rates)
    slip = np.searchsorted(edges, draw, side="right")
    log += np.append(SLIPS, 0.0)[slip]
    return np.where(rng.random(len(who)) < coverage[who], np.exp(log), np.nan)


def _misclassified(
    rng: np.random.Generator, scenario: Scenario, m: Floats, cells: tuple[Ints, ...]
) -> Floats:
    """Some flows are declared under the pair's next product; they add to what is there."""
    i, j, _k, _t = cells
    steps = scenario.periods
    move = (rng.random(len(m)) < scenario.misclassified) & ~np.isnan(m)
    move[-steps:] = False
    source = np.flatnonzero(move)
    target = source + steps
    same = (i[source] == i[target]) & (j[source] == j[target])
    source, target = source[same], target[same]
    moved = np.where(np.isnan(m), 0.0, m)
    amount = moved[source]
    moved[source] = 0.0
    np.add.at(moved, target, amount)
    return np.where(moved > 0, moved, np.nan)
