"""``bilat sources``: the statistics files that can be read, and what one of them holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilat.cli.problems import print_problems
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.errors import Problem
from bilat.language import Message, Words, say, say_many

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.table import Table


@click.command(
    "sources", help=_("List the statistics files that can be read; given a FILE, read it.")
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--dataset",
    metavar="ID",
    help=_("Id of the file's description in the list, or the path of your own YAML file."),
)
@click.option(
    "--vintage",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help=_("The day this version of the file was published."),
)
@click.option(
    "--rates",
    type=click.Path(path_type=Path),
    help=_("CSV with the columns currency, period, per_dollar; for values not in dollars."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Write the tidy table as a Parquet file."),
)
@click.option("--strict", is_flag=True, help=_("Exit with status 2 on any problem."))
def command(
    file: Path | None,
    dataset: str | None,
    vintage: datetime | None,
    rates: Path | None,
    out: Path | None,
    strict: bool,
) -> int:
    words = Words(reader_language())
    if file is None:
        _list(words)
        return 0
    if dataset is None or vintage is None:
        message = say("Name the file's description and its day: --dataset ID --vintage YYYY-MM-DD")
        raise click.UsageError(words(message))
    from bilat.sources import read, read_rates

    day = vintage.date()
    reading = read(file, dataset, vintage=day, rates=read_rates(rates) if rates else None)
    _show(reading.reports, words)
    print_problems(reading.problems, words)
    click.echo(_count(reading.reports.num_rows, reading.problems, words))
    if out is not None:
        _write(reading.reports, out, words)
    return 2 if strict and reading.problems else 0


def _list(words: Words) -> None:
    from rich.console import Console

    from bilat.sources import datasets

    heads = (say("id"), say("what"), say("publisher"), say("licence"))
    table = _table(words, heads)
    for spec in datasets():
        table.add_row(spec.id, spec.title, spec.publisher, spec.licence)
    Console(highlight=False).print(table)


def _show(reports: pa.Table, words: Words) -> None:
    """One line a reporter, flow and length of period."""
    from rich.console import Console

    heads = (
        say("reporter"),
        say("flow"),
        say("months"),
        say("first"),
        say("last"),
        say("rows"),
        say("partners"),
        say("products"),
    )
    table = _table(words, heads)
    for row in _summary(reports):
        table.add_row(*(words.show(cell) for cell in row))
    Console(highlight=False).print(table)


MOST_REPORTERS = 20
"""A file of the whole world has more; together they make one line."""


def _summary(reports: pa.Table) -> list[tuple[object, ...]]:
    import pyarrow.compute as pc

    if len(pc.unique(reports.column("reporter"))) > MOST_REPORTERS:
        import pyarrow as pa

        everyone = pa.repeat(pa.scalar("*"), reports.num_rows)
        at = reports.schema.get_field_index("reporter")
        reports = reports.set_column(at, "reporter", everyone)
    grouped = reports.group_by(["reporter", "flow", "months"]).aggregate(
        [
            ("start", "min"),
            ("start", "max"),
            ("line", "count"),
            ("partner", "count_distinct"),
            ("product", "count_distinct"),
        ]
    )
    rows = sorted(grouped.to_pylist(), key=lambda row: str(list(row.values())[:3]))
    return [_in_order(**row) for row in rows]


def _in_order(
    *, reporter: str, flow: str, months: int, start_min: date, start_max: date, **counts: int
) -> tuple[object, ...]:
    from bilat.sources.periods import span

    first, last = str(span(start_min, months)), str(span(start_max, months))
    return (reporter, flow, months, first, last, *counts.values())


def _table(words: Words, heads: Sequence[Message]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(words(head), overflow="fold")
    return table


def _count(rows: int, problems: Sequence[Problem], words: Words) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    parts = [
        say_many("{n} row", "{n} rows", n=rows),
        say_many("{n} error", "{n} errors", n=errors),
        say_many("{n} warning", "{n} warnings", n=len(problems) - errors),
    ]
    return ", ".join(words(part) for part in parts)


def _write(reports: pa.Table, out: Path, words: Words) -> None:
    import pyarrow.parquet as parquet

    from bilat.errors import OutputRefused

    aside = out.with_name(f".{out.name}.part")
    try:
        parquet.write_table(reports, aside, compression="zstd")
        aside.replace(out)
    except OSError as error:
        aside.unlink(missing_ok=True)
        message = say("{file}: cannot be written: {why}", file=str(out), why=error.strerror or "")
        raise OutputRefused(message) from None
    click.echo(words(say("{file} written", file=str(out))))
