"""What both commands of ``bilat gravity`` take and how they show what they found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bilat.cli.words import translate as _

if TYPE_CHECKING:
    from bilat.brief.formats.analysis import AnalysisOutput
    from bilat.potential.baseline import Names

FORMATS = ("json", "csv", "xlsx", "html", "docx", "pdf", "parquet", "png")
FILE = click.Path(path_type=Path, dir_okay=False)

_columns = (
    click.option(
        "--trade", default="trade", show_default=True, metavar="COLUMN", help=_("What is traded.")
    ),
    click.option(
        "--exporter", default="exporter", show_default=True, metavar="COLUMN", help=_("Who sells.")
    ),
    click.option(
        "--importer", default="importer", show_default=True, metavar="COLUMN", help=_("Who buys.")
    ),
)


def column_options(function: Any) -> Any:
    for option in reversed(_columns):
        function = option(function)
    return function


def names_of_columns(**columns: str) -> Names:
    from bilat.potential.baseline import Names

    return Names(**columns)


def show(output: AnalysisOutput[Any], out: Path | None, formats: tuple[str, ...]) -> None:
    """Print it, and write the documents where a folder is given."""
    from rich.console import Console

    from bilat.brief.publish import publish
    from bilat.brief.terminal import show_story

    show_story(output, Console(highlight=False))
    if out:
        for path in publish(output, out, formats).files:
            click.echo(path)
