"""An outlook as it is kept: what was foreseen, word for word, to be judged later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from bilat import __version__
from bilat.outlook.chances import target_outlook
from bilat.outlook.simulation import SHARES
from bilat.outlook.target import Announcement, Chance, Luck, TargetOutlook
from bilat.programme import KeptOutlook, Programme, YearAhead
from bilat.trade import BOTH

DIGITS = 4


def keep_outlooks(
    programme: Programme, as_of: date, targets: Iterable[str], luck: Luck | None = None
) -> tuple[KeptOutlook, ...]:
    """One record a target, date and series, made on ``as_of``; targets: their ids."""
    chosen = set(targets)
    outlooks = (
        target_outlook(programme, target, as_of, luck)
        for target in programme.targets
        if target.id in chosen
    )
    kept = [
        _kept(outlook, item, chance, as_of)
        for outlook in outlooks
        if outlook
        for item in outlook.announcements
        for chance in item.chances
    ]
    return tuple({record.id: record for record in kept}.values())


def _kept(outlook: TargetOutlook, item: Announcement, chance: Chance, as_of: date) -> KeptOutlook:
    if item.deadline is None:
        raise AssertionError("a chance without a date")
    done = chance.simulated
    return KeptOutlook(
        id=f"{outlook.target.id}-{chance.series.side}-{item.deadline}-{as_of}",
        target=outlook.target.id,
        made=as_of,
        statistics=None if chance.series.side == BOTH else chance.series.side,
        origin=chance.origin,
        deadline=item.deadline,
        level=outlook.level,
        chance=_rounded(chance.chance),
        chance_with_measures=_rounded(float(done.chance_with[-1])) if done else None,
        method=f"bilat {__version__}",
        years=tuple(_years(chance)),
    )


def _years(chance: Chance) -> Iterator[YearAhead]:
    for ahead in range(1, chance.horizon + 1):
        levels = chance.forecast.quantile(SHARES, ahead)
        yield YearAhead(
            year=chance.origin + ahead,
            levels=tuple(Decimal(str(round(float(level)))) for level in levels),
        )


def _rounded(chance: float) -> Decimal:
    return Decimal(str(round(chance, DIGITS)))
