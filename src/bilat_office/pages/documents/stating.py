"""“Its state has changed”: what a person types, as another version of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from bilat.language import Message, say
from bilat.programme import Document
from bilat.register import canonical
from bilat.vocabulary import Period
from bilat_office.pages.forms.telling import sentence

ORDER = ("negotiated", "agreed", "signed", "in_force")
CHANGES: Mapping[str, Message] = {
    "negotiated": say("in negotiation since"),
    "agreed": say("agreed on"),
    "signed": say("signed on"),
    "in_force": say("in force since"),
    "expires": say("runs out at the end of"),
    "replaced": say("replaced by another on"),
}
"""Field of the record → what has happened; the date follows."""


class StateWrong(Exception):
    """``errors``: field of the form → what is wrong with it."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Stated:
    """As it was typed."""

    what: str = ""
    when: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Stated:
        return cls(what=typed.get("what", ""), when=typed.get("when", "").strip()[:40])


def stated(content: canonical.Document, typed: Stated) -> canonical.Document:
    """The document with the date of one step of its life. Raises StateWrong."""
    errors: dict[str, Message] = {}
    if typed.what not in CHANGES:
        errors["what"] = say("Choose what has happened.")
    when = _period(typed.when, errors)
    if errors or when is None:
        raise StateWrong(errors)
    made = Document.model_validate({**content, typed.what: typed.when})
    _check_order(made, typed.what, when)
    try:
        return canonical.document(made)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise StateWrong({"when": sentence(first)}) from None


def _period(text: str, errors: dict[str, Message]) -> Period | None:
    if not text:
        errors["when"] = say("Say when: a day, a month, a quarter or a year.")
        return None
    try:
        return Period.parse(text)
    except ValueError:
        errors["when"] = say(
            "“{text}” is no day, month, quarter or year: write 2027-06-30, 2027-06, 2027-Q2, 2027.",
            text=text,
        )
        return None


def _check_order(made: Document, what: str, when: Period) -> None:
    """A life goes one way: no step ends before the one before it has begun."""
    place = ORDER.index(what) if what in ORDER else len(ORDER)
    for name in ORDER[:place]:
        before: Period | None = getattr(made, name)
        if before and when.end < before.start:
            raise StateWrong({"when": _out_of_order(CHANGES[name], before)})
    for name in ORDER[place + 1 :]:
        after: Period | None = getattr(made, name)
        if after and after.end < when.start:
            raise StateWrong({"when": _out_of_order(CHANGES[name], after)})


def _out_of_order(step: Message, when: Period) -> Message:
    return say(
        "It is recorded as {step} {when}: this date does not fit. Correct that one first, "
        "in “Change its other fields”.",
        step=step,
        when=when,
    )
