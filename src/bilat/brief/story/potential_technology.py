"""How much technology is in what one side sells the other: a sentence, and a table of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from bilat.brief.facts.potential import SOURCE
from bilat.brief.facts.potential_method import country
from bilat.brief.story.blocks import Block, Cell, Column, Number, Paragraph, Percent, Table, row
from bilat.language import Message, say
from bilat.potential.quality import DirectionQuality, YearQuality
from bilat.potential.technology import UNCLASSIFIED, advanced

POINTS = 100
TITLES = MappingProxyType(
    {
        "PP": say("Primary products"),
        "RB1": say("Resource-based: agriculture"),
        "RB2": say("Resource-based: other"),
        "LT1": say("Low technology: textiles, garments, footwear"),
        "LT2": say("Low technology: other"),
        "MT1": say("Medium technology: automotive"),
        "MT2": say("Medium technology: process"),
        "MT3": say("Medium technology: engineering"),
        "HT1": say("High technology: electronic and electrical"),
        "HT2": say("High technology: other"),
        UNCLASSIFIED: say("Not classified"),
    }
)


def technology_blocks(one: DirectionQuality, title: Message) -> Iterator[Block]:
    """Nothing where nothing was traded in any year."""
    told = [year for year in one.years if year.trade > 0]
    if not told:
        return
    yield Paragraph(_sentence(one, told), (SOURCE,))
    yield _table(one, title, told)


def _sentence(one: DirectionQuality, told: Sequence[YearQuality]) -> Message:
    first, last = told[0], told[-1]
    said = {
        "exporter": country(one.exporter),
        "importer": country(one.importer),
        "last": str(last.year),
        "share": Percent(advanced(last.technology), 1),
        "unclassified": Percent(last.technology[UNCLASSIFIED], 1),
    }
    if len(told) == 1:
        return say(
            "Of what {exporter} sold {importer} in {last}, {share} was of medium or high "
            "technology; {unclassified} is not classified.",
            **said,
        )
    return say(
        "Of what {exporter} sold {importer} in {last}, {share} was of medium or high technology, "
        "after {before} in {first}; {unclassified} is not classified.",
        first=str(first.year),
        before=Percent(advanced(first.technology), 1),
        **said,
    )


def _table(one: DirectionQuality, title: Message, told: Sequence[YearQuality]) -> Table:
    years = (Column(say("{year}", year=str(each.year)), numeric=True) for each in told)
    change = [Column(say("Change, points"), numeric=True)] if len(told) > 1 else []
    return Table(
        f"technology-{one.exporter}",
        say("{way}: technology of what is traded, share of each category", way=title),
        (Column(say("Category"), wide=True), *years, *change),
        tuple(_line(name, told) for name in TITLES),
        sheet=say("Technology {exporter}", exporter=one.exporter),
        essential=True,
    )


def _line(name: str, told: Sequence[YearQuality]) -> tuple[Cell, ...]:
    shares = [each.technology[name] for each in told]
    change = [Number(POINTS * (shares[-1] - shares[0]), 1)] if len(told) > 1 else []
    return row(TITLES[name], *(Percent(share, 1) for share in shares), *change)
