"""``bilat potential``: where the trade of a pair can grow, product by product, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bilat.cli.options import as_of_option, day_of, document_options, lang_option
from bilat.cli.potential_options import (
    FORMATS,
    Country,
    check_second_opinion,
    concordance_of,
    concordance_option,
    dataset_option,
    digits_option,
    names_of,
    names_option,
    second_opinion_option,
    warehouse_option,
    year_option,
)
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say

if TYPE_CHECKING:
    from bilat.brief.facts.potential import PotentialFacts, Told
    from bilat.potential.opportunities import Direction
    from bilat.potential.second_opinion import SecondOpinion
    from bilat.potential.world import PairWorld, WorldExports
    from bilat.warehouse import Warehouse

FILE = click.Path(path_type=Path, dir_okay=False)
QUALITY_YEARS = 10
AUTHOR = "bilat potential"


@click.command(
    "potential", help=_("Where trade can grow: products by unrealised potential, and why.")
)
@click.argument("first", type=Country())
@click.argument("second", type=Country())
@warehouse_option
@dataset_option
@year_option
@digits_option
@names_option
@concordance_option
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help=_("Products of each direction."),
)
@click.option("--sector", metavar="NAME", help=_("Products of one sector of the programme only."))
@click.option("--sectors", "listed", is_flag=True, help=_("List the sectors, and end."))
@click.option("--product", metavar="CODE", help=_("The product to explain."))
@click.option("--explain", is_flag=True, help=_("Why the product of --product is an opportunity."))
@click.option("--quality", "asks_quality", is_flag=True, help=_("How good growth is, by year."))
@click.option("--draft", metavar="CODE", help=_("The opportunity as a draft commitment, in YAML."))
@click.option(
    "--from", "exporter", type=Country(), help=_("The exporter of the draft, if not the first.")
)
@click.option(
    "--programme",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Programme folder of the pair, for the draft."),
)
@click.option("--add", is_flag=True, help=_("Write the draft into the folder of --programme."))
@click.option("--author", default=AUTHOR, help=_("Who assumes what the draft says."))
@click.option("--growth", type=FILE, help=_("CSV: country, supply, demand; 1.1 is a tenth more."))
@click.option("--tariffs", type=FILE, help=_("CSV: exporter, importer, code, rate, mfn; per cent."))
@click.option(
    "--seed", type=int, default=0, show_default=True, help=_("The same seed, the same intervals.")
)
@second_opinion_option
@as_of_option
@lang_option
@document_options(FORMATS, ("xlsx", "html"))
def command(
    first: str,
    second: str,
    as_of: datetime | None,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    *,
    listed: bool,
    **asked: Any,
) -> None:
    words = Words(lang or reader_language())
    if listed:
        _list(words)
        return
    _check(first, second, **asked)
    study = _Study((first, second), day_of(as_of), **asked)
    if asked["draft"]:
        _draft(study, words)
        return
    _show(study.facts(), words, out, formats)


def _check(first: str, second: str, **asked: Any) -> None:
    if first == second:
        raise click.UsageError(_("name two different countries"))
    if asked["address"] is None:
        raise click.UsageError(_("name the warehouse with the world’s trade: --warehouse PATH"))
    if asked["explain"] != bool(asked["product"]):
        raise click.UsageError(_("--product and --explain go together"))
    if asked["add"] and not (asked["draft"] and asked["programme"]):
        raise click.UsageError(_("--add needs --draft and --programme"))
    exporter = asked["exporter"]
    if exporter and exporter not in (first, second):
        raise click.UsageError(_("--from is one of {pair}", pair=f"{first}, {second}"))
    check_second_opinion(**asked)
    for name in ("product", "draft"):
        code = asked[name]
        if code and not (code.isdigit() and len(code) in (2, 4, 6)):
            raise click.UsageError(
                _("“{code}” is no product; write 2, 4 or 6 digits of the code", code=code)
            )


class _Study:
    """What the options ask of the warehouse, read when it is needed."""

    def __init__(self, sides: tuple[str, str], day: date, **asked: Any) -> None:
        from bilat.warehouse import Warehouse

        self.sides, self.day, self.asked = sides, day, asked
        self.warehouse: Warehouse = Warehouse(asked["address"])
        code = asked["product"] or asked["draft"]
        self.digits = len(code) if code else int(asked["digits"])
        self.names = names_of(asked["names"])
        self.concordance = concordance_of(asked["concordance"])

    def world(self, window: int) -> PairWorld:
        from bilat.potential.world import read_pair

        return read_pair(
            self.warehouse,
            self.sides,
            as_of=self.day,
            dataset=self.asked["dataset"],
            year=self.asked["year"],
            digits=self.digits,
            window=window,
            concordance=self.concordance,
        )

    def exports(self, world: PairWorld) -> WorldExports:
        from bilat.potential.world import read_exports

        return read_exports(
            self.warehouse,
            as_of=self.day,
            dataset=world.span.dataset,
            year=world.year,
            digits=self.digits,
            like=world,
        )

    def gravity(self, world: PairWorld) -> SecondOpinion | None:
        """What a gravity equation expects of the pair, where it was asked for."""
        if not self.asked["asks_gravity"]:
            return None
        from bilat.potential.flows import read_flows
        from bilat.potential.second_opinion import CHAPTER, read_covariates, second_opinion

        pairs = self.asked["pairs"]
        covariates = read_covariates(pairs, self.asked["covariates"]) if pairs else None
        flows = read_flows(self.warehouse, world.span, years=world.years, digits=CHAPTER)
        return second_opinion(flows, self.sides, covariates)

    def found(
        self, world: PairWorld, exports: WorldExports, gravity: SecondOpinion | None = None
    ) -> Sequence[Direction]:
        import numpy as np

        from bilat.potential.opportunities import Stated, find
        from bilat.potential.stated import read_growth, read_tariffs

        growth, tariffs = self.asked["growth"], self.asked["tariffs"]
        stated = Stated(
            read_growth(growth) if growth else {}, read_tariffs(tariffs) if tariffs else None
        )
        rng = np.random.default_rng(self.asked["seed"])
        return find(world, exports, stated=stated, residuals=gravity, rng=rng)

    def told(self, gravity: SecondOpinion | None = None) -> Told:
        from bilat.brief.facts.potential import Told

        files = [self.asked[name] for name in ("growth", "tariffs", "pairs")]
        growth, tariffs, pairs = (file.name if file else "" for file in files)
        return Told(True, growth, tariffs, self.names, gravity, pairs)

    def facts(self) -> PotentialFacts:
        from bilat.brief.facts.potential import potential_facts, quality_facts, why_facts
        from bilat.potential.quality import quality
        from bilat.potential.sectors import sector_of
        from bilat.potential.why import explain, untraded
        from bilat.potential.world import WINDOW

        sector = sector_of(self.asked["sector"]) if self.asked["sector"] else None
        if self.asked["asks_quality"]:
            world = self.world(QUALITY_YEARS)
            return quality_facts(
                world, quality(self.warehouse, world, self.exports(world)), self.told()
            )
        world = self.world(WINDOW)
        exports = self.exports(world)
        gravity = self.gravity(world)
        directions = self.found(world, exports, gravity)
        product = self.asked["product"]
        if product:
            every = [explain(self.warehouse, world, exports, one, product) for one in directions]
            whys = [why for why in every if why]
            if not whys:
                raise untraded(product, world)
            return why_facts(world, whys, product, self.told(gravity))
        top = self.asked["top"]
        told = self.told(gravity)
        return potential_facts(world, directions, told, top=top, sector=sector)


def _show(facts: PotentialFacts, words: Words, out: Path | None, formats: tuple[str, ...]) -> None:
    from rich.console import Console

    from bilat.brief.formats.potential import PotentialOutput
    from bilat.brief.publish import publish
    from bilat.brief.terminal import show_story

    output = PotentialOutput(facts, words)
    show_story(output, Console(highlight=False))
    if out:
        for path in publish(output, out, formats).files:
            click.echo(path)


def _draft(study: _Study, words: Words) -> None:
    """YAML on standard output; written into the programme with --add."""
    from bilat.potential.draft import add, as_yaml, draft, indicator_of, open_programme
    from bilat.potential.why import untraded
    from bilat.potential.world import WINDOW

    asked = study.asked
    folder, code = asked["programme"], asked["draft"]
    programme = open_programme(folder, study.sides) if folder else None
    world = study.world(WINDOW)
    directions = study.found(world, study.exports(world))
    exporter = asked["exporter"] or study.sides[0]
    direction = next(one for one in directions if one.exporter == exporter)
    one = direction.of(code)
    if one is None:
        raise untraded(code, world)
    commitment = draft(
        world,
        direction,
        one,
        name=study.names.get(code, ""),
        indicator=indicator_of(programme, exporter) if programme else f"exports-{exporter.lower()}",
        author=asked["author"],
        as_of=study.day,
    )
    click.echo(as_yaml(commitment), nl=False)
    if asked["add"] and programme:
        for path in add(programme, commitment, folder):
            click.echo(words(say("written: {file}", file=str(path))), err=True)
    elif not programme:
        note = say("The indicator’s id is a guess: put that of your programme, or name --programme")
        click.echo(words(note), err=True)


def _list(words: Words) -> None:
    from bilat.potential.sectors import sectors

    for one in sectors():
        kind = say("what one side makes") if one.meant == "supply" else say("what one side needs")
        click.echo(f"{words.show(one.title)} ({words(kind)})")
        for group in one.groups:
            click.echo(f"    {', '.join(group.codes)}: {words.show(group.reason)}")
