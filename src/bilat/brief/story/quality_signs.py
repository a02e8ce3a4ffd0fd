"""Whether trade got better, or only bigger: a sentence, the signs, and the charts of the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from bilat.potential.signs import MEASURES, Sign, SignName, Signs, signs

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


def signs_blocks(one: DirectionQuality, way: Message) -> Iterator[Block]:
    """Nothing where fewer than two years were traded in."""
    found = signs(one)
    if found is None:
        return
    yield Paragraph(_lead(found, way), (SOURCE,), lead=True)
    yield _table(one, found, way)


def chart_blocks(one: DirectionQuality, way: Message) -> Iterator[Chart]:
    """One a sign that is told in two years at least."""
    for name in CHARTS:
        measure = next(each for each in MEASURES if each.name == name)
        points = [(year.year, measure.of(year)) for year in one.told]
        known = [(year, value) for year, value in points if value == value]
        if len(known) > 1:
            yield Chart(
                "quality",
                _finding(way, TITLES[name], known, measure.same, is_share=measure.is_share),
                f"{one.exporter}-{name}",
                NOTES.get(name),
            )


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
    known = [
        (year, one) for year, one in zip(quality.years, quality.intra, strict=True) if one == one
    ]
    if len(known) > 1:
        title = _finding(
            pair, say("trade within products (Grubel–Lloyd)"), known, 0.01, is_share=True
        )
        yield Chart("quality", title, INTRA, say("0%: each product goes one way only; 100%: both."))


def _finding(
    way: Message,
    what: Message,
    known: Sequence[tuple[int, float]],
    same: float,
    *,
    is_share: bool,
) -> Message:
    (first, before), (last, after) = known[0], known[-1]
    verdict = 0 if abs(after - before) < same else 1 if after > before else -1
    return say(
        "{way}: {what} – {before} in {first}, {after} in {last}: {verdict}",
        way=way,
        what=what,
        before=_shown(before, is_share=is_share),
        after=_shown(after, is_share=is_share),
        first=str(first),
        last=str(last),
        verdict=VERDICTS[verdict][0],
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
