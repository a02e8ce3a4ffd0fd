"""``bilat new``: a folder to start from."""

from __future__ import annotations

from pathlib import Path

import click

from bilat.cli.options import day_of
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say
from bilat.programme import scaffold
from bilat.vocabulary import is_country


def _country(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    code = value.upper()
    if not is_country(code):
        message = say("“{code}” is not a country code of ISO 3166 (three letters)", code=value)
        raise click.BadParameter(Words(reader_language())(message))
    return code


@click.command(
    "new", help=_("Start a commented programme folder for two countries (ISO codes: KAZ UZB).")
)
@click.argument("first", callback=_country)
@click.argument("second", callback=_country)
@click.argument("folder", type=click.Path(path_type=Path))
def command(first: str, second: str, folder: Path) -> None:
    words = Words(reader_language())
    if first == second:
        raise click.UsageError(words(say("A programme has two different parties")))
    files = scaffold(first, second, folder, as_of=day_of(None))
    for path in files:
        click.echo(path)
    click.echo(
        words(say("Next: fill in programme.yaml, then: bilat check {folder}", folder=str(folder)))
    )
