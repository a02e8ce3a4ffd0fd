"""What a warehouse adds to the facts of trade: products, discrepancies, shares, datasets."""

from __future__ import annotations

from collections.abc import Mapping

from bilat.brief.facts.fact import Fact, Said
from bilat.trade.gaps import Gaps
from bilat.trade.holdings import Holding
from bilat.trade.observed import Kept, Reported
from bilat.trade.pair import PairStatistics, PartnerShare, ReTrade
from bilat.trade.products import ProductView


class PairFact(Fact):
    """The answers of a warehouse about the pair, dollars throughout; see `PairStatistics`.

    kept: entered observations that stand although the warehouse says otherwise. names: of the
    product codes that occur.
    """

    year: int | None
    held: tuple[Holding, ...]
    reported: tuple[Reported, ...]
    views: tuple[ProductView, ...]
    gaps: tuple[Gaps, ...]
    shares: tuple[PartnerShare, ...]
    retrade: tuple[ReTrade, ...]
    kept: tuple[Kept, ...]
    notes: tuple[Said, ...]
    names: Mapping[str, str]

    def name(self, code: str) -> str | None:
        return self.names.get(code)

    def view(self, exporter: str, reporter: str) -> ProductView | None:
        return next(
            (one for one in self.views if (one.exporter, one.reporter) == (exporter, reporter)),
            None,
        )

    @property
    def first_views(self) -> tuple[ProductView, ...]:
        """One of each direction: the exporter's report where it is there."""
        found: dict[str, ProductView] = {}
        for one in self.views:
            found.setdefault(one.exporter, one)
        return tuple(found.values())


def pair_facts(statistics: PairStatistics | None, kept: tuple[Kept, ...]) -> PairFact | None:
    """None without a warehouse."""
    if statistics is None:
        return None
    codes = {line.code for one in statistics.views for line in one.lines}
    codes |= {line.code for one in statistics.gaps for line in one.lines}
    return PairFact(
        year=statistics.year,
        held=statistics.held,
        reported=statistics.reported,
        views=statistics.views,
        gaps=statistics.gaps,
        shares=statistics.shares,
        retrade=statistics.retrade,
        kept=kept,
        notes=statistics.notes,
        names={code: statistics.names[code] for code in sorted(codes & statistics.names.keys())},
    )
