"""``bilat load``: statistics files into the warehouse, each in one commit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import click

from bilat.cli.problems import print_problems
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.errors import BilatError, Problem
from bilat.language import Message, Words, say, say_many
from bilat.sources import Rates, Reading, read, read_rates
from bilat.warehouse import Loaded, Warehouse

HELD_BYTES = 1 << 29
"""So much of what --strict has read is held until it is loaded; the rest is read again."""


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
@click.option(
    "--merge/--no-merge",
    default=True,
    show_default=True,
    help=_("Afterwards, merge the files of small loads if many lie apart."),
)
@click.pass_context
def command(
    context: click.Context,
    files: tuple[Path, ...],
    dataset: str,
    vintage: datetime,
    address: str,
    rates_file: Path | None,
    strict: bool,
    merge: bool,
) -> None:
    warehouse, words = Warehouse(address), Words(reader_language())
    how = How(dataset, vintage.date(), read_rates(rates_file) if rates_file else None)
    held: dict[Path, Held] = {}
    if strict and (found := _problems(files, how, held)):
        print_problems(found, words)
        _echo(words, say_many("{n} problem", "{n} problems", n=len(found)))
        _echo(words, say("Nothing was loaded, because of --strict"))
        context.exit(2)
    with _progress(len(files)) as progress:
        for path in files:
            progress.begin(path.name)
            problems, loaded = load_file(path, how, warehouse, held.pop(path, None))
            progress.print(words, problems, _told(path, problems, loaded))
    if merge:
        _merge(warehouse, words)


def _merge(warehouse: Warehouse, words: Words) -> None:
    """Everything is committed before, so whatever happens here costs no row."""
    try:
        if not (loads := warehouse.loose_loads()):
            return
        _echo(
            words,
            say_many(
                "The files of {n} load are merged, so that questions open fewer; "
                "to stop this is safe, --no-merge leaves it out",
                "The files of {n} loads are merged, so that questions open fewer; "
                "to stop this is safe, --no-merge leaves it out",
                n=loads,
            ),
        )
        done = warehouse.merge_loose()
        told = say(
            "Files before: {before}; after: {after}; old ones deleted: {deleted}",
            before=done.files_before,
            after=done.files_after,
            deleted=done.deleted,
        )
        _echo(words, told)
    except BilatError as error:
        _echo(words, say("Not merged; what was loaded is whole. {why}", why=error.message))


@dataclass(frozen=True)
class How:
    """As what a file is read and loaded."""

    dataset: str
    vintage: date
    rates: Rates | None = None


@dataclass(frozen=True)
class Held:
    """A file that was read: its rows and problems, and the name of its content."""

    reading: Reading
    content: str


def _problems(files: Iterable[Path], how: How, held: dict[Path, Held]) -> list[Problem]:
    """All problems of all files, before anything is loaded; what fits into memory is held."""
    problems: list[Problem] = []
    room = HELD_BYTES
    for path in files:
        file = _read(path, how)
        problems += file.reading.problems
        room -= file.reading.coded.get_total_buffer_size()
        if room > 0:
            held[path] = file
    return problems


def load_file(
    path: Path, how: How, warehouse: Warehouse, held: Held | None = None
) -> tuple[Sequence[Problem], Loaded]:
    """Read a file, unless it is held, and load it in one commit."""
    file = held or _read(path, how)
    loaded = warehouse.load(file.reading.coded, content_hash=file.content)
    return file.reading.problems, loaded


def _read(path: Path, how: How) -> Held:
    with ThreadPoolExecutor(1) as meanwhile:
        content = meanwhile.submit(_content, path, how)
        reading = read(path, how.dataset, vintage=how.vintage, rates=how.rates)
        return Held(reading, content.result())


def _content(path: Path, how: How) -> str:
    """What makes a load the same: the bytes of the file, under this dataset and vintage."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{how.dataset} {how.vintage} {digest}"


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
