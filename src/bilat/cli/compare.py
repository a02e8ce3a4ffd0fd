"""``bilat compare``: offers side by side, from where one party sits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import click

from bilat.brief.facts.offers import Asked, Offer, OffersFact, Party, offers_facts
from bilat.brief.formats.offers import FORMATS, OffersOutput
from bilat.brief.publish import publish
from bilat.cli.numbers import Named, Rate, Share, one_each
from bilat.cli.options import as_of_option, day_of, document_options, lang_option
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.errors import NoAnswer
from bilat.finance.deal import TermInvalid, schedule_of
from bilat.finance.deal.reading import open_deal
from bilat.finance.deal.refusing import TermsRefused
from bilat.finance.support import Case, Indices, RuleBook, read_indices, rule_book, stated
from bilat.language import Words, say

FEWEST = 2
PATH = click.Path(path_type=Path, dir_okay=False)
BOOK = "oecd"


@click.command(
    "compare",
    help=_("Offers side by side: cost, payments, grant element, and what the rules say of them."),
)
@click.argument("deals", nargs=-1, required=True, metavar="DEAL.YAML…", type=PATH)
@click.option(
    "--party",
    type=click.Choice(get_args(Party)),
    default="borrower",
    show_default=True,
    help=_("From where it is seen."),
)
@click.option(
    "--discount",
    type=Share(),
    default="5%",
    show_default=True,
    help=_("Rate a year of the present values: 5% or 0.05."),
)
@click.option(
    "--in", "currency", metavar="CODE", help=_("Currency of the comparison; the first offer's.")
)
@click.option(
    "--rate",
    "rates",
    type=Rate(),
    multiple=True,
    metavar="EUR=1.08",
    help=_("What one unit of another currency is worth in that of the comparison."),
)
@click.option("--checks", is_flag=True, help=_("Say how each offer stands to rules of support."))
@click.option(
    "--rules",
    multiple=True,
    metavar="NAME",
    help=_("A rule book to check: oecd, belarus, or a YAML file; oecd by default."),
)
@click.option(
    "--category", type=click.Choice(["I", "II"]), help=_("OECD category of the buyer's country.")
)
@click.option(
    "--local-costs", type=Share(), help=_("Local costs, as a share of the export contract: 30%.")
)
@click.option(
    "--index",
    "values",
    type=Named(),
    multiple=True,
    metavar="NAME=PERCENT",
    help=_("What an index is, in percent a year: CIRR=4.52."),
)
@click.option(
    "--indices", type=PATH, help=_("CSV table of indexes: index, day, percent; currency if wanted.")
)
@as_of_option
@lang_option
@document_options(FORMATS, ("xlsx",))
def command(
    deals: tuple[Path, ...],
    party: Party,
    discount: Decimal,
    currency: str | None,
    rates: tuple[tuple[str, Decimal], ...],
    as_of: datetime | None,
    lang: str | None,
    out: Path | None,
    formats: tuple[str, ...],
    **asked: Any,
) -> None:
    if len(deals) < FEWEST:
        raise click.UsageError(_("name at least two offers to compare"))
    words = Words(lang or reader_language())
    offers = _offers(deals, currency, rates)
    wanted = Asked(day_of(as_of), party, currency or offers[0].schedule.currency, discount / 100)
    output = OffersOutput(_facts(offers, wanted, **asked), words)
    _print(output)
    if out:
        for path in publish(output, out, formats).files:
            click.echo(path)


def _facts(
    offers: Sequence[Offer],
    wanted: Asked,
    *,
    checks: bool,
    rules: tuple[str, ...],
    category: Any,
    local_costs: Decimal | None,
    values: tuple[tuple[str, Decimal], ...],
    indices: Path | None,
) -> OffersFact:
    """Rules are checked if asked for, by --checks or by naming a book."""
    if not checks and not rules:
        _refuse_unheard(category=category, local_costs=local_costs, index=values, indices=indices)
        return offers_facts(offers, wanted)
    table = read_indices(indices) if indices else Indices()
    known = stated(dict(values)).joined(table)
    cases = [Case(offer.schedule, category, local_costs, known) for offer in offers]
    return offers_facts(offers, wanted, cases, _books(rules))


def _books(names: tuple[str, ...]) -> list[RuleBook]:
    return [rule_book(name) for name in names or (BOOK,)]


def _refuse_unheard(**asked: Any) -> None:
    for name, value in asked.items():
        if value:
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(_("{option} needs --checks", option=option))


def _offers(
    deals: Sequence[Path], currency: str | None, rates: Iterable[tuple[str, Decimal]]
) -> list[Offer]:
    offers = [_offer(path) for path in deals]
    wanted = currency or offers[0].schedule.currency
    worth = one_each(rates, wanted)
    return [_exchanged(offer, wanted, worth) for offer in offers]


def _offer(path: Path) -> Offer:
    file = open_deal(path)
    try:
        schedule = schedule_of(file.terms, folder=path.parent)
    except TermInvalid as fault:
        raise TermsRefused([file.problem(fault)]) from None
    return Offer(file.terms.title or path.stem, path.name, schedule)


def _exchanged(offer: Offer, wanted: str, rates: dict[str, Decimal]) -> Offer:
    own = offer.schedule.currency
    if own == wanted:
        return offer
    if own not in rates:
        raise NoAnswer(
            say(
                "{file} is in {own}, the comparison in {wanted}. Say what one {own} is worth in "
                "{wanted}: --rate {own}=…",
                file=offer.file,
                own=own,
                wanted=wanted,
            )
        )
    return Offer(offer.name, offer.file, offer.schedule, rates[own])


def _print(output: OffersOutput) -> None:
    from rich.console import Console

    from bilat.brief.terminal import show_story

    console = Console(highlight=False)
    show_story(output, console)
    for source in output.facts.sources:
        seen = output.words.show(source.note)
        console.print(f"[dim]\\[{source.number}] {output.words.show(source.title)} ({seen})[/dim]")
