"""How well a programme foresaw: its kept outlooks against what came true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from bilat.outlook.simulation import SHARES
from bilat.programme import Indicator, KeptOutlook, Programme, Target
from bilat.trade import Series, side_series


@dataclass(frozen=True)
class YearScored:
    """One year of one kept outlook, and what came true, in the base unit.

    loss: mean pinball loss of the logs over the seven quantiles, twice: an estimate of the CRPS in
    logs (Gneiting and Raftery 2007, *JASA* 102), 0 is perfect. share: where the truth fell in the
    forecast, 0 to 1.
    """

    outlook: KeptOutlook
    year: int
    foreseen: tuple[float, ...]
    truth: float
    loss: float
    share: float

    @property
    def in_80(self) -> bool:
        return self.foreseen[1] <= self.truth <= self.foreseen[5]

    @property
    def in_95(self) -> bool:
        return self.foreseen[0] <= self.truth <= self.foreseen[6]


@dataclass(frozen=True)
class ChanceScored:
    """A chance whose date has come: Brier score (chance − outcome)²."""

    outlook: KeptOutlook
    reached: bool

    @property
    def brier(self) -> float:
        return (float(self.outlook.chance) - self.reached) ** 2


@dataclass(frozen=True)
class TrackRecord:
    """Everything that can be judged on a day. ``waiting``: kept years whose truth is not known."""

    years: tuple[YearScored, ...]
    chances: tuple[ChanceScored, ...]
    waiting: int

    @property
    def held_80(self) -> float | None:
        """The share of the 80 % intervals that held."""
        return _mean(item.in_80 for item in self.years)

    @property
    def held_95(self) -> float | None:
        return _mean(item.in_95 for item in self.years)

    @property
    def loss(self) -> float | None:
        return _mean(item.loss for item in self.years)

    @property
    def brier(self) -> float | None:
        return _mean(item.brier for item in self.chances)


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def track_record(programme: Programme, as_of: date) -> TrackRecord:
    """Scores of the outlooks that were made before ``as_of``, by the full years known on it.

    Each is judged by the statistics that it started from; one made from both sides' statistics
    together by the mean of the two logs, where both are known.
    """
    years: list[YearScored] = []
    chances: list[ChanceScored] = []
    waiting = 0
    for outlook in programme.outlooks:
        indicator = _indicator(programme, outlook)
        if indicator is None or outlook.made >= as_of:
            continue
        series = [side_series(programme, indicator, side, as_of) for side in programme.sides]
        truth = dict(_truth(outlook, series))
        scored = list(_years(outlook, truth))
        years += scored
        waiting += len(outlook.years) - len(scored)
        if outlook.deadline in truth:
            chances.append(ChanceScored(outlook, _reached(outlook, truth)))
    return TrackRecord(tuple(years), tuple(chances), waiting)


def _indicator(programme: Programme, outlook: KeptOutlook) -> Indicator | None:
    target = programme.find(Target, outlook.target)
    return programme.find(Indicator, target.indicator) if target else None


def _years(outlook: KeptOutlook, truth: Mapping[int, float]) -> Iterator[YearScored]:
    for ahead in outlook.years:
        if truth.get(ahead.year, 0) > 0:
            levels = [float(level) for level in ahead.levels]
            yield _scored(outlook, ahead.year, levels, truth[ahead.year])


def _reached(outlook: KeptOutlook, truth: Mapping[int, float]) -> bool:
    """In the year of the date: what the chance was given for."""
    return truth[outlook.deadline] >= float(outlook.level)


def _truth(outlook: KeptOutlook, series: Sequence[Series]) -> Iterator[tuple[int, float]]:
    """Full years that were not made from parts."""
    chosen = [one for one in series if outlook.statistics in (None, one.side)]
    levels = [
        {point.year: float(point.value) for point in one.years if point.part_months is None}
        for one in chosen
    ]
    for year in sorted(set.intersection(*(set(known) for known in levels)) if levels else ()):
        values = [known[year] for known in levels]
        if len(values) == 1:
            yield year, values[0]
        elif all(value > 0 for value in values):
            yield year, (values[0] * values[1]) ** 0.5


def _scored(outlook: KeptOutlook, year: int, foreseen: Sequence[float], truth: float) -> YearScored:
    y = log(truth)
    logs = [log(max(level, 1e-12)) for level in foreseen]
    loss = sum(
        2 * (share - (y < point)) * (y - point) for share, point in zip(SHARES, logs, strict=True)
    ) / len(SHARES)
    return YearScored(outlook, year, tuple(foreseen), truth, loss, _share_of(truth, foreseen))


def _share_of(truth: float, foreseen: Sequence[float]) -> float:
    """Where the truth fell, linear between the quantiles, their ends beyond them."""
    for (low, p), (high, q) in zip(
        zip(foreseen, SHARES, strict=True),
        zip(foreseen[1:], SHARES[1:], strict=False),
        strict=False,
    ):
        if low <= truth < high:
            return p + (q - p) * (truth - low) / (high - low)
    return SHARES[0] if truth < foreseen[0] else SHARES[-1]
