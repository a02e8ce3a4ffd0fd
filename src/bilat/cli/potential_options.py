"""Options that ``bilat potential`` and ``bilat complexity`` share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bilat.cli.words import translate as _
from bilat.vocabulary import is_country

if TYPE_CHECKING:
    from bilat.sources import Concordance

FORMATS = ("xlsx", "csv", "html", "json", "png", "docx", "pdf", "parquet")

warehouse_option = click.option(
    "--warehouse", "address", metavar="PATH", help=_("The warehouse with the world’s trade.")
)
dataset_option = click.option(
    "--dataset",
    metavar="ID",
    help=_("Dataset of the warehouse; by default one made of both reports, else the latest."),
)
year_option = click.option(
    "--year", type=int, help=_("The last year told; the latest complete one by default.")
)
digits_option = click.option(
    "--digits",
    type=click.Choice(["2", "4", "6"]),
    default="6",
    show_default=True,
    help=_("Length of the product codes."),
)
names_option = click.option(
    "--names",
    type=click.Path(path_type=Path),
    help=_("CSV or Parquet with code and description: what the products are called."),
)
concordance_option = click.option(
    "--concordance",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("CSV: the UN’s correlation tables, where reports are in several editions of the HS."),
)

second_opinion_options = (
    click.option(
        "--second-opinion",
        "asks_gravity",
        is_flag=True,
        help=_("Also what a gravity equation expects of the pair, from everyone else’s trade."),
    ),
    click.option(
        "--pairs",
        type=click.Path(path_type=Path, dir_okay=False),
        help=_("CSV: origin, destination, perhaps year, and the columns of --x."),
    ),
    click.option(
        "--x",
        "covariates",
        multiple=True,
        metavar="COLUMN[:log]",
        help=_("A column of --pairs that gravity uses, or its logarithm; several times."),
    ),
)


def second_opinion_option(function: Any) -> Any:
    """--second-opinion, and what gravity is told of pairs."""
    for option in reversed(second_opinion_options):
        function = option(function)
    return function


def check_second_opinion(**asked: Any) -> None:
    if bool(asked["pairs"]) != bool(asked["covariates"]):
        raise click.UsageError(_("--pairs and --x go together"))
    if asked["pairs"] and not asked["asks_gravity"]:
        raise click.UsageError(_("--pairs is for --second-opinion: give both"))
    others = [name for name in ("asks_quality", "draft") if asked[name]]
    if asked["asks_gravity"] and others:
        raise click.UsageError(_("--second-opinion is not for --quality or --draft"))


class Country(click.ParamType[str]):
    """An ISO 3166 alpha-3 code, in any case."""

    name = "country"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "CODE"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        code = str(value).upper()
        if not is_country(code):
            self.fail(
                _("“{code}” is not a country code of ISO 3166 (three letters)", code=value),
                param,
                ctx,
            )
        return code


def names_of(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    from bilat.trade.nomenclature import read_names

    return read_names(path)


def concordance_of(path: Path | None) -> Concordance | None:
    if path is None:
        return None
    from bilat.sources import read_concordance

    return read_concordance(path)
