"""Learn a `Model` of the reporters from the cells that both sides declared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.mirror.cells import Cells, Flags, Floats, Floats32, Geography, Ints
from bilat.mirror.explain import Sides
from bilat.mirror.faults import usual_faults
from bilat.mirror.level import Evidence, Levels, evidence, usual_levels, with_step
from bilat.mirror.margin import believed
from bilat.mirror.reliability import Reliability, fit
from bilat.mirror.sample import sample_rows
from bilat.mirror.sides import learn_faults, split

SMALL_SAMPLE = 100_000
EXACTEST = 0.001**2
"""No report is believed to be nearer to the truth than a thousandth, whatever the data say."""


@dataclass(frozen=True)
class Model:
    """reliability: of every reporter. sides: faults as exporter, as importer. levels: usual ones.
    known_way: (c, c) whether the distance is known."""

    reliability: Reliability
    sides: Sides
    levels: Levels
    known_way: Flags

    def corrected(self, cells: Cells) -> tuple[Floats32, Floats32, Floats32]:
        """(n,) logs of x and m as FOB without bias, nan where silent; and ln(1 + τ)."""
        bias, margin = self.reliability.bias, self.reliability.margin
        way = margin.way.astype(np.float32).take(cells.pair)
        cost = believed(way + margin.product.astype(np.float32).take(cells.product))
        x = _log(cells.x) - bias[0].astype(np.float32).take(cells.exporter)
        m = _log(cells.m) - bias[1].astype(np.float32).take(cells.importer) - cost
        return x, m, cost

    def variances(self, cells: Cells) -> tuple[Floats32, Floats32]:
        """(n,) log variances of a sound report of the exporter, of the importer."""
        total = (self.reliability.believed + EXACTEST).astype(np.float32)
        return total[0].take(cells.exporter), total[1].take(cells.importer)

    def evidence(
        self,
        cells: Cells,
        logs: tuple[Floats32, Floats32],
        variances: tuple[Floats32, Floats32],
        rows: Ints,
    ) -> Evidence:
        return evidence(cells, logs, variances, self.levels, rows)


def _log(values: Floats) -> Floats32:
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(values).astype(np.float32)
    logs[np.isneginf(logs)] = np.nan
    return logs


def learn(
    cells: Cells, geography: Geography, rng: np.random.Generator, unit_values: Floats | None = None
) -> Model:
    """cells: sorted. rng draws the sample when there are more cells than are needed."""
    rows = sample_rows(cells, rng)
    sample = cells.take(rows)
    reliability = fit(sample, geography, unit_values)
    known = ~np.isnan(geography.distance_km)
    levels = _usual(cells, sample)
    model = Model(reliability, (usual_faults(), usual_faults()), levels, known)
    if not len(rows):
        return model
    return _learn_sides(model, cells, rows[:: max(len(rows) // SMALL_SAMPLE, 1)])


def _usual(cells: Cells, sample: Cells) -> Levels:
    if len(sample):
        return usual_levels(sample, 0.5 * (np.log(sample.x) + np.log(sample.m)))
    return usual_levels(cells, np.log(np.where(cells.x > 0, cells.x, cells.m)))


def _learn_sides(model: Model, cells: Cells, rows: Ints) -> Model:
    wanted = np.zeros(len(cells), dtype=bool)
    for offset in (-1, 0, 1):
        wanted[np.clip(rows + offset, 0, len(cells) - 1)] = True
    around = np.flatnonzero(wanted)
    near = cells.take(around)
    here = np.searchsorted(around, rows)
    logs = model.corrected(near)[:2]
    at = model.evidence(near, logs, model.variances(near), here)
    levels = with_step(model.levels, _changes(logs, here, at))
    model = Model(model.reliability, model.sides, levels, model.known_way)
    at = model.evidence(near, logs, model.variances(near), here)
    variances = tuple(v[here] for v in model.variances(near))
    x, m = logs[0][here], logs[1][here]
    start = model.reliability.faults
    sides, none = learn_faults(x, m, (variances[0], variances[1]), start, at)
    gap, middle = (x - m).astype(float), _middle(x, m, at)
    sound = none * (np.abs(np.nan_to_num(middle, nan=9.0)) < 5 * levels.step)
    reliability = split(
        model.reliability, near.take(here), gap, np.nan_to_num(middle), sound.astype(float)
    )
    return Model(reliability, sides, levels, model.known_way)


def _middle(x: Floats32, m: Floats32, at: Evidence) -> Floats:
    """(n,) the level between both reports, less the median of the neighbours' reports."""
    near = at.near
    some = ~np.isnan(near).all(0)
    away: Floats = np.full(len(x), np.nan)
    middle = (x[some] + m[some]) / 2
    away[some] = middle - np.nanmedian(near[:, some], axis=0)
    return away


def _changes(logs: tuple[Floats32, Floats32], here: Ints, at: Evidence) -> Floats:
    """Changes of level between one period and the next, each reporter against itself."""
    all_changes = [logs[s % 2][here] - at.near[s] for s in range(4)]
    joined: Floats = np.concatenate(all_changes).astype(np.float64)
    return np.asarray(joined[~np.isnan(joined)], np.float64)
