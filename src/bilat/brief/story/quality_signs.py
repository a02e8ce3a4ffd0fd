"""Whether trade got better, or only bigger: a sentence, the signs, and the charts of the years."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from bilat.brief.facts.potential import SOURCE
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Number,
    Paragraph,
    Percent,
    Table,
    Tone,
    row,
)
from bilat.language import Message, say
from bilat.potential.quality import DirectionQuality, Quality
from bilat.potential.signs import Sign, SignName, Signs, signs, taken_together, verdict

TITLES: MappingProxyType[SignName, Message] = MappingProxyType(
    {
        "technology": say("share of medium and high technology"),
        "processed": say("share of processed goods"),
        "spread": say("concentration, as a number of equal products"),
        "advantages": say("products that the exporter sells the world with an advantage"),
        "ladder": say("part of what the market buys that is cheaper a kilogram"),
        "complexity": say("complexity of what is traded (PCI)"),
    }
)
VERDICTS: MappingProxyType[int, tuple[Message, Tone | None]] = MappingProxyType(
    {1: (say("better"), "good"), 0: (say("as before"), "quiet"), -1: (say("worse"), "warn")}
)
CHARTS: tuple[SignName, ...] = ("technology", "processed", "spread", "advantages", "ladder")
INTRA = "intra"
SAME = 0.01
"""Of a share: a difference below it says nothing."""


def signs_blocks(one: DirectionQuality, way: Message) -> Iterator[Block]:
    """Nothing where fewer than two years were traded in."""
    found = signs(one)
    if found is None:
        return
    yield Paragraph(_lead(found, way), (SOURCE,), lead=True)
    yield _table(one, found, way)


def chart_blocks(one: DirectionQuality, way: Message) -> Iterator[Chart]:
    """One a sign that is told on both sides of the years; its title says what the table says."""
    found = signs(one)
    for sign in found.found if found else ():
        if found and sign.name in CHARTS:
            title = _finding(way, TITLES[sign.name], sign, found.first, found.last)
            yield Chart("quality", title, f"{one.exporter}-{sign.name}", NOTES.get(sign.name))


NOTES: MappingProxyType[str, Message] = MappingProxyType(
    {
        "technology": say("Share of each level in what is traded, after Lall (2000)."),
        "processed": say(
            "New: not traded in any earlier year told, so that the share falls by itself as years "
            "go by."
        ),
        "spread": say("The inverse of the Herfindahl index of products."),
        "advantages": say("Revealed comparative advantage (RCA) of at least 1 in world exports."),
        "ladder": say("Of the same products; 100% is the dearest on the market."),
    }
)


def intra_chart(quality: Quality, pair: Message) -> Iterator[Chart]:
    """Trade within products, of both directions, in the years in which there is any."""
    known = [
        (year, one) for year, one in zip(quality.years, quality.intra, strict=True) if one == one
    ]
    count = taken_together(len(known))
    if not count:
        return
    first, last = known[:count], known[-count:]
    before, after = (sum(one for _year, one in some) / count for some in (first, last))
    sign = Sign("intra", before, after, verdict(before, after, SAME), is_share=True)
    years = [tuple(year for year, _one in some) for some in (first, last)]
    title = _finding(pair, say("trade within products (Grubel–Lloyd)"), sign, *years)
    yield Chart("quality", title, INTRA, say("0%: each product goes one way only; 100%: both."))


def _finding(
    way: Message, what: Message, sign: Sign, first: tuple[int, ...], last: tuple[int, ...]
) -> Message:
    return say(
        "{way}: {what} – {before} in {first}, {after} in {last}: {verdict}",
        way=way,
        what=what,
        before=_shown(sign.before, is_share=sign.is_share),
        after=_shown(sign.after, is_share=sign.is_share),
        first=_span(first),
        last=_span(last),
        verdict=VERDICTS[sign.verdict][0],
    )


def _lead(found: Signs, way: Message) -> Message:
    said: dict[str, Any] = {
        "way": way,
        "first": _span(found.first),
        "last": _span(found.last),
        "growth": Percent(abs(found.growth)),
        "better": found.count(1),
        "worse": found.count(-1),
        "all": len(found.found),
    }
    if found.growth >= 0:
        return say(
            "{way}: trade grew by {growth} from {first} to {last}. Signs of quality: {all}, of "
            "which better: {better}, worse: {worse}.",
            **said,
        )
    return say(
        "{way}: trade fell by {growth} from {first} to {last}. Signs of quality: {all}, of which "
        "better: {better}, worse: {worse}.",
        **said,
    )


def _table(one: DirectionQuality, found: Signs, way: Message) -> Table:
    return Table(
        f"signs-{one.exporter}",
        say("{way}: better, or only bigger?", way=way),
        (
            Column(say("Sign"), wide=True),
            Column(_heading(found.first), numeric=True),
            Column(_heading(found.last), numeric=True),
            Column(say("Verdict")),
        ),
        tuple(_line(sign) for sign in found.found),
        notes=(say("Means of these years. Of each sign, more counts as better."),),
        sheet=say("Signs {exporter}", exporter=one.exporter),
        essential=True,
    )


def _line(sign: Sign) -> tuple[Cell, ...]:
    word, tone = VERDICTS[sign.verdict]
    return row(
        TITLES[sign.name],
        _shown(sign.before, is_share=sign.is_share),
        _shown(sign.after, is_share=sign.is_share),
        Cell(word, tone=tone),
    )


def _heading(years: tuple[int, ...]) -> Message:
    return say("{year}", year=_span(years))


def _span(years: tuple[int, ...]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _shown(value: float, *, is_share: bool) -> Percent | Number:
    return Percent(value, 1) if is_share else Number(value, 0 if value == round(value) else 1)
