"""The trade of the programme today as one person may see it, with the warehouse's numbers in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bilat.brief.facts.pair import PairFact
from bilat.brief.trade_day import TradeDay, trade_day
from bilat.programme import Programme
from bilat_office.pages.latest import Latest
from bilat_office.pages.reckoning import programme_of, standing
from bilat_office.pages.trade.asking import Asked
from bilat_office.pages.trade.keeping import Kept, key_of
from bilat_office.pages.trade.statistics import (
    Question,
    has_warehouse,
    statistics_known,
    statistics_of,
)
from bilat_office.pages.trade.waiting import may_wait
from bilat_office.pages.visit import Visit

if TYPE_CHECKING:
    from bilat.trade.pair import PairStatistics

DAYS: Latest[TradeDay] = Latest(8)


def question(visit: Visit, asked: Asked, **more: Any) -> Question:
    return Question(visit.office.sides, visit.today, asked.level, asked.source, asked.year, **more)


def statistics(visit: Visit, asked: Question) -> Kept[PairStatistics] | None:
    """What the warehouse says; None while it is being computed."""
    if not has_warehouse():
        return Kept(None)
    return statistics_of(asked) if may_wait(visit) else statistics_known(asked)


def day_of(visit: Visit, found: Kept[PairStatistics], asked: Question) -> TradeDay:
    """With ``found`` in it where it is an answer; kept by this process."""
    programme = programme_of(visit)
    key = key_of("day", standing(visit).key, visit.today, asked, found.value is None)
    day = DAYS.get(key)
    if day is None:
        day = trade_day(programme, as_of=visit.today, viewer=visit.side, statistics=found.value)
        DAYS.put(key, day)
    return day


def pair_of(day: TradeDay) -> PairFact | None:
    return day.trade.pair


def entered_sources(programme: Programme) -> set[str]:
    """Sources that are records of the programme, and no versions of a warehouse."""
    return {source.id for source in programme.sources}
