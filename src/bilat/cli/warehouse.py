"""``bilat warehouse``: what is kept, how it came there, and the upkeep of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal, cast

import click

from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Message, Words, say, say_many
from bilat.warehouse import Commit, Status, Warehouse

ADDRESS = click.argument("address", metavar="WAREHOUSE")


@click.group("warehouse", help=_("The statistics that were loaded, with their vintages."))
def command() -> None:
    pass


@command.command("status", help=_("Datasets, vintages, rows, files and bytes."))
@ADDRESS
def status(address: str) -> None:
    words = Words(reader_language(), short_dates=True)
    _print_status(Warehouse(address).status(), words)


@command.command("history", help=_("Every load and compaction, the newest first."))
@ADDRESS
def history(address: str) -> None:
    words = Words(reader_language(), short_dates=True)
    headings = [say("version"), say("when, UTC"), say("what"), say("dataset"), say("vintage")]
    rows = [_history_row(commit) for commit in Warehouse(address).history()]
    _table([*headings, say("rows")], rows, words)


def _history_row(commit: Commit) -> list[Any]:
    when = f"{commit.when:%Y-%m-%d %H:%M:%S}"
    rows = commit.rows if commit.hashes else ""
    return [str(commit.version), when, commit.operation, commit.dataset, commit.vintage, rows]


@command.command("compact", help=_("Merge the files of many loads; answers stay the same."))
@ADDRESS
@click.option(
    "--keep-days",
    type=click.IntRange(min=0),
    default=7,
    show_default=True,
    help=_("Delete merged files after so many days; until then, readers may have them open."),
)
def compact(address: str, keep_days: int) -> None:
    done = Warehouse(address).compact(keep_days=keep_days)
    _say(
        say(
            "Files before: {before}; after: {after}; old ones deleted: {deleted}",
            before=done.files_before,
            after=done.files_after,
            deleted=done.deleted,
        )
    )


@command.command("verify", help=_("Read everything and compare it with what the log says."))
@ADDRESS
@click.pass_context
def verify(context: click.Context, address: str) -> None:
    from bilat.cli.problems import print_problems

    found = Warehouse(address).verify()
    print_problems(found.problems, Words(reader_language()))
    _say(
        say(
            "Read: files: {files}; rows: {rows}; commits: {commits}",
            files=found.files,
            rows=found.rows,
            commits=found.commits,
        )
    )
    errors = sum(problem.severity == "error" for problem in found.problems)
    if errors:
        _say(say_many("{n} error", "{n} errors", n=errors))
        context.exit(2)
    _say(say("Everything is as it was written"))


@command.command("export", help=_("Write all rows into one file, Parquet or CSV by its name."))
@ADDRESS
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help=_("Of each number only the vintage that was known on this day; all by default."),
)
def export(address: str, file: Path, as_of: datetime | None) -> None:
    kind = file.suffix.lstrip(".").lower()
    if kind not in ("parquet", "csv"):
        message = say("“{name}” must end in .parquet or .csv", name=file.name)
        raise click.BadParameter(Words(reader_language())(message), param_hint="FILE")
    day = as_of.date() if as_of else None
    format = cast("Literal['parquet', 'csv']", kind)  # noqa: A001 (the word users say)
    rows = Warehouse(address).export(file, format, as_of=day)
    _say(say_many("{n} row in {file}", "{n} rows in {file}", n=rows, file=str(file)))


def _say(message: Message) -> None:
    click.echo(Words(reader_language())(message))


def _print_status(status: Status, words: Words) -> None:
    _say(
        say(
            "{address}: version {version}; rows: {rows}; files: {files}; {size} MB",
            address=status.address,
            version=status.version,
            rows=status.rows,
            files=status.files,
            size=round(status.size / 1e6, 1),
        )
    )
    headings = [say("dataset"), say("rows"), say("reporters"), say("periods"), say("vintages")]
    rows = [
        [
            one.dataset,
            one.rows,
            one.reporters,
            f"{one.first_start:%Y-%m} – {one.last_start:%Y-%m}",
            f"{one.vintages}: {one.first_vintage} – {one.last_vintage}",
        ]
        for one in status.datasets
    ]
    if rows:
        _table(headings, rows, words)


def _table(headings: list[Message], rows: list[list[Any]], words: Words) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for number, heading in enumerate(headings):
        numeric = any(isinstance(row[number], int) for row in rows)
        table.add_column(words(heading), justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(words.show(cell) for cell in row))
    Console(highlight=False, markup=False).print(table)
