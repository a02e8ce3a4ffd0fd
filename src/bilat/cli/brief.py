"""``bilat brief``: the documents of a programme, and its essentials on the screen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bilat.brief import make_brief
from bilat.brief.formats import FORMATS, Output
from bilat.brief.publish import Published, publish
from bilat.cli.options import (
    as_of_option,
    day_of,
    lang_option,
    read_warehouse,
    statistics_options,
)
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say
from bilat.programme import Programme, open_programme
from bilat.register import seen_by


def _formats(ctx: click.Context, parameter: click.Parameter, value: str | None) -> list[str]:
    wanted = [name.strip().lower() for name in (value or "").split(",") if name.strip()]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        message = say(
            "unknown format {name}; known are {known}", name=unknown[0], known=", ".join(FORMATS)
        )
        raise click.BadParameter(Words(reader_language())(message))
    return list(dict.fromkeys(wanted))


@click.command("brief", help=_("Write the brief of a programme, and print its essentials."))
@click.argument("folder", type=click.Path(path_type=Path))
@statistics_options
@as_of_option
@lang_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build"),
    show_default=True,
    help=_("Folder for the documents."),
)
@click.option(
    "--formats",
    callback=_formats,
    metavar="LIST",
    help=_("Comma-separated: html,docx,pdf,xlsx,json,ics. All by default."),
)
@click.option(
    "--side",
    metavar="CODE",
    help=_(
        "Include this party's private records: for its own eyes. Joint records only by default."
    ),
)
@click.option("--quiet", is_flag=True, help=_("Write the documents, print only their names."))
def command(
    folder: Path,
    as_of: datetime | None,
    lang: str | None,
    out: Path,
    formats: list[str],
    side: str | None,
    quiet: bool,
    **asked: Any,
) -> None:
    words = Words(lang or reader_language())
    programme = open_programme(folder)
    viewer = _viewer(programme, side, words)
    day = day_of(as_of)
    statistics = read_warehouse(folder, programme.sides, day, **asked)
    brief = make_brief(programme, as_of=day, viewer=viewer, statistics=statistics)
    output = Output(seen_by(programme, viewer), brief, words)
    if not quiet:
        _print(output)
    _report(_published(output, out, formats, quiet), words)


def _viewer(programme: Programme, side: str | None, words: Words) -> str:
    if side is None:
        return "joint"
    if side.upper() not in programme.sides:
        message = say(
            "“{side}” is no party; the parties are {sides}", side=side, sides=programme.sides
        )
        raise click.BadParameter(words(message), param_hint="--side")
    return side.upper()


def _print(output: Output) -> None:
    from rich.console import Console

    from bilat.brief.terminal import show

    show(output, Console(highlight=False))


def _published(output: Output, out: Path, formats: list[str], quiet: bool) -> Published:
    """With a progress bar on a terminal: charts and PDF take some seconds."""
    if quiet:
        return publish(output, out, formats or None)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(formats or FORMATS), completed=-1)

        def begin(name: str) -> None:
            progress.update(task, advance=1, description=name.upper())

        return publish(output, out, formats or None, progress=begin)


def _report(published: Published, words: Words) -> None:
    for path in published.files:
        click.echo(path)
    for name, reason in published.left_out:
        text = words(say("{name} left out: {reason}", name=name.upper(), reason=reason))
        click.echo(text, err=True)
