"""``bilat fetch``: statistics from UN Comtrade into files that ``bilat load`` reads."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import click

from bilat.cli.problems import print_problems
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say
from bilat.sources.comtrade_online import (
    ADDRESS,
    KEY_NAME,
    Comtrade,
    Fetched,
    Query,
    comtrade_code,
)

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


def _codes(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> list[int]:
    found = []
    for code in value:
        number = comtrade_code(code.upper())
        if number is None:
            message = say("“{code}” is no country that Comtrade knows", code=code)
            raise click.BadParameter(Words(reader_language())(message))
        found.append(number)
    return found


def _years(ctx: click.Context, parameter: click.Parameter, value: str) -> range:
    match = _YEARS.fullmatch(value)
    if not match:
        message = say("“{text}” is no span of years; write 2023 or 2000-2023", text=value)
        raise click.BadParameter(Words(reader_language())(message))
    return range(int(match[1]), int(match[2] or match[1]) + 1)


@click.command(
    "fetch", help=_("Fetch what countries reported to UN Comtrade; goes on where it stopped.")
)
@click.argument("reporters", nargs=-1, required=True, callback=_codes, metavar="REPORTER…")
@click.option(
    "--partner",
    "partners",
    multiple=True,
    callback=_codes,
    help=_("Only this partner; may be given several times."),
)
@click.option("--years", required=True, callback=_years, help=_("2023, or a span: 2000-2023."))
@click.option("--monthly", is_flag=True, help=_("Month by month."))
@click.option(
    "--products",
    default="TOTAL",
    show_default=True,
    help=_("TOTAL, AG2, AG4, AG6, or HS codes with commas."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("comtrade"),
    show_default=True,
    help=_("Folder of the replies, one file each."),
)
@click.option("--address", default=ADDRESS, help=_("Address of the service."), show_default=True)
def command(
    reporters: list[int],
    partners: list[int],
    years: range,
    monthly: bool,
    products: str,
    out: Path,
    address: str,
) -> int:
    words = Words(reader_language())
    periods = [str(year) for year in years]
    if monthly:
        periods = [f"{year}{month:02}" for year in years for month in range(1, 13)]
    queries = [
        Query(reporter, period, products, partners=tuple(partners))
        for reporter in reporters
        for period in periods
    ]
    service = Comtrade(time.sleep, os.environ.get(KEY_NAME), address)
    fetched = _fetched(service, queries, out)
    print_problems(fetched.problems, words)
    text = say(
        "{files} files in {folder}, {asked} of them asked for now",
        files=len(fetched.files),
        folder=str(out),
        asked=fetched.asked,
    )
    click.echo(words(text))
    return 2 if any(problem.severity == "error" for problem in fetched.problems) else 0


def _fetched(service: Comtrade, queries: list[Query], out: Path) -> Fetched:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(queries), completed=-1)

        def begin(name: str) -> None:
            progress.update(task, advance=1, description=name)

        return service.fetch(queries, out, progress=begin)
