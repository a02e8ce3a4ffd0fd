"""Trade alone, without the outlook that a whole brief simulates: what an analyst looks at."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from bilat.brief.brief import SideFact, source_facts, with_statistics
from bilat.brief.facts.fact import Fact, Said
from bilat.brief.facts.source import SourceFact
from bilat.brief.facts.trade import TradeFact, trade_facts
from bilat.language import say
from bilat.programme import Programme
from bilat.register import seen_by
from bilat.trade import BOTH
from bilat.trade.pair import PairStatistics


class TradeTold(Protocol):
    """What the tables and charts of trade are made of: a `Brief`, or a `TradeDay`."""

    @property
    def sides(self) -> tuple[SideFact, SideFact]: ...

    @property
    def trade(self) -> TradeFact: ...

    def side_name(self, side: str | None) -> Any: ...


class TradeDay(Fact):
    """The trade of a programme as known on one day, for one viewer."""

    title: Said
    as_of: date
    viewer: str
    sides: tuple[SideFact, SideFact]
    trade: TradeFact
    sources: tuple[SourceFact, ...]

    def side_name(self, side: str | None) -> Any:
        """What a side is called, for sentences; the code if it is no party."""
        if side == BOTH:
            return say("both sides, made one")
        return next((one.name for one in self.sides if one.code == side), side)

    def source(self, source: str) -> SourceFact | None:
        return next((item for item in self.sources if item.id == source), None)


def trade_day(
    programme: Programme,
    *,
    as_of: date,
    viewer: str = "joint",
    statistics: PairStatistics | None = None,
) -> TradeDay:
    """The same numbers as `make_brief` has under trade, in a fraction of its time."""
    visible, pair = with_statistics(seen_by(programme, viewer), as_of, statistics)
    first, second = visible.sides
    return TradeDay(
        title=visible.title,
        as_of=as_of,
        viewer=viewer,
        sides=(
            SideFact(code=first, name=visible.side_name(first)),
            SideFact(code=second, name=visible.side_name(second)),
        ),
        trade=trade_facts(visible, as_of, pair),
        sources=source_facts(visible, as_of),
    )
