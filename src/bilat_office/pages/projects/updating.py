"""A project's new stage, and what it made in a year: as it was typed, as another version of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from bilat.language import Message, say
from bilat.programme import Project
from bilat.register.canonical import Document, document
from bilat.vocabulary import Period, is_currency
from bilat_office.pages.forms.telling import sentence

AMOUNTS = ("planned_units", "units", "planned_value", "value")
MONEY = ("planned_value", "value")


class UpdateWrong(Exception):
    """``errors``: field of the form → what is wrong with it."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Update:
    """As it was typed."""

    stage: str = ""
    since: str = ""
    year: str = ""
    count: str = ""
    """By whose count: a side, or empty for both."""
    planned_units: str = ""
    units: str = ""
    planned_value: str = ""
    value: str = ""
    currency: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Update:
        names = cls.__dataclass_fields__
        return cls(**{name: typed.get(name, "").strip()[:100] for name in names})

    @property
    def has_amounts(self) -> bool:
        return any(getattr(self, name) for name in AMOUNTS)


def updated(content: Document, typed: Update, today: date) -> Document:
    """The project with its new stage, its year, or both. Raises UpdateWrong."""
    errors: dict[str, Message] = {}
    made = dict(content)
    moves = bool(typed.stage) and typed.stage != content.get("stage", "idea")
    if not moves and not typed.has_amounts:
        raise UpdateWrong({"stage": say("Choose another stage, or give numbers of a year.")})
    if moves:
        made["stage"] = typed.stage
        made["since"] = _since(typed, today, errors)
    if typed.has_amounts:
        made["years"] = _years(content.get("years", ()), typed, errors)
    if errors:
        raise UpdateWrong(errors)
    try:
        return document(Project.model_validate(made))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = "year" if first["loc"][:1] == ("years",) else "stage"
        raise UpdateWrong({field: sentence(first)}) from None


def _since(typed: Update, today: date, errors: dict[str, Message]) -> str:
    text = typed.since or today.isoformat()
    try:
        return str(Period.parse(text))
    except ValueError:
        errors["since"] = say(
            "“{text}” is no day, month, quarter or year: write 2027-06-30, 2027-06, 2027-Q2, 2027.",
            text=text,
        )
        return ""


def _years(years: Any, typed: Update, errors: dict[str, Message]) -> list[Any]:
    """With the line of this year and count: what is not typed stays as it was."""
    if not (typed.year.isascii() and typed.year.isdecimal() and len(typed.year) == 4):
        errors["year"] = say("“{text}” is no year: write it as 2027.", text=typed.year or "–")
        return []
    wanted = (int(typed.year), typed.count or None)
    kept = [dict(item) for item in years]
    line = next((item for item in kept if (item["year"], item.get("side")) == wanted), None)
    if line is None:
        line = {"year": wanted[0]} | ({"side": wanted[1]} if wanted[1] else {})
        kept.append(line)
    for name in AMOUNTS:
        text = getattr(typed, name)
        if text:
            line[name] = _amount(name, text, typed, errors)
    return sorted(kept, key=lambda item: (item["year"], item.get("side") or ""))


def _amount(name: str, text: str, typed: Update, errors: dict[str, Message]) -> Any:
    number = _number(text)
    if number is None:
        errors[name] = say(
            "“{text}” is no number that is not negative: write 1200 or 1200.5.", text=text
        )
    if name not in MONEY:
        return str(number)
    if not is_currency(typed.currency):
        errors["currency"] = say(
            "“{text}” is no currency: write its three letters, such as USD.",
            text=typed.currency or "–",
        )
    return {"amount": str(number), "currency": typed.currency}


def _number(text: str) -> Decimal | None:
    """With a comma or a dot before the decimals; spaces may stand between thousands."""
    try:
        found = Decimal(text.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None
