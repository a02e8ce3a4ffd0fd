"""Lines in facts: what is used and free, by day, year and month, and when a limit is exceeded.

Amounts are in the currency that stands beside them, to the cent; a free amount below zero is what
the limit is exceeded by.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bilat.brief.facts.fact import Fact, MaybeSaid, Said
from bilat.brief.facts.finance_amounts import cents, maybe_cents
from bilat.finance.lines import Breach, Line, Span, commitment_fee, sub_lines
from bilat.finance.lines.line import months_ahead
from bilat.language import Message, say
from bilat.programme import Body, Facility, Programme
from bilat.programme.facilities import SubLimit
from bilat.vocabulary import Money, Period

MONTHS = 24
"""How many months ahead are told one by one."""


class SpanFact(Fact):
    """A year or month of a line: draws and repayments in it, what stands at its end, the most that
    is used in it. fee: the line's commitment fee of those days."""

    first: date
    last: date
    drawn: Decimal
    repaid: Decimal
    balance: Decimal
    committed: Decimal
    used: Decimal
    free: Decimal | None
    peak: Decimal
    fee: Decimal | None


class BreachFact(Fact):
    """The first day on which the limit is exceeded, by how much, and the deal that does it.

    if_granted: only if deals that are asked for are agreed.
    """

    day: date
    over: Decimal
    deal: str
    deal_title: Said
    if_granted: bool


class LevelFact(Fact):
    """What is used from a day on."""

    day: date
    used: Decimal


class UseFact(Fact):
    """A limit and what is taken of it on the day of the brief. utilisation: used as a share of it.

    committed: agreed and not yet drawn; drawn and repaid: in all so far; asked: not granted yet.
    incomplete: deals without a rate are missing in it, so that more is used and less is free.
    """

    limit: Money | None
    currency: str
    drawn: Decimal
    repaid: Decimal
    balance: Decimal
    committed: Decimal
    used: Decimal
    free: Decimal | None
    utilisation: float | None
    asked: Decimal
    incomplete: bool
    breach: BreachFact | None


class SubLimitFact(Fact):
    """A sub-limit and its use."""

    title: Said
    use: UseFact


class LineFact(Fact):
    """A credit or leasing line. levels: its use whenever it changes. missing: what nobody stated
    that the answer needs."""

    id: str
    title: Said
    kind: str
    lender: MaybeSaid
    available: Period | None
    revolving: bool | None
    use: UseFact
    sub_limits: tuple[SubLimitFact, ...]
    years: tuple[SpanFact, ...]
    months: tuple[SpanFact, ...]
    levels: tuple[LevelFact, ...]
    missing: tuple[Said, ...]
    next_step: MaybeSaid
    assumption: bool
    sources: tuple[str, ...]


def line_fact(programme: Programme, facility: Facility, line: Line, as_of: date) -> LineFact:
    lender = programme.find(Body, facility.lender)
    parts = zip(facility.sub_limits, sub_lines(programme, facility, line), strict=True)
    return LineFact(
        id=facility.id,
        title=facility.title,
        kind=facility.kind,
        lender=lender.name if lender else None,
        available=facility.available,
        revolving=facility.revolving,
        use=_use(line, as_of),
        sub_limits=tuple(
            SubLimitFact(title=_part_title(programme, sub), use=_use(part, as_of))
            for sub, part in parts
        ),
        years=_spans(line, facility, line.years(as_of)),
        months=_spans(line, facility, months_ahead(as_of, MONTHS)) if line.deals else (),
        levels=tuple(
            LevelFact(day=day, used=cents(level))
            for day, level in zip(line.used.days, line.used.levels, strict=True)
        ),
        missing=tuple(_missing(facility, line, as_of)),
        next_step=facility.next_step,
        assumption=facility.assumption,
        sources=facility.sources,
    )


def _part_title(programme: Programme, sub: SubLimit) -> Said:
    body = programme.find(Body, sub.body)
    products = say("HS {codes}", codes=", ".join(sub.products))
    if sub.title is not None:
        return sub.title
    if body is None:
        return products
    if not sub.products:
        return body.name
    return say("{body}, {goods}", body=body.name, goods=products)


def _use(line: Line, as_of: date) -> UseFact:
    used, limit = cents(line.used.on(as_of)), line.limit
    return UseFact(
        limit=limit,
        currency=line.currency,
        drawn=cents(line.drawn.on(as_of)),
        repaid=cents(line.repaid.on(as_of)),
        balance=cents(line.balance.on(as_of)),
        committed=cents(line.committed.on(as_of)),
        used=used,
        free=None if limit is None else limit.amount - used,
        utilisation=float(used / limit.amount) if limit and limit.amount else None,
        asked=cents(sum((flows.committed.on(as_of) for flows in line.asked), Decimal(0))),
        incomplete=any(deal.stage != "asked" for deal in line.unrated),
        breach=_breach(line.breach(as_of)),
    )


def _breach(found: Breach | None) -> BreachFact | None:
    if found is None:
        return None
    return BreachFact(
        day=found.day,
        over=cents(found.over),
        deal=found.deal.id,
        deal_title=found.deal.title,
        if_granted=found.if_granted,
    )


def _spans(
    line: Line, facility: Facility, edges: Sequence[tuple[date, date]]
) -> tuple[SpanFact, ...]:
    return tuple(_span(span, facility, line) for span in line.spans(edges))


def _span(span: Span, facility: Facility, line: Line) -> SpanFact:
    fee = commitment_fee(line, facility, span.first, span.last)
    return SpanFact(
        first=span.first,
        last=span.last,
        drawn=cents(span.drawn),
        repaid=cents(span.repaid),
        balance=cents(span.balance),
        committed=cents(span.committed),
        used=cents(span.used),
        free=_free(line, span),
        peak=cents(span.peak),
        fee=maybe_cents(fee),
    )


def _free(line: Line, span: Span) -> Decimal | None:
    """From rounded use, so that free and used add up to the limit."""
    return None if line.limit is None else line.limit.amount - cents(span.used)


def _missing(facility: Facility, line: Line, as_of: date) -> list[Message]:
    found = []
    if facility.limit is None:
        found.append(say("its limit"))
    if facility.available is None:
        found.append(say("until when it can be drawn"))
    if facility.revolving is None and line.repaid.days:
        found.append(say("whether it revolves (taken not to: repayments free nothing)"))
    bare = [flows for flows in line.deals if flows.deal.terms is None and flows.balance.on(as_of)]
    if bare:
        found.append(
            say(
                "the terms of {deals} (without them nothing is known of repayments)",
                deals=[flows.deal.title for flows in bare],
            )
        )
    return found
