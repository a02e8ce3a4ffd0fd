"""An announced goal against the goals already announced: the same level, the same date?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from bilat.language import Message, say, say_many
from bilat.programme import Target
from bilat.programme.numbers import TargetStatement
from bilat.reading.records.numbers import indicator_of
from bilat.reading.relation.figures import is_same
from bilat.reading.relation.relation import NEW, Case, Relation, contradicts, repeats, updates
from bilat.vocabulary import Quantity


def target(case: Case) -> Relation:
    """One level is one goal, whose date each side may word differently."""
    names = {item.id for item in indicator_of(case.proposal, case.programme)}
    known = [item for item in case.programme.targets if item.indicator in names]
    same = next((item for item in known if _same_level(case, item)), None)
    if same:
        return _dates(case, same)
    year = _year(case.get("by"), case.get("horizon_years"), case)
    rival = next((item for item in known if year and year in _years(item)), None)
    if rival and case.get("value") is not None:
        return contradicts(_levels(case, rival, year or 0), rival)
    return NEW


def _same_level(case: Case, record: Target) -> bool:
    value = case.get("value")
    if value is None or case.get("currency") not in (None, record.unit.base):
        return False
    return is_same(Decimal(str(value)), record.unit.to_base(record.value))


def _dates(case: Case, record: Target) -> Relation:
    side, by, horizon = case.proposal.side, case.get("by"), case.get("horizon_years")
    if by is None and horizon is None:
        return repeats(record)
    own = [item for item in record.statements if side in (None, item.side)]
    if any(_same_date(case, item) for item in own):
        return repeats(record)
    others = [item for item in record.statements if item not in own]
    if not own and any(_same_date(case, item) for item in others):
        difference = say("{side} has not said so before", side=side)
        return updates(record, difference, "statements")
    return contradicts(_other_date(case, own or others), record)


def _same_date(case: Case, statement: TargetStatement) -> bool:
    """Two horizons are compared as said; else the years that they come to."""
    horizon = case.get("horizon_years")
    if horizon is not None and statement.horizon_years is not None:
        return int(horizon) == statement.horizon_years
    year = _year(case.get("by"), horizon, case)
    return year is not None and year == _year_of(statement)


def _year(by: object, horizon: object, case: Case) -> int | None:
    if by is not None:
        return int(str(by)[:4])
    if horizon is not None and case.stated:
        return case.stated.start.year + int(str(horizon))
    return None


def _year_of(statement: TargetStatement) -> int | None:
    if statement.by:
        return statement.by.end.year
    if statement.horizon_years:
        return statement.starts.start.year + statement.horizon_years
    return None


def _years(record: Target) -> set[int | None]:
    return {_year_of(statement) for statement in record.statements}


def _other_date(case: Case, statements: Iterable[TargetStatement]) -> Message:
    """“the text says within 3 years; BLR: within 5 years”."""
    known = [
        say("{side}: {terms}", side=item.side, terms=terms(item.by, item.horizon_years))
        for item in statements
    ]
    return say(
        "the text says {here}; {known}",
        here=terms(case.get("by"), case.get("horizon_years")),
        known=known,
    )


def terms(by: object, horizon: object) -> Message:
    """The date of a goal in the words in which it was announced."""
    if horizon is not None:
        return say_many("within {n} year", "within {n} years", n=int(str(horizon)))
    if by is None:
        return say("no date")
    return say("by {year}", year=str(by))


def _levels(case: Case, record: Target, year: int) -> Message:
    return say(
        "the text says {here} by {year}, the programme {there}",
        here=Quantity(Decimal(str(case.get("value"))), record.unit),
        year=str(year),
        there=Quantity(record.unit.to_base(record.value), record.unit),
    )
