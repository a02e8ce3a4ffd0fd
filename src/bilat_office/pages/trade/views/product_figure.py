"""One product of one direction opened: both reports of it, and where its numbers come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilat.brief.story.names import FATE
from bilat.brief.trade_day import TradeDay
from bilat.language import Message, say
from bilat.trade import REASONS
from bilat.trade.gaps import ProductGap
from bilat.trade.products import ProductLine, ProductView
from bilat.vocabulary import Quantity, Unit
from bilat_office.pages.reckoning import programme_unshown
from bilat_office.pages.trade.asking import Asked, not_there
from bilat_office.pages.trade.days import entered_sources
from bilat_office.pages.trade.origins import origins
from bilat_office.pages.trade.views.years import direction_name
from bilat_office.pages.visit import Visit
from bilat_office.records.refusals import OfficeRefused

USD = Unit.parse("thousand USD")


def of_product(visit: Visit, day: TradeDay, asked: Asked, code: str) -> dict[str, Any]:
    pair = day.trade.pair
    views = [
        (one, line)
        for one in (pair.views if pair else ())
        if one.exporter == asked.exporter and (line := one.of(code))
    ]
    gap = next(
        (
            line
            for one in (pair.gaps if pair else ())
            if one.exporter == asked.exporter
            for line in one.lines
            if line.code == code
        ),
        None,
    )
    if pair is None or not (views or gap):
        raise no_figure()
    sources = tuple(dict.fromkeys(one.source for one, _line in views))
    direction = direction_name(visit, asked.exporter)
    return {
        "title": say("{direction}: {product}", direction=direction, product=code),
        "name": pair.name(code),
        "groups": [
            (
                say("By the report of {side}", side=day.side_name(one.reporter)),
                list(_of_view(visit, one, line)),
            )
            for one, line in views
        ],
        "facts": list(_of_gap(visit, gap)) if gap else [],
        "origins": figure_origins(visit, day, sources),
    }


def _of_view(visit: Visit, view: ProductView, line: ProductLine) -> Iterator[tuple[Message, Any]]:
    words = visit.words
    yield say("{year}", year=str(view.year)), _usd(line.after)
    if view.total_before is not None:
        yield say("{year}", year=str(view.year - 1)), _usd(line.before)
    yield say("Share of the direction"), words.percent(line.share, 1)
    if line.contribution is not None:
        yield say("Points of growth"), words.percent(line.contribution, 1)
    if line.fate:
        yield say("Fate"), FATE[line.fate]
    for year, value, kg in (
        (view.year, line.after, line.kg_after),
        (view.year - 1, line.before, line.kg_before),
    ):
        if kg:
            price = words.number(value / kg, 2)
            yield say("Dollars a kilogram, {year}", year=str(year)), price
    yield say("Dataset"), view.dataset
    yield say("Version of"), view.vintage
    yield (
        say("Method"),
        say(
            "by {digits} digits of {edition}",
            digits=view.digits,
            edition=view.editions[0] or "–",
        ),
    )


def _of_gap(visit: Visit, gap: ProductGap) -> Iterator[tuple[Message, Any]]:
    yield say("Exporter says"), _usd(gap.exported)
    yield say("Importer says"), _usd(gap.imported)
    yield say("Importer more by"), _usd(gap.gap)
    if gap.ratio is not None:
        yield say("In per cent"), visit.words.percent(gap.ratio, 1)
    yield say("Likely reason"), REASONS[gap.reason]


def _usd(value: float) -> Quantity:
    return Quantity(round(value, 2), USD)


def no_figure() -> OfficeRefused:
    return not_there(say("There is no such figure, or no longer: open it from the page of trade."))


def figure_origins(visit: Visit, day: TradeDay, sources: tuple[str, ...]) -> Any:
    found = [item for item in day.sources if item.id in sources]
    return origins(visit, found, entered_sources(programme_unshown(visit)))
