"""``bilat load``: statistics files into the warehouse, each in one commit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import click

from bilat.cli.problems import print_problems
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.errors import Problem
from bilat.language import Message, Words, say, say_many
from bilat.sources import read, read_rates
from bilat.warehouse import Loaded, Warehouse


@click.command("load", help=_("Load statistics files into the warehouse."))
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--dataset", required=True, metavar="ID", help=_("The dataset that they belong to."))
@click.option(
    "--vintage",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help=_("The day on which this version was published."),
)
@click.option(
    "--warehouse",
    "address",
    default="warehouse",
    show_default=True,
    metavar="PATH",
    help=_("Where the warehouse is; it is made if there is none."),
)
@click.option(
    "--rates",
    "rates_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=_("CSV of currency, period, per_dollar: for values that are not in dollars."),
)
@click.option("--strict", is_flag=True, help=_("Load nothing if any file has any problem."))
@click.pass_context
def command(
    context: click.Context,
    files: tuple[Path, ...],
    dataset: str,
    vintage: datetime,
    address: str,
    rates_file: Path | None,
    strict: bool,
) -> None:
    warehouse, words = Warehouse(address), Words(reader_language())
    how = {"vintage": vintage.date(), "rates": rates_file and read_rates(rates_file)}
    if strict and (found := _problems(files, dataset, how)):
        print_problems(found, words)
        _echo(words, say_many("{n} problem", "{n} problems", n=len(found)))
        _echo(words, say("Nothing was loaded, because of --strict"))
        context.exit(2)
    with _progress(len(files)) as progress:
        for path in files:
            progress.begin(path.name)
            problems, loaded = _load(path, dataset, how, warehouse)
            progress.print(words, problems, _told(path, problems, loaded))


def _problems(files: Sequence[Path], dataset: str, how: dict[str, Any]) -> list[Problem]:
    """All problems of all files, before anything is loaded."""
    return [problem for path in files for problem in read(path, dataset, **how).problems]


def _load(
    path: Path, dataset: str, how: dict[str, Any], warehouse: Warehouse
) -> tuple[Sequence[Problem], Loaded]:
    found = read(path, dataset, **how)
    return found.problems, warehouse.load(
        found.reports, content_hash=_content(path, dataset, how["vintage"])
    )


def _content(path: Path, dataset: str, day: date) -> str:
    """What makes a load the same: the bytes of the file, under this dataset and vintage."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{dataset} {day} {digest}"


def _told(path: Path, problems: Sequence[Problem], loaded: Loaded) -> Message:
    if loaded.already:
        return say("{file}: loaded before, nothing added", file=path.name)
    if not problems and not loaded.known:
        return say_many(
            "{file}: {n} row loaded", "{file}: {n} rows loaded", n=loaded.rows, file=path.name
        )
    return say(
        "{file}: rows loaded: {rows}; there already: {known}; problems: {problems}",
        file=path.name,
        rows=loaded.rows,
        known=loaded.known,
        problems=len(problems),
    )


def _echo(words: Words, message: Message) -> None:
    click.echo(words(message), err=True)


class _progress:  # noqa: N801 (used like a function)
    """A bar for several files on a terminal; lines are printed above it."""

    def __init__(self, files: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()]
        console = Console(stderr=True)
        self._bar = Progress(*columns, console=console, transient=True, disable=files < 2)
        self._task = self._bar.add_task("", total=files)
        self._first = True

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def begin(self, name: str) -> None:
        self._bar.update(self._task, description=name, advance=0 if self._first else 1)
        self._first = False

    def print(self, words: Words, problems: Sequence[Problem], message: Message) -> None:
        if problems:
            print_problems(problems, words)
        click.echo(words(message))
