"""``bilat mirror``: the two reports of each flow become one flow with its uncertainty."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say_many
from bilat.mirror.tables import mirror_to_file


@click.command("mirror", help=_("Make one flow of two customs reports, with its uncertainty."))
@click.option(
    "--reports",
    required=True,
    type=click.Path(path_type=Path),
    help=_(
        "Parquet or CSV: reporter, partner, flow (X or M), period, product, value_usd (X in FOB, "
        "M in CIF); net_weight_kg if known."
    ),
)
@click.option(
    "--geo",
    type=click.Path(path_type=Path),
    help=_("Parquet or CSV: a, b, distance_km, contiguous. Without it no distance is known."),
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Parquet file for the flows."),
)
@click.option(
    "--expected",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_(
        "Parquet file for every report beside what the other side's report lets expect, with a "
        "verdict: in or out of the 95 % interval."
    ),
)
def command(reports: Path, geo: Path | None, out: Path, expected: Path | None) -> None:
    with _progress() as told:
        flows = mirror_to_file(reports, geo, out, told, expected=expected)
    message = say_many("{out}: {n} flow", "{out}: {n} flows", n=flows, out=str(out))
    click.echo(Words(reader_language())(message))


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal: it swings until the reports are paired, then counts the flows."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Pairing the reports"), total=None)

        def told(done: int, of: int) -> None:
            bar.update(task, description=_("Making the flows"), completed=done, total=of)

        yield told
