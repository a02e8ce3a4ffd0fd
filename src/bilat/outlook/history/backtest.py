"""What would have been said, and what came: forecasts from past origins, learned from their past.

Nothing later than an origin enters what is learned for it, nor what is known of the flows.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.history.forecasting import Forecasts, predict
from bilat.outlook.history.learning import Settings, learn
from bilat.outlook.history.panel import Array, Codes, Panel
from bilat.outlook.history.plain import plain_growth
from bilat.outlook.history.scoring import MULTIPLES, Scored, score, together
from bilat.outlook.history.shape import INNER, SCORES
from bilat.outlook.history.traits import KNOWN_SIZE, LOCATION, OF_COUNTRIES, Traits, traits_of_panel

HORIZONS = (1, 2, 3, 4, 5)
SHARES = (0.025, 0.05, *(k / 10 for k in range(1, 10)), 0.95, 0.975)
LEAST_YEARS = 8
"""Flows with fewer positive years are forecast, but not scored."""
MOST = 0.5
"""The share of a panel's pairs that must be left when the cases are taken out of it; and that of
the flows that must have a trait, for it to be used."""


@dataclass(frozen=True)
class Predictions:
    """Forecasts made at one origin. row: (n,) of the panel ``known``. level: (n,) dollars then.

    quantiles: (n, len(HORIZONS), len(SHARES)) dollars. chances: (n, len(MULTIPLES)), of reaching a
    multiple of the level in five years. scored: None where no truth is known.
    """

    origin: int
    exporter: list[Hashable]
    importer: list[Hashable]
    level: Array
    quantiles: Array
    chances: Array
    scored: Scored | None


def predictions(
    teaching: Panel,
    known: Panel,
    rows: Codes,
    origin: int,
    *,
    settings: Settings | None = None,
) -> Predictions:
    """Forecast ``rows`` of the panel ``known`` at the end of ``origin``; ``teaching`` teaches.

    Rows without trade at the origin are left out. Raises NoAnswer if the past teaches too little.
    """
    column = _column(known, origin)
    rows = rows[np.isfinite(known.logs[rows, column])]
    past = teaching.until(origin)
    traits = traits_of_panel(known, column)
    learned = learn(past, without=_unknown(traits, rows), settings=settings)
    forecasts = predict(learned, _rows(traits, rows))
    level = np.exp(known.logs[rows, column])
    return Predictions(
        origin=origin,
        exporter=[known.names[e] for e in known.exporter[rows]],
        importer=[known.names[i] for i in known.importer[rows]],
        level=level,
        quantiles=np.stack([forecasts.quantiles(SHARES, h) for h in HORIZONS], axis=1),
        chances=np.stack([forecasts.chances(level * m, HORIZONS[-1]) for m in MULTIPLES], axis=1),
        scored=_score(past, known, rows, column, forecasts, traits),
    )


def _unknown(traits: Traits, rows: Codes) -> list[str]:
    """Traits of countries that most of the flows to be forecast have not."""
    return [
        name
        for name, values in zip(LOCATION, traits.location[rows].T, strict=True)
        if name in OF_COUNTRIES and (values == 0).mean() > MOST
    ]


def _column(known: Panel, origin: int) -> int:
    found = np.flatnonzero(known.years == origin)
    if not len(found):
        raise NoAnswer(say("no flow is known in {year}: name another origin", year=str(origin)))
    return int(found[0])


def _rows(traits: Traits, rows: Codes) -> Traits:
    return replace(
        traits,
        location=traits.location[rows],
        scale=traits.scale[rows],
        start=traits.start[rows],
        count=traits.count[rows],
    )


def _score(
    past: Panel, known: Panel, rows: Codes, column: int, forecasts: Forecasts, traits: Traits
) -> Scored | None:
    """Scores beside the plain reference class, of flows above a million with a long history."""
    start = forecasts.start
    usual = (start > KNOWN_SIZE) & (traits.count[rows] >= LEAST_YEARS)
    inner = np.isin(SCORES, SCORES[(len(SCORES) - len(INNER)) // 2 :][: len(INNER)])
    found = []
    for h in HORIZONS:
        if column + h >= len(known.years) or h >= len(past.years):
            break
        truth = known.logs[rows, column + h]
        told = usual & np.isfinite(truth)
        if told.any():
            ours = (forecasts.curves(h) - start[:, None])[told][:, inner]
            plain = plain_growth(past, h, start[told])
            origin = int(known.years[column])
            found.append(score(origin, h, start[told], truth[told], ours, plain))
    return together(found) if found else None


def apart(teaching: Panel, cases: Iterable[tuple[Hashable, Hashable]]) -> Panel:
    """The panel without the pairs of the cases, unless these are most of it.

    A panel of little but cases teaches by the past of all of them.
    """
    positions = teaching.positions()
    kept = np.ones(len(teaching.logs), dtype=bool)
    kept[[positions[pair] for pair in cases if pair in positions]] = False
    return teaching.rows(np.flatnonzero(kept)) if kept.mean() >= MOST else teaching


def splits(panel: Panel, count: int, rng: np.random.Generator) -> Iterator[tuple[Panel, Panel]]:
    """Pairs among one half of the countries to learn from, pairs among the other half to forecast.

    Each of ``count`` random halvings is used both ways round.
    """
    for _ in range(count):
        half = rng.permutation(len(panel.names)) < len(panel.names) // 2
        yield panel.among(half), panel.among(~half)
        yield panel.among(~half), panel.among(half)


def backtest(
    panel: Panel,
    origins: Sequence[int],
    *,
    count: int,
    rng: np.random.Generator,
    settings: Settings | None = None,
) -> list[Predictions]:
    """Forecast the panel's own flows, each learned from countries that it does not touch."""
    return [
        predictions(teaching, known, np.arange(len(known.logs)), origin, settings=settings)
        for teaching, known in splits(panel, count, rng)
        for origin in origins
    ]
