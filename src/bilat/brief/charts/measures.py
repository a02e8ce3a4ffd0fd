"""From the middle of a forecast to a target: what each measure adds, what stays open."""

from __future__ import annotations

import textwrap
from typing import Any

from bilat.brief.brief import Brief
from bilat.brief.charts.style import GREY
from bilat.brief.charts.waterfall import DOWN, UP, bar, waterfall
from bilat.brief.facts.targets import TargetFact
from bilat.brief.story.target import best_chance
from bilat.language import Words, say
from bilat.vocabulary import Unit

DRAWN = 10
"""Measures with a bar of their own; the tables have all."""
LABEL = 52


def gap_chart(brief: Brief, subject: str, words: Words) -> Any:
    """subject: id of a target of which measures were simulated."""
    target = next(item for item in brief.targets if item.id == subject)
    unit = Unit.parse(target.display_unit)
    return waterfall(_bars(target, unit, words), words.show(unit))


def _bars(target: TargetFact, unit: Unit, words: Words) -> list[dict[str, Any]]:
    best = best_chance(target)
    assert best is not None  # noqa: S101 (the story draws what was simulated)
    year, chance = best
    done = chance.with_measures
    assert done is not None  # noqa: S101
    titles = {measure.id: words(measure.title) for measure in target.measures}
    level = chance.median / unit.scale
    first = words(say("middle of the forecast, {year}", year=str(year)))
    rows = [bar(first, 0.0, level, GREY, words.number(level, 1))]
    moves = [(titles[item.id], item.adds / unit.scale) for item in done.contributions[:DRAWN]]
    rest = sum(item.adds for item in done.contributions[DRAWN:]) / unit.scale
    if rest:
        moves.append((words(say("all other measures")), rest))
    for label, move in moves:
        short = textwrap.shorten(label, LABEL, placeholder=" …")
        rows.append(bar(short, level, level + move, UP, "+" + words.number(move, 1)))
        level += move
    top = float(target.value) / unit.scale
    if level < top:
        rows.append(bar(words(say("stays open")), level, top, DOWN, words.number(top - level, 1)))
    return [*rows, bar(words(say("target")), 0.0, top, GREY, words.number(top, 1))]
