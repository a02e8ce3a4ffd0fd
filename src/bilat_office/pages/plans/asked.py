"""What a plan is asked, field by field, and from what is typed to the core's demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from bilat.brief.planning import Demand
from bilat.language import Message, say
from bilat.outlook.announcements import deadline
from bilat.programme import Programme, Target
from bilat.vocabulary.currencies import is_currency, unknown_currency
from bilat_office.pages.story.fields import LONGEST, Field, money, share, whole

RATE = "rate_"
"""How the fields begin in which the worth of another currency is typed."""
USUAL = "USD"
MOST_STARTS = 1_000


@dataclass(frozen=True)
class Asked:
    """typed: by field. demand: None where nothing was asked, or something is wrong; errors: by
    field."""

    typed: Mapping[str, str]
    demand: Demand | None
    errors: Mapping[str, Message]


def fields_of(programme: Programme, side_names: Mapping[str, Any], today: date) -> list[Field]:
    """The fields of the form: choices are those that this programme leaves."""
    currency = currency_usual(programme)
    years = _years(programme, today)
    best = say("the one with the best chance")
    return [
        Field("target", say("Target"), "choice", None, _targets(programme), say("the main one")),
        Field("chance", say("Chance asked for, %"), "percent",
              say("Left empty: as great a chance as the limits allow. "
                  "With a number: what costs least for it.")),
        Field("budget", say("Budget for all measures together"), "amount",
              say("Left empty: costs do not limit.")),
        Field("currency", say("Currency of the budget"), "text",
              say("Left empty: {code}.", code=currency)),
        Field("starts", say("Measures that each body may start in a year"), "whole",
              say("Left empty: any number.")),
        Field("by", say("By the date in"), "choice", None,
              {str(year): Message("{year}", {"year": str(year)}) for year in years}, best),
        Field("side", say("Statistics to start from"), "choice", None,
              {side: side_names[side] for side in programme.sides}, best),
        *(Field(f"{RATE}{code}", say("What one {code} is worth", code=code), "amount",
                say("In the currency of the budget."))
          for code in sorted(currencies_of(programme)) if code != currency),
    ]  # fmt: skip


def asked_of(query: QueryDict, programme: Programme, fields: Sequence[Field]) -> Asked:
    """What an address asks; nothing where it names none of the fields."""
    typed = {field.name: query.get(field.name, "").strip()[:LONGEST] for field in fields}
    if not any(field.name in query for field in fields):
        return Asked(typed, None, {})
    errors = dict(_errors(typed, fields))
    if not programme.targets:
        errors["target"] = say("The programme has no target: enter one first.")
    if errors:
        return Asked(typed, None, errors)
    return Asked(typed, _demand(typed, programme), {})


def currencies_of(programme: Programme) -> set[str]:
    """Of what measures and projects cost and borrow."""
    return {code for record in _records(programme) for code in _moneys(record)}


def currency_usual(programme: Programme) -> str:
    """The one that most measures are reckoned in."""
    found = [code for record in _records(programme) for code in _moneys(record)]
    return max(sorted(set(found)), key=found.count, default=USUAL)


def _records(programme: Programme) -> Iterator[Any]:
    yield from programme.commitments
    yield from programme.projects


def _moneys(record: Any) -> Iterator[str]:
    effect = record.effect
    if effect is not None:
        yield from (money.currency for money in (effect.cost, effect.finance) if money)


def _targets(programme: Programme) -> dict[str, Any]:
    return {target.id: target.label for target in programme.targets}


def _years(programme: Programme, today: date) -> list[int]:
    found = {
        year
        for target in programme.targets
        for statement in target.statements
        if (year := deadline(statement)) is not None
    }
    return sorted(year for year in found if year >= today.year)


def _errors(typed: Mapping[str, str], fields: Sequence[Field]) -> Iterator[tuple[str, Message]]:
    for field in fields:
        text = typed[field.name]
        if not text:
            continue
        if field.input == "choice" and text not in field.choices:
            yield field.name, say("“{text}” is none of this list: choose one.", text=text)
        elif field.input == "amount" and not _is_amount(money(text)):
            yield field.name, say("“{text}” is no amount: write 3000000 or 3 000 000.", text=text)
        elif field.input == "percent" and not _is_chance(share(text)):
            yield field.name, say("“{text}” is no chance: write 50 for 50 %.", text=text)
        elif field.input == "whole" and not _is_count(whole(text)):
            yield field.name, say("“{text}” is no number of measures: write 2.", text=text)
        elif field.name == "currency" and not is_currency(text.upper()):
            yield field.name, unknown_currency(text.upper())
        elif field.name.startswith(RATE) and money(text) == 0:
            yield field.name, say("A currency is worth something: write 1.08.")


def _is_amount(value: Any) -> bool:
    return isinstance(value, Decimal) and 0 <= value < 10**15


def _is_chance(value: Any) -> bool:
    return isinstance(value, Decimal) and 0 < value <= 100


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and 0 < value <= MOST_STARTS


def _demand(typed: Mapping[str, str], programme: Programme) -> Demand:
    currency = typed["currency"].upper() or currency_usual(programme)
    rates = {
        name.removeprefix(RATE): money(text)
        for name, text in typed.items()
        if name.startswith(RATE) and text and name != f"{RATE}{currency}"
    }
    return Demand(
        target=_target(typed["target"], programme),
        chance=float(share(typed["chance"])) / 100 if typed["chance"] else None,
        budget=money(typed["budget"]) if typed["budget"] else None,
        currency=currency,
        rates=rates,
        starts=whole(typed["starts"]) if typed["starts"] else None,
        year=int(typed["by"]) if typed["by"] else None,
        side=typed["side"] or None,
    )


def _target(name: str, programme: Programme) -> Target:
    """The headline target, else the first, where none is named."""
    wanted = name or programme.headline_target
    return next(
        (target for target in programme.targets if target.id == wanted), programme.targets[0]
    )
