"""The layout of the ACTUS test files: an object of cases by name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError

from bilat.errors import NoAnswer
from bilat.finance.actus.market import Market
from bilat.finance.actus.moments import read_moment
from bilat.language import say

MOST_DIGITS = 400
"""Of expected figures, made in floating point: what they leave of zero may be very small."""


def _figure(value: Any) -> Decimal:
    """Amounts are numbers, or texts with blanks around them."""
    try:
        figure = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError(f"{value} is not a number") from None
    if figure.is_finite() and abs(figure.adjusted()) > MOST_DIGITS:
        raise ValueError(f"{value} is larger or smaller than any amount or rate")
    return figure


Moment = Annotated[datetime, BeforeValidator(lambda value: read_moment(str(value)))]
MaybeMoment = Annotated[
    datetime | None, BeforeValidator(lambda value: read_moment(str(value)) if value else None)
]
Figure = Annotated[Decimal, BeforeValidator(_figure)]


class Observation(BaseModel):
    timestamp: Moment
    value: Figure


class Series(BaseModel):
    data: list[Observation]


class ObservedEvent(BaseModel):
    """What the other party did; only prepayments (PP) can be run."""

    kind: str = Field(validation_alias=AliasChoices("type", "eventType"))
    time: Moment = Field(validation_alias=AliasChoices("time", "eventDate"))
    value: Figure = Field(validation_alias=AliasChoices("value", "payoff"))


class Expected(BaseModel):
    """One event as it should be. A figure that is left out is not compared."""

    time: Moment = Field(validation_alias="eventDate")
    kind: str = Field(validation_alias="eventType")
    payoff: Figure | None = None
    notional: Figure | None = Field(None, validation_alias="notionalPrincipal")
    rate: Figure | None = Field(None, validation_alias="nominalInterestRate")
    accrued: Figure | None = Field(None, validation_alias="accruedInterest")


class Case(BaseModel):
    """A contract's terms, what was observed, up to when, and the events expected of it."""

    terms: dict[str, Any]
    to: MaybeMoment = None
    observed: dict[str, Series] = Field({}, validation_alias="dataObserved")
    events: list[ObservedEvent] = Field([], validation_alias="eventsObserved")
    results: list[Expected]

    def market(self) -> Market:
        return Market(
            {
                code: [(one.timestamp, one.value) for one in series.data]
                for code, series in self.observed.items()
            }
        )


CASES = TypeAdapter(dict[str, Case])


def read_cases(path: Path) -> dict[str, Case]:
    """The cases of a file. Raises NoAnswer, with the place, where it has another layout."""
    try:
        return CASES.validate_python(_parsed(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise NoAnswer(say("{file}: {why}", file=str(path), why=error.strerror)) from None
    except ValidationError as error:
        first = error.errors()[0]
        what = say(
            "{file}: not in the ACTUS test layout at {place}: {why}. Cases by name are expected, "
            "each with “terms” and “results”",
            file=str(path),
            place=_place(first["loc"]),
            why=first["msg"],
        )
        raise NoAnswer(what) from None
    except ValueError as error:
        what = say("{file}: this is not JSON: {why}", file=str(path), why=str(error))
        raise NoAnswer(what) from None


def _parsed(text: str) -> Any:
    """Raises ValueError for what is no JSON, or cannot be shown again (half of a surrogate)."""
    try:
        data = json.loads(text)
        json.dumps(data, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("too many levels, one within the other") from None
    return data


def _place(steps: Sequence[str | int]) -> str:
    return ".".join(str(step) for step in steps) or "—"
