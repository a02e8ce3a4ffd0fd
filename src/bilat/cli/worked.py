"""``bilat worked``: did a measure work, or would trade have grown anyway?"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bilat.cli.gravity_options import FORMATS, show
from bilat.cli.options import WAREHOUSE, as_of_option, day_of, document_options, lang_option
from bilat.cli.potential_options import Country
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words

if TYPE_CHECKING:
    from bilat.brief.facts.worked import WorkedFacts
    from bilat.potential.measures_in_force import Wished
    from bilat.programme import Programme

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("worked", help=_("Did a measure work? Its trade against a control without it."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--measure", required=True, metavar="ID", help=_("A commitment or project."))
@click.option(
    "--warehouse",
    "address",
    metavar="PATH",
    help=_("The warehouse with the exporter’s trade; the folder’s own by default."),
)
@click.option("--dataset", metavar="ID", help=_("Dataset of the warehouse."))
@click.option(
    "--panel", type=FILE, help=_("CSV or Parquet: exporter, importer, year, value_usd, product.")
)
@click.option("--start", type=int, metavar="YEAR", help=_("The first year that counts as since."))
@click.option(
    "--product",
    "products",
    multiple=True,
    metavar="CODE",
    help=_("Products instead of the measure’s own: 2, 4 or 6 digits."),
)
@click.option("--all-products", is_flag=True, help=_("All goods instead of the measure’s own."))
@click.option("--exporter", type=Country(), help=_("One direction only."))
@as_of_option
@lang_option
@document_options(FORMATS, ("xlsx", "html"))
def command(
    folder: Path,
    as_of: datetime | None,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    *,
    measure: str,
    products: tuple[str, ...],
    all_products: bool,
    exporter: str | None,
    start: int | None,
    **data: Any,
) -> None:
    from bilat.brief.formats.analysis import AnalysisOutput
    from bilat.brief.story.worked import tell_worked
    from bilat.potential.measures_in_force import Wished
    from bilat.programme import open_programme
    from bilat.register import seen_by

    programme = seen_by(open_programme(folder))
    _check(programme, folder, products, exporter, all_products=all_products, **data)
    wished = Wished(exporter, () if all_products else products or None, start)
    facts = _facts(programme, folder, measure, day_of(as_of), wished, **data)
    words = Words(lang or reader_language())
    name = f"{programme.id}-worked-{facts.measure}-{facts.as_of}".lower()
    show(AnalysisOutput(facts, words, name, tell_worked, _drawings), out, formats)


def _check(
    programme: Programme,
    folder: Path,
    products: tuple[str, ...],
    exporter: str | None,
    *,
    all_products: bool,
    address: str | None,
    dataset: str | None,
    panel: Path | None,
) -> None:
    if products and all_products:
        raise click.UsageError(_("--product and --all-products exclude each other"))
    for code in products:
        if not (code.isdigit() and len(code) in (2, 4, 6)):
            raise click.UsageError(
                _("“{code}” is no product; write 2, 4 or 6 digits of the code", code=code)
            )
    if exporter and exporter not in programme.sides:
        raise click.UsageError(_("--exporter is one of {pair}", pair=", ".join(programme.sides)))
    if panel and (address or dataset):
        raise click.UsageError(_("--panel and --warehouse exclude each other"))
    if not panel and address is None and not (folder / WAREHOUSE).is_dir():
        raise click.UsageError(_("name where the trade is: --warehouse PATH, or --panel FILE"))


def _facts(
    programme: Programme,
    folder: Path,
    name: str,
    day: date,
    wished: Wished,
    *,
    address: str | None,
    dataset: str | None,
    panel: Path | None,
) -> WorkedFacts:
    from bilat.brief.facts.worked_read import worked_from_file, worked_from_warehouse
    from bilat.potential.measures_in_force import measure_in_force
    from bilat.warehouse import Warehouse

    measure = measure_in_force(programme, name, day, wished)
    if panel is not None:
        return worked_from_file(measure, programme.sides, panel, day)
    warehouse = Warehouse(address or str(folder / WAREHOUSE))
    return worked_from_warehouse(measure, programme.sides, warehouse, day, dataset)


def _drawings() -> dict[str, Any]:
    from bilat.brief.charts.worked import control_chart

    return {"control": control_chart}
