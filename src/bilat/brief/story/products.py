"""Products: what is traded, what carried the change, how few products carry the trade."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.brief.facts.pair import PairFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Chart,
    Clipped,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Table,
    row,
)
from bilat.brief.story.names import FATE
from bilat.brief.trade_day import TradeTold
from bilat.language import Message, say
from bilat.trade.products import ProductLine, ProductView

SHORT = 10
"""Products of each direction in the brief."""
PRINTED = 25
THOUSAND = 1000
NAME_LENGTH = 60


def way(brief: TradeTold, exporter: str, importer: str) -> Message:
    """A direction as a title says it."""
    return say(
        "{exporter} to {importer}",
        exporter=brief.side_name(exporter),
        importer=brief.side_name(importer),
    )


def thousands(value: float | None, *sources: str) -> Cell:
    return Cell() if value is None else Cell(Number(value / THOUSAND, 1), sources)


def product_name(pair: PairFact, code: str) -> Clipped | None:
    """At a length that a table carries."""
    name = pair.name(code)
    return Clipped(name, NAME_LENGTH) if name else None


def short_products(brief: TradeTold) -> Iterator[Table]:
    """For the brief: the largest products of each direction, by one report."""
    pair = brief.trade.pair
    for view in pair.first_views if pair else ():
        yield product_table(brief, pair, view, most=SHORT)


def products_section(brief: TradeTold, pair: PairFact) -> Section:
    """For the analyst: every product of each direction by each report."""
    blocks = list(_blocks(brief, pair))
    none: Block = Paragraph(say("Neither side’s reports in the warehouse tell a year by product."))
    return Section("products", say("Products"), tuple(blocks) or (none,))


def _blocks(brief: TradeTold, pair: PairFact) -> Iterator[Block]:
    for view in pair.views:
        if view.total_before is not None:
            yield _chart(brief, view)
        yield change_table(brief, view)
        yield product_table(brief, pair, view)


def _chart(brief: TradeTold, view: ProductView) -> Chart:
    return Chart(
        "change",
        say(
            "{way}: from {before} to {year}, by the report of {side}",
            way=way(brief, view.exporter, view.importer),
            before=str(view.year - 1),
            year=str(view.year),
            side=brief.side_name(view.reporter),
        ),
        f"{view.exporter}-{view.reporter}",
        say("Grey: the totals. Between them each bar starts where the one above it ended."),
    )


def product_table(
    brief: TradeTold, pair: PairFact | None, view: ProductView, most: int = 0
) -> Table:
    """most: so many of the largest; 0 for all."""
    assert pair is not None  # noqa: S101 (a view comes from there)
    lines = view.lines[:most] if most else view.lines
    named = any(pair.name(line.code) for line in lines)
    return Table(
        f"products-{view.exporter}-by-{view.reporter}",
        say(
            "{way} by product, {year}, thousand USD, by the report of {side}",
            way=way(brief, view.exporter, view.importer),
            year=str(view.year),
            side=brief.side_name(view.reporter),
        ),
        tuple(_columns(view, named=named)),
        tuple(_line(pair, view, line, named=named) for line in lines),
        notes=tuple(_notes(view)),
        sheet=say("Products {exporter} by {side}", exporter=view.exporter, side=view.reporter),
        essential=not most,
        shown=PRINTED,
    )


def _columns(view: ProductView, *, named: bool) -> Iterator[Column]:
    yield Column(say("Code"))
    if named:
        yield Column(say("Product"), wide=True)
    if view.change:
        yield Column(say("{year}", year=str(view.year - 1)), numeric=True)
    yield Column(say("{year}", year=str(view.year)), numeric=True)
    yield Column(say("Share"), numeric=True)
    if view.change:
        yield Column(say("Change"), numeric=True)
        yield Column(say("Points of growth"), numeric=True)
        yield Column(say("Fate"))


def _line(pair: PairFact, view: ProductView, line: ProductLine, *, named: bool) -> tuple[Cell, ...]:
    cells: list[object] = [line.code]
    if named:
        cells.append(product_name(pair, line.code))
    if view.change:
        cells.append(thousands(line.before))
    cells += [thousands(line.after, view.source), Percent(line.share, 1)]
    if view.change:
        cells += [
            thousands(line.after - line.before),
            None if line.contribution is None else Percent(line.contribution, 1),
            None if line.fate is None else FATE[line.fate],
        ]
    return row(*cells)


def _notes(view: ProductView) -> Iterator[Message]:
    yield say(
        "Dataset {dataset}, version of {day}; classification {edition}, {digits} digits.",
        dataset=view.dataset,
        day=view.vintage,
        edition=view.editions[0] or "–",
        digits=view.digits,
    )
    if view.hidden >= THOUSAND / 2:
        yield say(
            "Shown under no product (confidential, or missing from the lines): {value} thousand "
            "USD, {share} of the total.",
            value=Number(view.hidden / THOUSAND, 1),
            share=Percent(view.hidden / view.total, 1),
        )


def change_table(brief: TradeTold, view: ProductView) -> Table:
    """Continuing, new and lost products; quantity and price; concentration."""
    return Table(
        f"change-{view.exporter}-by-{view.reporter}",
        say(
            "{way}: what the change to {year} is made of, by the report of {side}",
            way=way(brief, view.exporter, view.importer),
            year=str(view.year),
            side=brief.side_name(view.reporter),
        ),
        (
            Column(say("Thousand USD, unless it is a share"), wide=True),
            Column(say("{year}", year=str(view.year - 1)), numeric=True),
            Column(say("{year}", year=str(view.year)), numeric=True),
            Column(say("Change"), numeric=True),
        ),
        tuple(row(*line) for line in (*_values(view), *_spreads(view))),
        notes=(
            say(
                "Continuing, new and lost products, and what is shown under no product, add up to "
                "the change of the total. Quantity and price (Bennet’s means) add up to the change "
                "of the products that have a quantity in both years; the share of the value that "
                "these make stands beside."
            ),
        ),
        sheet=say("Change {exporter} by {side}", exporter=view.exporter, side=view.reporter),
        essential=True,
    )


Line = tuple[Message, object, object, object]


def _values(view: ProductView) -> Iterator[Line]:
    before, change, source = view.total_before, view.change, view.source
    moved = None if before is None else view.total - before
    yield (
        say("total"),
        thousands(before),
        thousands(view.total, source),
        thousands(moved),
    )
    if change is None:
        return
    counted = (
        (say("continuing products: {n}", n=change.products_continuing), change.continuing),
        (say("new products: {n}", n=change.products_new), change.new),
        (say("lost products: {n}", n=change.products_lost), 0 - change.lost),
    )
    for what, value in counted:
        yield what, None, None, thousands(value)
    hidden = (view.hidden_before or 0.0, view.hidden)
    if max(hidden) >= THOUSAND / 2:
        yield (
            say("shown under no product"),
            thousands(hidden[0]),
            thousands(hidden[1]),
            thousands(hidden[1] - hidden[0]),
        )
    if view.prices:
        covered = Percent(view.prices.coverage)
        yield (
            say("quantity (covers {share})", share=covered),
            None,
            None,
            thousands(view.prices.quantity),
        )
        yield say("price (covers {share})", share=covered), None, None, thousands(view.prices.price)


def _spreads(view: ProductView) -> Iterator[Line]:
    now, then = view.spread, view.spread_before
    if now is None:
        return
    for place, what in enumerate(
        (say("largest product"), say("three largest products"), say("ten largest products"))
    ):
        yield what, then and Percent(then.top[place], 1), Percent(now.top[place], 1), None
    yield (
        say("equal products that would be as concentrated"),
        then and Number(then.equivalent, 1),
        Number(now.equivalent, 1),
        None,
    )
