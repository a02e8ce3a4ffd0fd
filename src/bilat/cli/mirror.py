"""``bilat mirror``: the two reports of each flow become one flow with its uncertainty."""

from __future__ import annotations

from pathlib import Path

import click

from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say_many
from bilat.mirror import mirror, write_flows


@click.command("mirror", help=_("Make one flow of two customs reports, with its uncertainty."))
@click.option(
    "--reports",
    required=True,
    type=click.Path(path_type=Path),
    help=_(
        "Parquet or CSV: reporter, partner, flow (X or M), period, product, value_usd (X in FOB, "
        "M in CIF)."
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
def command(reports: Path, geo: Path | None, out: Path) -> None:
    done = mirror(reports, geo)
    write_flows(done, out)
    message = say_many("{out}: {n} flow", "{out}: {n} flows", n=len(done), out=str(out))
    click.echo(Words(reader_language())(message))
