"""``bilat check``: what is wrong in a programme folder."""

from __future__ import annotations

from pathlib import Path

import click

from bilat.cli.problems import print_problems
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say_many
from bilat.programme import Loaded, load


@click.command(
    "check", help=_("Check a programme folder: every problem, with file, line and remedy.")
)
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    words = Words(reader_language())
    loaded = load(folder)
    print_problems(loaded.problems, words)
    click.echo(_summary(loaded, words))
    return 2 if loaded.errors else 0


def _summary(loaded: Loaded, words: Words) -> str:
    errors, warnings = len(loaded.errors), len(loaded.problems) - len(loaded.errors)
    records = sum(1 for _record in loaded.programme.records()) if loaded.programme else 0
    parts = [
        say_many("{n} record", "{n} records", n=records),
        say_many("{n} error", "{n} errors", n=errors),
        say_many("{n} warning", "{n} warnings", n=warnings),
    ]
    return f"{loaded.folder}: " + ", ".join(words(part) for part in parts)
