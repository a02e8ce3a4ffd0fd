"""``bilat plan``: which measures to take, when, and at which scale."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import Any, Self

import click

from bilat.brief import Brief, make_brief
from bilat.brief.formats import Output
from bilat.brief.planning import Demand, with_plan
from bilat.brief.publish import publish
from bilat.brief.story.plan import tell_plan
from bilat.cli.numbers import Amount, Rate
from bilat.cli.options import (
    as_of_option,
    day_of,
    document_options,
    lang_option,
    read_warehouse,
    statistics_options,
)
from bilat.cli.outlook import FORMATS, one_target
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words, say
from bilat.outlook import Luck
from bilat.outlook.plan import Progress
from bilat.programme import open_programme
from bilat.register import seen_by


@click.command("plan", help=_("Which measures to take, when, and at which scale."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--target", metavar="ID", help=_("The target to plan for; the headline one by default.")
)
@click.option(
    "--chance",
    type=click.FloatRange(0, 1, min_open=True),
    help=_("The least cost for a chance of at least this; left out, the greatest chance."),
)
@click.option("--budget", type=Amount(), help=_("What all measures together may cost."))
@click.option("--currency", default="USD", show_default=True, help=_("Currency of the budget."))
@click.option(
    "--rate",
    "rates",
    type=Rate(),
    multiple=True,
    metavar="EUR=1.08",
    help=_("What one unit of another currency is worth in that of the budget."),
)
@click.option(
    "--starts", type=click.IntRange(1), help=_("Measures that each owner may start in a year.")
)
@click.option("--by", "by", type=int, metavar="YEAR", help=_("One of the announced years."))
@click.option("--side", help=_("Whose statistics to start from: code of a party, or both."))
@statistics_options
@as_of_option
@lang_option
@document_options(FORMATS, ("html", "csv", "json"))
@click.option(
    "--seconds",
    type=click.FloatRange(1),
    default=60,
    show_default=True,
    help=_("After this time the search gives the best plan found, with its bound."),
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help=_("The same seed, the same draws.")
)
def command(
    folder: Path,
    target: str | None,
    chance: float | None,
    budget: Decimal | None,
    currency: str,
    rates: tuple[tuple[str, Decimal], ...],
    starts: int | None,
    by: int | None,
    side: str | None,
    as_of: datetime | None,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    seconds: float,
    seed: int,
    **asked: Any,
) -> None:
    words, day, luck = Words(lang or reader_language()), day_of(as_of), Luck(seed=seed)
    programme = seen_by(open_programme(folder))
    statistics = read_warehouse(folder, programme.sides, day, **asked)
    chosen = one_target(programme, target)
    brief = make_brief(programme, as_of=day, statistics=statistics, luck=luck)
    demand = Demand(chosen, chance, budget, currency, dict(rates), starts, by, side)
    with _Watching(words, seconds) as watching:
        planned = with_plan(brief, programme, demand, luck, watching)
    _give(planned, programme, words, out, formats)


def _give(
    brief: Brief, programme: Any, words: Words, out: Path | None, formats: tuple[str, ...]
) -> None:
    output = Output(programme, brief, words, "plan", tell_plan(brief), interactive=True)
    _print(output)
    if out:
        for path in publish(output, out, formats).files:
            click.echo(path)


def _print(output: Output) -> None:
    from rich.console import Console

    from bilat.brief.terminal import show_story

    show_story(output, Console(highlight=False))


class _Watching:
    """A line that says how far the search is, where a person is looking; and the time limit of
    each search."""

    def __init__(self, words: Words, seconds: float) -> None:
        from rich.console import Console

        console = Console(stderr=True)
        self._words, self._seconds = words, seconds
        self._begun, self._parts = monotonic(), 0
        self._status = console.status("") if console.is_terminal else None

    def __enter__(self) -> Self:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._status:
            self._status.stop()

    def __call__(self, progress: Progress) -> bool:
        if self._status:
            told = say("{n} parts looked into, {open} to go", n=progress.parts, open=progress.open)
            self._status.update(self._words(told))
        if progress.parts < self._parts:  # another search has begun
            self._begun = monotonic()
        self._parts = progress.parts
        return monotonic() - self._begun > self._seconds
