"""Learning from a panel how flows that looked alike have grown, for one to ten years ahead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.history.location_scale import Fit, fit_location_scale
from bilat.outlook.history.panel import Array, Codes, Panel
from bilat.outlook.history.shape import INNER, Shape, weighted_quantiles, with_tails
from bilat.outlook.history.traits import (
    LOCATION,
    NORMALLY_ZERO,
    OF_COUNTRIES,
    SCALE,
    traits_of_panel,
)

FURTHEST = 10
FEWEST_STARTS = 3
FEWEST_FLOWS = 300


@dataclass(frozen=True)
class Settings:
    """The few numbers that are chosen and not learned; how, is in docs/methods/reference-class.md.

    floor: dollars; smaller flows do not teach. memory: weight of a start against the next year's.
    degrees: of the t errors. ridge, country_ridge: penalties. trust: the share of the learned
    slopes that is believed: flows of one country and year err together, and teach less than their
    number. shock: log standard deviation of the growth that all flows have in common, over one year
    as over ten, since booms and slumps take turns. rebound: the share of a common fall of the last
    year that is made good after one year, and after two or more.
    """

    floor: float = 3e5
    memory: float = 0.9
    degrees: float = 6.0
    ridge: float = 20.0
    country_ridge: float = 50.0
    trust: float = 0.85
    shock: float = 0.16
    rebound: tuple[float, float] = (0.25, 0.5)


@dataclass(frozen=True)
class Learned:
    """What a panel taught. location: (H, len(LOCATION)), scale: (H, len(SCALE)): coefficients.

    middle: (len(LOCATION),) the traits at which growth is normal. source: what it was learned from.
    """

    location: Array
    scale: Array
    middle: Array
    shape: Shape
    rebound: tuple[float, float]
    source: str = ""

    @property
    def furthest(self) -> int:
        """Years ahead that were learned."""
        return len(self.location)


@dataclass(frozen=True)
class Lessons:
    """Growth that was had.

    start: (n,) column of the panel from which it is counted. location, scale: traits then. growth:
    (n, H) logs, NaN where the end is not known.
    """

    start: Codes
    location: Array
    scale: Array
    growth: Array


_LESSON_FIELDS = tuple(Lessons.__dataclass_fields__)


def learn(
    panel: Panel,
    *,
    without: Collection[str] = (),
    settings: Settings | None = None,
    source: str = "",
) -> Learned:
    """Learn from all that the panel holds; cut it with `Panel.until` first.

    without: names of traits that will not be known of what is forecast. Raises NoAnswer for a panel
    with fewer than 300 flows from 3 starts.
    """
    chosen = settings or Settings()
    lessons = _lessons(panel, chosen) if len(panel.years) > FEWEST_STARTS else None
    lessons = lessons and _blind(lessons, without)
    horizons = _horizons(lessons) if lessons else 0
    if lessons is None or not horizons:
        raise NoAnswer(
            say(
                "the panel is too small to learn from: it takes {flows} flows whose growth is "
                "known from {starts} different years. Give more years or countries",
                flows=FEWEST_FLOWS,
                starts=FEWEST_STARTS,
            )
        )
    middle = _middle(lessons, chosen)
    fits = [_fit(lessons, h, chosen, middle) for h in range(1, horizons + 1)]
    weights = [_weights(lessons, h, chosen) for h in range(1, horizons + 1)]
    inner = np.stack(
        [weighted_quantiles(f.residuals, w, INNER) for f, w in zip(fits, weights, strict=True)]
    )
    shape = Shape(
        quantiles=with_tails(inner),
        shock=np.full(horizons, chosen.shock),
        dependence=_dependence(lessons, fits),
    )
    location = chosen.trust * np.stack([fit.location for fit in fits])
    scale = np.stack([fit.scale for fit in fits])
    return Learned(location, scale, middle, shape, chosen.rebound, source)


def _lessons(panel: Panel, settings: Settings) -> Lessons:
    found: list[Lessons] = []
    for column in range(len(panel.years)):
        traits = traits_of_panel(panel, column)
        rows = np.flatnonzero(traits.start > np.log(settings.floor))
        ahead = panel.logs[rows, column + 1 : column + 1 + FURTHEST]
        growth = np.full((len(rows), FURTHEST), np.nan)
        growth[:, : ahead.shape[1]] = np.where(
            np.isfinite(ahead), ahead - traits.start[rows, None], np.nan
        )
        start = np.full(len(rows), column)
        found.append(Lessons(start, traits.location[rows], traits.scale[rows], growth))
    return Lessons(
        *(np.concatenate([getattr(one, name) for one in found]) for name in _LESSON_FIELDS)
    )


def _blind(lessons: Lessons, without: Collection[str]) -> Lessons:
    """The lessons with some traits unknown."""
    seen = [[name not in without for name in names] for names in (LOCATION, SCALE)]
    return replace(lessons, location=lessons.location * seen[0], scale=lessons.scale * seen[1])


def _horizons(lessons: Lessons) -> int:
    """How many years ahead the panel can teach, without a gap."""
    horizons = 0
    for known in np.isfinite(lessons.growth).T:
        if known.sum() < FEWEST_FLOWS or len(np.unique(lessons.start[known])) < FEWEST_STARTS:
            break
        horizons += 1
    return horizons


def _middle(lessons: Lessons, settings: Settings) -> Array:
    """Mean traits; zero for own growth, whose middle is normal growth whatever the panel did."""
    weight = settings.memory ** (lessons.start.max() - lessons.start)
    mean = np.average(lessons.location, axis=0, weights=weight)
    return np.asarray(np.where(NORMALLY_ZERO, 0.0, mean))


def _weights(lessons: Lessons, h: int, settings: Settings) -> Array:
    start = lessons.start[np.isfinite(lessons.growth[:, h - 1])]
    weight = settings.memory ** (start.max() - start)
    return np.asarray(weight / weight.mean())


def _fit(lessons: Lessons, h: int, settings: Settings, middle: Array) -> Fit:
    known = np.isfinite(lessons.growth[:, h - 1])
    return fit_location_scale(
        lessons.growth[known, h - 1],
        lessons.location[known] - middle,
        lessons.scale[known],
        np.unique(lessons.start[known], return_inverse=True)[1],
        _weights(lessons, h, settings),
        degrees=settings.degrees,
        ridge=_ridge(LOCATION, settings),
        scale_ridge=np.where(np.arange(len(SCALE)) > 0, _ridge(SCALE, settings), 0.0),
    )


def _ridge(names: tuple[str, ...], settings: Settings) -> Array:
    return np.array(
        [settings.country_ridge if name in OF_COUNTRIES else settings.ridge for name in names]
    )


def _dependence(lessons: Lessons, fits: list[Fit]) -> Array:
    """(H, H) correlation between years ahead of the residuals' normal scores: Gaussian copula."""
    scores = np.full((len(lessons.growth), len(fits)), np.nan)
    for h, fit in enumerate(fits):
        known = np.isfinite(lessons.growth[:, h])
        ranks = np.empty(known.sum())
        ranks[np.argsort(fit.residuals, kind="stable")] = np.arange(1, known.sum() + 1)
        scores[known, h] = ndtri(ranks / (known.sum() + 1))
    full = scores[np.isfinite(scores).all(axis=1)]
    return np.asarray(np.corrcoef(full, rowvar=False)).reshape(len(fits), len(fits))
