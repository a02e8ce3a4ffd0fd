"""Who announced such a target before, and how often it was met."""

from __future__ import annotations

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.outlook.announced import BaseRate, notes, why_they_differ
from bilat.outlook.announced.base_rate import Alternative, Case
from bilat.outlook.announced.comparison import Band


class RateFact(Fact):
    """A plain count of announced targets; the interval is clustered by pair."""

    label: Said
    targets: int
    pairs: int
    met: int
    low80: float
    high80: float
    holds_this: bool

    @classmethod
    def of(cls, band: Band) -> RateFact | None:
        rate = band.rate
        if rate is None:
            return None
        low, high = rate.interval_80
        return cls(
            label=band.label,
            targets=rate.targets,
            pairs=rate.pairs,
            met=rate.met,
            low80=low,
            high80=high,
            holds_this=band.holds_asked,
        )


class CaseFact(Fact):
    """One announced target of another pair that asked for about as much."""

    id: str
    sides: tuple[str, str]
    announced: str
    deadline: int
    required_growth: float | None
    met: bool
    reached_usd: float | None
    target_usd: float


class ChoiceFact(Fact):
    """The same question without some of the rows."""

    name: Said
    left_out: int
    chance: float | None
    low80: float | None
    high80: float | None


class BaseRateFact(Fact):
    """How often announced targets were met that asked for as much, by a smooth curve and counted.

    why: how it compares with the model's chance; None where there is none.
    """

    required_growth: float | None
    horizon: float | None
    chance: float
    low80: float
    high80: float
    targets: int
    pairs: int
    bands: tuple[RateFact, ...]
    nearest: tuple[CaseFact, ...]
    choices: tuple[ChoiceFact, ...]
    notes: tuple[Said, ...]
    why: MaybeSaid


def base_rate_fact(rate: BaseRate | None, chance: float | None) -> BaseRateFact | None:
    """chance: the model's, to compare with."""
    if rate is None:
        return None
    found = rate.estimate
    bands = (RateFact.of(band) for band in (*rate.by_growth, *rate.by_horizon))
    return BaseRateFact(
        required_growth=rate.asked.required_growth,
        horizon=rate.asked.horizon,
        chance=found.chance,
        low80=found.interval_80[0],
        high80=found.interval_80[1],
        targets=found.targets,
        pairs=found.pairs,
        bands=tuple(band for band in bands if band),
        nearest=tuple(_case(case) for case in rate.nearest),
        choices=tuple(_choice(one) for one in rate.alternatives),
        notes=tuple(notes(rate)),
        why=None if chance is None else why_they_differ(rate, chance),
    )


def _case(case: Case) -> CaseFact:
    one = case.target
    return CaseFact(
        id=one.id,
        sides=one.pair,
        announced=str(one.announced),
        deadline=one.deadline_year,
        required_growth=one.required_growth,
        met=one.met == "yes",
        reached_usd=None if one.outcome_usd is None else float(one.outcome_usd),
        target_usd=float(one.target_usd),
    )


def _choice(one: Alternative) -> ChoiceFact:
    found = one.estimate
    return ChoiceFact(
        name=one.name,
        left_out=one.left_out,
        chance=found and found.chance,
        low80=found and found.interval_80[0],
        high80=found and found.interval_80[1],
    )
