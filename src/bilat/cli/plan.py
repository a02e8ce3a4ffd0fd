"""``bilat plan``: which measures to take, when, and at which scale."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import Any, Self

import click

from bilat.brief import Brief, make_brief
from bilat.brief.facts.plan import planning_fact
from bilat.brief.formats import Output
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
from bilat.finance.lines import Rates, rooms_of
from bilat.language import Words, say
from bilat.outlook import Luck
from bilat.outlook.plan import (
    Limits,
    Point,
    Progress,
    Question,
    frontier,
    greatest_chance,
    least_cost,
)
from bilat.outlook.planning import plan_question
from bilat.programme import open_programme
from bilat.register import seen_by
from bilat.vocabulary import Money

POINTS = 8
"""Budgets of the frontier, from nothing to the one asked for."""


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
    question = plan_question(programme, chosen, day, luck, year=by, side=side)
    money = None if budget is None else Money(amount=budget, currency=currency)
    limits = Limits(
        budget=money,
        facilities=rooms_of(programme, day, Rates(currency, dict(rates))),
        starts=starts,
        currency=currency,
        rates=dict(rates),
    )
    with _Watching(words, seconds) as watching:
        if chance is None:
            answer: Any = greatest_chance(question.question, limits, watch=watching)
        else:
            answer = least_cost(question.question, limits, chance, watch=watching)
        points = _frontier(question.question, limits, watching)
    planning = planning_fact(chosen.id, question.year, question.side, answer, points)
    _give(brief.model_copy(update={"planning": planning}), programme, words, out, formats)


def _frontier(question: Question, limits: Limits, watching: _Watching) -> tuple[Point, ...]:
    """Only where a budget was named: else no amount is more natural than another. More than all
    measures cost together brings nothing."""
    if limits.budget is None or not limits.budget.amount:
        return ()
    costs = [measure.cost for measure in question.measures if measure.cost]
    most, currency = limits.budget.amount, limits.budget.currency
    if all(cost.currency == currency for cost in costs):
        most = min(most, sum((cost.amount for cost in costs), Decimal(0))) or most
    budgets = [
        Money(amount=(most * step / POINTS).quantize(Decimal("0.01")), currency=currency)
        for step in range(POINTS + 1)
    ]
    return frontier(question, limits, budgets, watch=watching)


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
