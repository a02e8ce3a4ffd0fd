"""``bilat verify``: is an exported register whole, and if not, where is its first break."""

from __future__ import annotations

from pathlib import Path

import click

from bilat.cli.problems import print_problems
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Message, Words, say, say_many
from bilat.register.verify import Break, Verified, verify


@click.command(
    "verify",
    help=_(
        "Recompute an exported register from FOLDER alone: every signature, the chain, the keys "
        "and the records. Exit status 1 at a break."
    ),
)
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    words = Words(reader_language())
    found = verify(folder)
    if isinstance(found, Break):
        print_problems([found.problem], words)
        whole = say_many(
            "{n} entry before it is whole.", "{n} entries before it are whole.", n=found.entries
        )
        click.echo(words(whole))
        return 1
    for line in _told(found):
        click.echo(words(line))
    return 0


def _told(found: Verified) -> list[Message]:
    lines = [
        say_many("{n} entry, whole.", "{n} entries, all whole.", n=found.entries),
        say_many("{n} record stands.", "{n} records stand.", n=found.records),
        say("Register {id}", id=found.register),
        say("Head     {id}", id=found.head),
        *(
            say("{side} has confirmed entry {place}.", side=side, place=place)
            for side, place in found.confirmed.items()
        ),
    ]
    if found.solo_entries:
        solo = say_many(
            "Solo: {n} entry was made by one office with both keys.",
            "Solo: {n} entries were made by one office with both keys.",
            n=found.solo_entries,
        )
        lines.append(solo)
    return lines
