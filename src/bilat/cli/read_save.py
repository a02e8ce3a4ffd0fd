"""Readings put into the folder for review, and what a text read again says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from bilat.language import Words, say, say_many
from bilat.reading import telling
from bilat.reading.again import read_again
from bilat.reading.desk import Read
from bilat.reading.kept import Kept, first_reading, free_name, save_kept


def keep(read: Read, folder: Path, side: str | None, words: Words) -> None:
    """Keep text and proposals; of a text that was kept before, say what is read otherwise."""
    name, known = free_name(folder, read.opened.original)
    if known:
        kept = read_again(known, read.reading)
    else:
        kept = first_reading(read.opened, read.reading, name=name, side=side)
    path = save_kept(kept, folder)
    told = say_many(
        "{folder}: {n} proposal to review",
        "{folder}: {n} proposals to review",
        n=len(kept.open),
        folder=str(path),
    )
    click.echo(words(told), err=True)
    for line in _changes(known, kept, words) if known else ():
        click.echo(line, err=True)


def _changes(before: Kept, now: Kept, words: Words) -> Iterator[str]:
    """What these rules read otherwise than those before."""
    if len(now.passes) == len(before.passes):
        yield words(say("  as it was read before"))
        return
    step = now.passes[-1]
    for proposal_id in step.added:
        yield "  + " + _line(now, proposal_id, words)
    for old, new in step.changed:
        yield "  ~ " + _line(before, old, words)
        if now.find(new):
            yield "    → " + _line(now, new, words)
        else:
            yield words(say("    read otherwise now; it was decided, and stays"))
    for proposal_id in step.gone:
        yield "  − " + _line(before, proposal_id, words)


def _line(kept: Kept, proposal_id: str, words: Words) -> str:
    item = kept.find(proposal_id)
    if item is None:
        return proposal_id
    kind = words(telling.KINDS[item.proposal.kind])
    return f"{proposal_id}  {kind}: {telling.one_line(telling.headline(item.proposal, words))}"
