"""``bilat trade``: what the analyst asks of both sides' numbers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bilat.brief import make_brief
from bilat.brief.formats import Output
from bilat.brief.publish import publish
from bilat.brief.story.analysis import tell_trade
from bilat.cli.options import (
    as_of_option,
    day_of,
    document_options,
    lang_option,
    read_warehouse,
    statistics_options,
)
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words
from bilat.programme import open_programme
from bilat.register import seen_by

SHOWN = 12
FORMATS = ("xlsx", "csv", "parquet", "html", "docx", "pdf", "png")


@click.command(
    "trade", help=_("Growth by side, both reports of each direction, and why they differ.")
)
@click.argument("folder", type=click.Path(path_type=Path))
@statistics_options
@as_of_option
@lang_option
@document_options(FORMATS, ("xlsx",))
def command(
    folder: Path,
    as_of: datetime | None,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    **asked: Any,
) -> None:
    words = Words(lang or reader_language())
    programme = seen_by(open_programme(folder))
    day = day_of(as_of)
    statistics = read_warehouse(folder, programme.sides, day, **asked)
    brief = make_brief(programme, as_of=day, statistics=statistics)
    output = Output(programme, brief, words, "trade", tell_trade(brief))
    _print(output)
    if out:
        for path in publish(output, out, formats).files:
            click.echo(path)


def _print(output: Output) -> None:
    from rich.console import Console

    from bilat.brief.terminal import show_tables

    show_tables(output, Console(highlight=False), SHOWN)
