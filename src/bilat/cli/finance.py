"""``bilat finance``: what the lines have left, how the deals stand, what finance is missing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import click

from bilat.brief import make_brief
from bilat.brief.facts.finance import FinanceAsked
from bilat.brief.formats import Output
from bilat.brief.publish import publish
from bilat.brief.story.facilities import tell_finance
from bilat.cli.numbers import Rate, currency_of, one_each
from bilat.cli.options import as_of_option, day_of, document_options, lang_option
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.errors import Problem
from bilat.finance.lines import Barred, Rates, read_barred
from bilat.language import Words, say
from bilat.outlook import Luck
from bilat.outlook.plan.results import Step
from bilat.programme import Programme, open_programme
from bilat.register import seen_by

FORMATS = ("html", "csv", "json", "xlsx", "parquet", "docx", "pdf", "png", "ics")


@click.command(
    "finance", help=_("What credit lines have left, how deals stand, what finance is missing.")
)
@click.argument("folder", type=click.Path(path_type=Path))
@as_of_option
@click.option(
    "--for",
    "side",
    metavar="SIDE",
    help=_(
        "Include this party's private records: for its own eyes. Joint records only by default."
    ),
)
@click.option(
    "--lists",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="CSV",
    help=_(
        "A list of goods that may not be financed: code, facility, reason. May be given several "
        "times."
    ),
)
@click.option("--currency", default="USD", show_default=True, help=_("Currency of the rates."))
@click.option(
    "--rate",
    "rates",
    type=Rate(),
    multiple=True,
    metavar="EUR=1.08",
    help=_("What one unit of another currency is worth in that of --currency."),
)
@click.option(
    "--plan",
    "planned",
    is_flag=True,
    help=_("Meet the needs of the plan with the greatest chance, instead of every measure's."),
)
@lang_option
@document_options(FORMATS, ("html", "csv", "json"))
def command(
    folder: Path,
    as_of: datetime | None,
    side: str | None,
    lists: tuple[Path, ...],
    currency: str,
    rates: tuple[tuple[str, Decimal], ...],
    planned: bool,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
) -> int:
    """Exit status 1 where something could not be counted for want of a rate."""
    words, day = Words(lang or reader_language()), day_of(as_of)
    whole = open_programme(folder)
    viewer = _viewer(whole, side)
    programme = seen_by(whole, viewer)
    unit = currency_of(currency)
    worth = Rates(unit, one_each(rates, unit))
    barred = _barred(lists, programme, words)
    steps = _steps(programme, day, worth) if planned else None
    asked = FinanceAsked(worth, barred, steps)
    brief = make_brief(programme, as_of=day, viewer=viewer, finance=asked)
    output = Output(programme, brief, words, "finance", tell_finance(brief), interactive=True)
    _print(output)
    if out:
        for path in publish(output, out, formats).files:
            click.echo(path)
    return 1 if brief.finance.problems else 0


def _viewer(programme: Programme, side: str | None) -> str:
    if side is None:
        return "joint"
    if side.upper() not in programme.sides:
        text = _("“{side}” is no party; the parties are {sides}", side=side, sides=programme.sides)
        raise click.BadParameter(text, param_hint="--for")
    return side.upper()


def _barred(lists: tuple[Path, ...], programme: Programme, words: Words) -> tuple[Barred, ...]:
    """A list with a row that cannot be read is refused: its goods would pass unseen."""
    found: list[Barred] = []
    problems: list[Problem] = []
    for path in lists:
        rows, wrong = read_barred(path, [facility.id for facility in programme.facilities])
        found += rows
        problems += wrong
    if problems:
        from bilat.cli.problems import print_problems

        print_problems(problems, words)
        text = say("Mend the list: what stands in it must not be overlooked")
        raise click.ClickException(words(text))
    return tuple(found)


def _steps(programme: Programme, as_of: date, rates: Rates) -> tuple[Step, ...]:
    """Of the plan for the headline target that no line limits: so that what is missing shows."""
    from bilat.cli.outlook import one_target
    from bilat.outlook.plan import Limits, greatest_chance
    from bilat.outlook.planning import plan_question

    target = one_target(programme, None)
    asked = plan_question(programme, target, as_of, Luck())
    limits = Limits(currency=rates.currency, rates=rates.worth)
    return greatest_chance(asked.question, limits).steps


def _print(output: Output) -> None:
    from rich.console import Console

    from bilat.brief.terminal import show_story

    show_story(output, Console(highlight=False))
