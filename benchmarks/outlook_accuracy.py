"""How good is the learned reference class? Beside the plain one, and beside series models.

    python benchmarks/outlook_accuracy.py PANEL [--splits 4] [--peers 500] [--whole --origins 2001]

PANEL: Parquet or CSV with exporter, importer, year, value_usd. Without --whole the countries are
halved: one half teaches, pairs among the other half are scored. Peers are forecast on a sample of
the panel's flows, where `statsforecast` is installed (it needs pandas below 3, so an environment of
its own); then the time of 5,000 series is compared too.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
from scipy.stats import norm

from bilat.outlook.history import Panel, learn, predict, traits_of_panel
from bilat.outlook.history.backtest import HORIZONS, SHARES, backtest, predictions, splits
from bilat.outlook.history.panel import Array, Codes
from bilat.outlook.history.plain import plain_growth
from bilat.outlook.history.scoring import Scored, lines, odds, score, together
from bilat.outlook.history.shape import INNER, OUTER
from bilat.outlook.history.tables import read_rows

SPEED_SERIES = 5000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("panel", type=Path)
    parser.add_argument("--origins", default=",".join(map(str, range(2005, 2015))))
    parser.add_argument("--splits", type=int, default=4)
    parser.add_argument("--whole", action="store_true", help="learn from all pairs' past")
    parser.add_argument("--scale", type=float, default=1.0, help="dollars per unit of the panel")
    parser.add_argument("--peers", type=int, default=0, help="sample of flows for the peers")
    options = parser.parse_args()
    panel = read_rows(options.panel).panel()
    panel = Panel(
        panel.names,
        panel.exporter,
        panel.importer,
        panel.years,
        panel.logs + np.log(options.scale),
    )
    origins = [int(year) for year in options.origins.split(",")]
    if options.whole:
        rows = np.arange(len(panel.logs))
        made = [predictions(panel, panel, rows, origin) for origin in origins]
    else:
        rng = np.random.default_rng(1)
        made = backtest(panel, origins, count=options.splits, rng=rng)
    report("learned", together([one.scored for one in made if one.scored]))
    speed(panel, origins[-1])
    if options.peers:
        peers(panel, origins, options.peers)


def report(name: str, scored: Scored) -> None:
    print(f"\n{name:16} {'n':>7} {'CRPS':>7} {'plain':>7} {'ratio':>6} {'80 %':>6} {'95 %':>6}")
    for line in lines(scored):
        print(
            f"{line.group:9} {line.value:6} {line.count:7} {line.crps:7.4f} {line.plain_crps:7.4f} "
            f"{line.crps / line.plain_crps:6.3f} {line.inside80:6.3f} {line.inside95:6.3f}"
        )
    for one in odds(scored):
        print(
            f"{one.multiple}x: said {one.said:.3f} (plain {one.plain_said:.3f}) came "
            f"{one.came:.3f}; Brier {one.brier:.4f} (plain {one.plain_brier:.4f}, ratio "
            f"{one.brier / one.plain_brier:.3f}); worst filled tenth {one.worst:.3f}"
        )
        tenths = [f"{said:.2f}/{came:.2f} ({share:.0%})" for said, came, share in one.reliability]
        print(f"    said/came (share): {', '.join(tenths)}")


def speed(panel: Panel, origin: int) -> None:
    """Seconds to learn, and then to forecast 5,000 series with 13 quantiles at 5 horizons."""
    past = panel.until(origin)
    began = process_time()
    learned = learn(past)
    taught = process_time()
    times = -(-SPEED_SERIES // len(past.logs))
    many = Panel(
        past.names,
        np.tile(past.exporter, times)[:SPEED_SERIES],
        np.tile(past.importer, times)[:SPEED_SERIES],
        past.years,
        np.tile(past.logs, (times, 1))[:SPEED_SERIES],
    )
    start = perf_counter()
    forecasts = predict(learned, traits_of_panel(many, len(many.years) - 1))
    for horizon in HORIZONS:
        forecasts.quantiles(SHARES, horizon)
    print(
        f"\nlearning from {len(past.logs)} flows: {taught - began:.1f} s of processor; "
        f"{SPEED_SERIES} series x 5 years: {perf_counter() - start:.2f} s"
    )


def peers(panel: Panel, origins: list[int], sample: int) -> None:
    """Series models and the learned class on the same flows, of one halving of the countries."""
    try:
        models = import_module("statsforecast.models")
    except ModuleNotFoundError:
        print("\nstatsforecast is not installed: no series models")
        return
    halves = list(splits(panel, 1, np.random.default_rng(1)))
    contests = [_contest(*half, origin, sample) for half in halves for origin in origins]
    report("learned, same flows", together([s for c in contests for s in c.learned()]))
    for name in ("RandomWalkWithDrift", "AutoETS", "AutoTheta", "AutoARIMA"):
        model = getattr(models, name)
        model = model() if name == "RandomWalkWithDrift" else model(season_length=1)
        began = perf_counter()
        scored = together([part for contest in contests for part in contest.peer(model)])
        seconds = perf_counter() - began
        report(name, scored)
        series = sum(len(contest.rows) for contest in contests)
        print(f"{name}: {SPEED_SERIES * seconds / series:.1f} s for {SPEED_SERIES} series")


@dataclass(frozen=True)
class Contest:
    """Flows to forecast from one origin, and the panel that may teach."""

    teaching: Panel
    known: Panel
    origin: int
    rows: Codes

    def learned(self) -> list[Scored]:
        column = int(np.flatnonzero(self.known.years == self.origin)[0])
        taught = learn(self.teaching.until(self.origin))
        forecasts = predict(taught, traits_of_panel(self.known, column))
        grown = [forecasts.curves(h) - forecasts.start[:, None] for h in HORIZONS]
        inner = slice(len(OUTER), len(OUTER) + len(INNER))
        return self._scored(np.stack([curves[self.rows, inner] for curves in grown], axis=1))

    def peer(self, model: Any) -> list[Scored]:
        """A series model on the logs."""
        past = self.known.logs[:, self.known.years <= self.origin]
        return self._scored(np.stack([_normal(model, past[row]) for row in self.rows]))

    def _scored(self, ours: Array) -> list[Scored]:
        """ours: (n, 5, len(INNER)) quantiles of log growth."""
        past, known = self.teaching.until(self.origin), self.known
        start = known.logs[self.rows, np.flatnonzero(known.years == self.origin)]
        found = []
        for h in HORIZONS:
            truth = known.logs[self.rows, np.flatnonzero(known.years == self.origin + h)]
            plain = plain_growth(past, h, start)
            found.append(score(self.origin, h, start, truth, ours[:, h - 1], plain))
        return found


def _contest(teaching: Panel, known: Panel, origin: int, sample: int) -> Contest:
    """A sample of the flows whose five years after the origin are known."""
    past = known.logs[:, known.years <= origin]
    ahead = known.logs[:, (known.years > origin) & (known.years <= origin + 5)]
    usual = (past[:, -1] > np.log(1e6)) & (np.isfinite(past).sum(axis=1) >= 8)
    rows = np.flatnonzero(usual & np.isfinite(ahead).all(axis=1))
    chosen = np.random.default_rng(2).choice(rows, min(sample, len(rows)), replace=False)
    return Contest(teaching, known, origin, chosen)


def _normal(model: Any, series: Array) -> Array:
    """(5, len(INNER)) quantiles of log growth, from the model's mean and 80 % interval."""
    known = np.isfinite(series)
    years = np.arange(len(series))
    first = int(np.argmax(known))
    filled = np.interp(years[first:], years[known], series[known])
    found = model.forecast(y=filled, h=5, level=[80])
    mean, high = np.asarray(found["mean"]), np.asarray(found["hi-80"])
    deviation = (high - mean) / norm.ppf(0.9)
    growth = mean - series[-1]
    return np.asarray(growth[:, None] + deviation[:, None] * norm.ppf(INNER))


if __name__ == "__main__":
    main()
