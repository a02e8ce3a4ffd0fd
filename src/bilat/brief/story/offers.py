"""Offers side by side: figure by figure, who pays the interest, and what the rules say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from bilat.brief.facts.offers import SIDES, FindingFact, OfferFact, OffersFact
from bilat.brief.story.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Number,
    Paragraph,
    Percent,
    Section,
    Story,
    Table,
    Tone,
    Year,
    row,
)
from bilat.language import Message, say
from bilat.vocabulary import Period

PARTIES: dict[str, Message] = {
    "lessee": say("for the lessee"),
    "borrower": say("for the borrower"),
    "lender": say("for the lender"),
    "lessor": say("for the lessor"),
}
STATES: dict[str, tuple[Message, Tone]] = {
    "ok": (say("kept"), "good"),
    "not": (say("not kept"), "bad"),
    "unknown": (say("cannot be told"), "quiet"),
}
Shown = Callable[[Any], Any]
Figure = tuple[Message, Callable[[OfferFact], Any], Shown]


def tell_offers(facts: OffersFact) -> Story:
    """The comparison, the chart of what has been paid, subsidies by year, findings of rules."""
    return Story(
        title=facts.title,
        subtitle=say(
            "{party}; amounts in {currency}; present value on {day} at {discount} a year",
            party=PARTIES[facts.party],
            currency=facts.currency,
            day=facts.worth_on,
            discount=Percent(float(facts.discount), 2),
        ),
        sections=tuple(_sections(facts)),
    )


def _sections(facts: OffersFact) -> Iterator[Section]:
    yield Section("offers", say("Side by side"), tuple(_side_by_side(facts)))
    if any(offer.subsidy for offer in facts.offers):
        blocks = tuple(_subsidies(facts, offer) for offer in facts.offers if offer.subsidy)
        yield Section("subsidies", say("Who pays the interest"), blocks)
    if any(offer.findings for offer in facts.offers):
        blocks = tuple(_findings(facts, offer) for offer in facts.offers if offer.findings)
        advice: Block = Paragraph(
            say("Findings inform; compare with the act in force when the deal is made."),
            tone="quiet",
        )
        yield Section("findings", say("What the rules say"), (*blocks, advice))
        yield Section("sources", say("Sources"), (_sources(facts),))


def _side_by_side(facts: OffersFact) -> Iterator[Block]:
    yield _table(facts)
    for note in _notes(facts):
        yield Paragraph(note, tone="quiet")
    for offer in facts.offers:
        for note in (offer.why_no_rate, *offer.notes):
            if note:
                yield Paragraph(say("{offer}: {note}", offer=offer.name, note=note), tone="quiet")
    yield Chart("payments", _chart_title(facts), "offers")


def _chart_title(facts: OffersFact) -> Message:
    if SIDES[facts.party] == "borrower":
        return say("What has been paid up to each day, {currency}", currency=facts.currency)
    return say("What has come in up to each day, {currency}", currency=facts.currency)


def _table(facts: OffersFact) -> Table:
    first, *others = facts.offers
    columns = [Column(say("Figure"), wide=True)]
    columns += [Column(_name(offer), numeric=True) for offer in facts.offers]
    columns += [Column(_against(other, first, others), numeric=True) for other in others]
    return Table(
        "offers",
        say("The offers {party}", party=PARTIES[facts.party]),
        tuple(columns),
        tuple(_line(figure, facts) for figure in _figures(facts)),
        sheet=say("Offers"),
        essential=True,
    )


def _name(offer: OfferFact) -> Message:
    return say("{name}", name=offer.name)


def _against(other: OfferFact, first: OfferFact, others: list[OfferFact]) -> Message:
    if len(others) == 1:
        return say("Second less first")
    return say("{other} less {first}", other=other.name, first=first.name)


def _line(figure: Figure, facts: OffersFact) -> tuple[Cell, ...]:
    title, value, shown = figure
    first, *others = (value(offer) for offer in facts.offers)
    differences = (_difference(first, other, shown) for other in others)
    return row(title, *(_cell(one, shown) for one in (first, *others)), *differences)


def _cell(value: Any, shown: Shown) -> Any:
    return None if value is None else shown(value)


def _difference(first: Any, other: Any, shown: Shown) -> Any:
    """None for what cannot be subtracted: days and months."""
    if not isinstance(first, Decimal | int) or not isinstance(other, Decimal | int):
        return None
    return shown(other - first)


def _figures(facts: OffersFact) -> Iterator[Figure]:
    borrower = SIDES[facts.party] == "borrower"
    yield _cost_title(borrower=borrower), lambda one: one.effective_rate, _rate
    yield say("Nominal rate of the first period"), lambda one: one.nominal_rate, _rate
    yield say("Grant element at 5 %, in %"), lambda one: one.grant_element, _hundredths
    yield say("First regular payment"), lambda one: one.first_payment, _hundredths
    yield say("Largest payment of a month"), lambda one: one.largest_payment, _hundredths
    yield say("… in"), lambda one: one.largest_month, _month
    if borrower:
        yield say("Advance"), lambda one: one.advance, _hundredths
    yield say("Amount financed"), lambda one: one.financed, _hundredths
    yield say("Interest"), lambda one: one.interest, _hundredths
    yield say("Fees"), lambda one: one.fees, _hundredths
    if any(offer.tax for offer in facts.offers):
        yield say("Taxes"), lambda one: one.tax, _hundredths
    yield say("Paid by the budget"), lambda one: one.subsidy, _hundredths
    total = say("Paid in total, with the advance") if borrower else say("Received in total")
    yield total, lambda one: one.total, _hundredths
    yield say("Of it beyond price or principal"), lambda one: one.extra, _hundredths
    yield say("Total in present value"), lambda one: one.present_value, _hundredths
    yield say("Average life of the principal, years"), lambda one: one.average_life, _hundredths
    yield say("Duration, years"), lambda one: one.duration, _hundredths
    yield say("Payments"), lambda one: one.payments, _whole
    yield say("First day"), lambda one: one.start, _same
    yield say("Last day"), lambda one: one.end, _same


def _cost_title(*, borrower: bool) -> Message:
    return say("Effective cost a year") if borrower else say("Effective yield a year")


def _rate(value: Decimal) -> Percent:
    return Percent(float(value), 2)


def _hundredths(value: Decimal) -> Number:
    return Number(value, 2)


def _whole(value: int) -> Number:
    return Number(value)


def _month(value: Any) -> Period:
    return Period.parse(f"{value:%Y-%m}")


def _same(value: Any) -> Any:
    return value


def _notes(facts: OffersFact) -> Iterator[Message]:
    yield say("The effective rate counts all payments but the advance, by days over 365 (XIRR).")
    for offer in facts.offers:
        if offer.currency != facts.currency:
            yield say(
                "{offer} is in {own}: 1 {own} is taken as {rate} {currency} on every day.",
                offer=offer.name,
                own=offer.currency,
                rate=str(offer.exchange),
                currency=facts.currency,
            )
    if any(offer.concessional for offer in facts.offers):
        yield say("Concessional is a grant element of 35 % or more.")


def _subsidies(facts: OffersFact, offer: OfferFact) -> Table:
    total = [sum(column) for column in zip(*_amounts(offer), strict=True)]
    rows = [row(Year(one.year), *map(_hundredths, line)) for one, line in _by_year(offer)]
    rows.append(row(say("total"), *(Number(Decimal(one), 2) for one in total)))
    return Table(
        f"interest-{_place(facts, offer)}",
        say("{offer}: interest by year, {currency}", offer=offer.name, currency=offer.currency),
        (
            Column(say("Year")),
            Column(say("The lender receives"), numeric=True),
            Column(say("The borrower pays"), numeric=True),
            Column(say("The budget pays"), numeric=True),
        ),
        tuple(rows),
        sheet=say("Interest {n}", n=_place(facts, offer)),
        essential=True,
    )


def _by_year(offer: OfferFact) -> Iterator[tuple[Any, tuple[Decimal, Decimal, Decimal]]]:
    yield from zip(offer.years, _amounts(offer), strict=True)


def _amounts(offer: OfferFact) -> list[tuple[Decimal, Decimal, Decimal]]:
    return [(one.received, one.borrower, one.budget) for one in offer.years]


def _findings(facts: OffersFact, offer: OfferFact) -> Table:
    return Table(
        f"findings-{_place(facts, offer)}",
        say("{offer}: rules of support", offer=offer.name),
        (
            Column(say("Rule"), wide=True),
            Column(say("State")),
            Column(say("Why"), wide=True),
            Column(say("In the act")),
        ),
        tuple(_finding(one) for one in offer.findings),
        sheet=say("Rules {n}", n=_place(facts, offer)),
        essential=True,
    )


def _finding(found: FindingFact) -> tuple[Cell, ...]:
    state, tone = STATES[found.state]
    why = say("{why}. {note}", why=found.why, note=found.note) if found.note else found.why
    return row(Cell(found.title, (found.source,)), Cell(state, tone=tone), why, found.article)


def _sources(facts: OffersFact) -> Table:
    return Table(
        "sources",
        say("Numbers in brackets refer to this list"),
        (
            Column(say("No."), numeric=True),
            Column(say("Source"), wide=True),
            Column(say("Rules"), wide=True),
            Column(say("Seen")),
            Column(say("Address"), wide=True),
        ),
        tuple(
            row(one.number, one.title, one.publisher, one.note, one.address)
            for one in facts.sources
        ),
        sheet=say("Sources"),
    )


def _place(facts: OffersFact, offer: OfferFact) -> int:
    return facts.offers.index(offer) + 1
