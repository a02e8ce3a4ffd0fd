"""Options that several commands have, said once; and the day of today, read here only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bilat import LANGUAGES
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say

if TYPE_CHECKING:
    from bilat.trade import PairStatistics

Function = TypeVar("Function", bound=Callable[..., Any])
WAREHOUSE = "warehouse"
"""The folder of a programme in which its warehouse is looked for."""

as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help=_("The day of the brief; nothing later is used. Today by default."),
)
lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help=_("Language of the documents; the terminal's by default."),
)
_statistics_options = (
    click.option(
        "--warehouse",
        "address",
        metavar="PATH",
        help=_("The warehouse with the sides' statistics; the folder's own by default."),
    ),
    click.option(
        "--dataset",
        "datasets",
        metavar="ID",
        multiple=True,
        help=_(
            "Dataset of the warehouse to use; several in the order of preference. By default "
            "each side's own best one."
        ),
    ),
    click.option(
        "--year",
        type=int,
        help=_("Year of the products; the latest complete one by default."),
    ),
    click.option(
        "--digits",
        type=click.Choice(["2", "4", "6"]),
        default="4",
        show_default=True,
        help=_("Length of the product codes."),
    ),
    click.option(
        "--names",
        type=click.Path(path_type=Path),
        help=_("CSV or Parquet with code and description: what the products are called."),
    ),
)


def statistics_options(function: Function) -> Function:
    """Where a warehouse is, and what is asked of it: the arguments of `read_warehouse`."""
    for option in reversed(_statistics_options):
        function = option(function)
    return function


def document_options(
    formats: Sequence[str], default: Sequence[str]
) -> Callable[[Function], Function]:
    """``--out`` and ``--formats`` of a command that prints tables and may write documents."""
    options = (
        click.option(
            "--out",
            type=click.Path(path_type=Path, file_okay=False),
            help=_("Folder for the documents; without it the tables are only printed."),
        ),
        click.option(
            "--formats",
            type=click.Choice(formats),
            multiple=True,
            default=default,
            show_default=True,
            help=_(
                "A format of the documents; may be given several times. csv and parquet: a file a "
                "table; png: a file a chart."
            ),
        ),
    )

    def decorated(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorated


def day_of(as_of: datetime | None) -> date:
    """The day asked for, else the user's today."""
    return as_of.date() if as_of else date.today()  # noqa: DTZ011 (the user's day)


def read_warehouse(
    folder: Path,
    sides: tuple[str, str],
    as_of: date,
    *,
    address: str | None,
    datasets: tuple[str, ...],
    year: int | None,
    digits: str,
    names: Path | None,
) -> PairStatistics | None:
    """What the warehouse named, or else the one in the programme's folder, says of the pair.

    None where neither is there: then what is asked of it would go unheard, and is refused.
    """
    if address is None:
        if not (folder / WAREHOUSE).is_dir():
            _refuse_unheard(datasets=datasets, year=year, names=names)
            return None
        address = str(folder / WAREHOUSE)
    try:
        from bilat.trade.nomenclature import read_names
        from bilat.trade.pair import read_statistics
        from bilat.warehouse import Warehouse
    except ModuleNotFoundError as error:
        message = say(
            "{name} needs {module}. Install it: pip install 'bilat[statistics]'",
            name="--warehouse",
            module=error.name,
        )
        raise click.ClickException(Words(reader_language())(message)) from None
    return read_statistics(
        Warehouse(address),
        sides,
        as_of=as_of,
        datasets=datasets,
        year=year,
        digits=int(digits),
        names=read_names(names) if names else None,
    )


def _refuse_unheard(**asked: Any) -> None:
    for name, value in asked.items():
        if value:
            option = {"datasets": "--dataset"}.get(name, f"--{name}")
            message = say("{option} needs a warehouse: name one with --warehouse", option=option)
            raise click.UsageError(Words(reader_language())(message))
