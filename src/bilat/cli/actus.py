"""``bilat actus``: contracts run and compared with the events that are expected of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.finance.actus.layout import Case, read_cases
from bilat.finance.actus.reading import meant
from bilat.finance.actus.reference import Comparison, Difference, compare
from bilat.language import Message, Words, say, say_many


@click.command(
    "actus", help=_("Run reference contracts in the ACTUS test layout, and list every difference.")
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> int:
    words = Words(reader_language())
    cases = [(name, case) for path in files for name, case in read_cases(path).items()]
    compared = [compare(name, case) for name, case in _progress(cases)]
    for one in compared:
        _tell(one, words)
    click.echo(_summary(compared, words))
    return 0 if all(one.equal for one in compared) else 1


def _progress(cases: list[tuple[str, Case]]) -> Iterable[tuple[str, Case]]:
    """The cases, with a bar on a terminal."""
    if not sys.stderr.isatty():
        return cases
    return _bar(cases)


def _bar(cases: list[tuple[str, Case]]) -> Iterator[tuple[str, Case]]:
    from rich.console import Console
    from rich.progress import track

    yield from track(cases, _("Contracts"), console=Console(stderr=True), transient=True)


def _tell(one: Comparison, words: Words) -> None:
    """What is wrong, one line each; what is merely not used goes to the side."""
    if one.problem:
        click.echo(words(one.problem))
    for difference in one.differences:
        click.echo(words(_line(difference)))
    for term in one.unknown:
        click.echo(words(_unknown(one.contract, term)), err=True)


def _line(one: Difference) -> Message:
    return say(
        "{contract}: {event}: {term}: expected {expected}, found {found}",
        contract=one.contract,
        event=one.event,
        term=one.term,
        expected=one.expected,
        found=one.found,
    )


def _unknown(contract: str, term: str) -> Message:
    like = meant(term)
    if like:
        return say(
            "{contract}: no term is called {term}; it is not used. {like} was meant?",
            contract=contract,
            term=term,
            like=like,
        )
    return say("{contract}: no term is called {term}; it is not used", contract=contract, term=term)


def _summary(compared: list[Comparison], words: Words) -> str:
    equal = sum(one.equal for one in compared)
    events = sum(one.events for one in compared)
    contracts = say_many("{n} contract", "{n} contracts", n=len(compared))
    return words(
        say(
            "{contracts}, events expected of them: {events}; {equal} equal in every event, "
            "{other} not",
            contracts=contracts,
            events=events,
            equal=equal,
            other=len(compared) - equal,
        )
    )
