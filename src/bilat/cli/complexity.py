"""``bilat complexity``: how complex countries and products are, and what lies nearest to one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from bilat.cli.options import as_of_option, day_of, document_options, lang_option
from bilat.cli.potential_options import (
    FORMATS,
    Country,
    concordance_of,
    concordance_option,
    dataset_option,
    digits_option,
    names_of,
    names_option,
    warehouse_option,
)
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words


@click.command(
    "complexity", help=_("How complex countries and products are, and what lies near a country.")
)
@warehouse_option
@dataset_option
@click.option("--year", type=int, help=_("Year of the exports; the latest one by default."))
@digits_option
@names_option
@concordance_option
@click.option("--countries", is_flag=True, help=_("Every country; the default."))
@click.option("--products", is_flag=True, help=_("Every product."))
@click.option(
    "--country",
    type=Country(),
    help=_("The nearest products that this country lacks, by density and complexity."),
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help=_("How many products of --country."),
)
@as_of_option
@lang_option
@document_options(FORMATS, ("xlsx", "html"))
def command(
    address: str | None,
    dataset: str | None,
    year: int | None,
    digits: str,
    names: Path | None,
    concordance: Path | None,
    country: str | None,
    top: int,
    as_of: datetime | None,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    *,
    countries: bool,
    products: bool,
) -> None:
    if address is None:
        raise click.UsageError(_("name the warehouse with the world’s trade: --warehouse PATH"))
    from rich.console import Console

    from bilat.brief.facts.complexity import complexity_facts
    from bilat.brief.formats.potential import ComplexityOutput
    from bilat.brief.publish import publish
    from bilat.brief.terminal import show_story
    from bilat.potential.world import read_exports
    from bilat.warehouse import Warehouse

    exports = read_exports(
        Warehouse(address),
        as_of=day_of(as_of),
        dataset=dataset,
        year=year,
        digits=int(digits),
        concordance=concordance_of(concordance),
    )
    facts = complexity_facts(
        exports,
        countries=countries or not (products or country),
        products=products,
        of=country,
        top=top,
        names=names_of(names),
    )
    output = ComplexityOutput(facts, Words(lang or reader_language()))
    show_story(output, Console(highlight=False))
    if out:
        for path in publish(output, out, formats).files:
            click.echo(path)
