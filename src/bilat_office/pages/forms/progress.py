"""How far a measure has come, and a new date: what its owner types, as another version of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from bilat.language import Message, say
from bilat.programme import Commitment
from bilat.register.canonical import Document, document
from bilat.vocabulary import Period
from bilat_office.pages.forms.telling import sentence


class ProgressWrong(Exception):
    """``errors``: field of the form → what is wrong with it."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Progress:
    """As it was typed."""

    grade: str = ""
    on: str = ""
    evidence_en: str = ""
    evidence_ru: str = ""
    due: str = ""
    due_reason_en: str = ""
    due_reason_ru: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Progress:
        names = cls.__dataclass_fields__
        return cls(**{name: typed.get(name, "").replace("\r\n", "\n").strip() for name in names})


def progressed(content: Document, typed: Progress, today: date, body: str) -> Document:
    """The measure with its new evidence, or its new date, or both. Raises ProgressWrong."""
    errors: dict[str, Message] = {}
    made = dict(content)
    if not typed.grade and not typed.due:
        raise ProgressWrong({"grade": say("Choose how far it has come, or give a new date.")})
    if typed.grade:
        made["evidence"] = [*content.get("evidence", ()), _evidence(typed, today, body, errors)]
    if typed.due:
        made["due_changes"] = [*content.get("due_changes", ()), _due(typed, today, errors)]
    if errors:
        raise ProgressWrong(errors)
    try:
        return document(Commitment.model_validate(made))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = str(first["loc"][0]) if first["loc"] else "grade"
        field = "due" if where == "due_changes" else "evidence" if where == "evidence" else "grade"
        raise ProgressWrong({field: sentence(first)}) from None


def _evidence(typed: Progress, today: date, body: str, errors: dict[str, Message]) -> Any:
    text = _text(typed.evidence_en, typed.evidence_ru)
    if text is None:
        errors["evidence"] = say("Say what shows it: a few words, in one language at least.")
    on = today.isoformat()
    if typed.on:
        try:
            on = date.fromisoformat(typed.on).isoformat()
        except ValueError:
            errors["on"] = say("“{text}” is no day: write it as 2027-06-30.", text=typed.on)
    made = {"on": on, "grade": typed.grade, "text": text}
    return {**made, "by": body} if body else made


def _due(typed: Progress, today: date, errors: dict[str, Message]) -> Any:
    reason = _text(typed.due_reason_en, typed.due_reason_ru)
    if reason is None:
        errors["due_reason"] = say(
            "A changed date has a reason. Write it in one language at least."
        )
    try:
        Period.parse(typed.due)
    except ValueError:
        errors["due"] = say(
            "“{text}” is no day, month, quarter or year: write 2027-06-30, 2027-06, 2027-Q2, 2027.",
            text=typed.due,
        )
    return {"on": today.isoformat(), "due": typed.due, "reason": reason}


def _text(english: str, russian: str) -> dict[str, str] | None:
    found = {code: text for code, text in (("en", english), ("ru", russian)) if text}
    return found or None
