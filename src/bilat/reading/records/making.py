"""A record in the making: what was read goes in, what has to be asked is collected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bilat.language import Message, Text, say
from bilat.programme import KINDS, Programme
from bilat.reading.proposal import Proposal
from bilat.vocabulary import Period
from bilat.vocabulary.text_type import Unreadable


@dataclass(frozen=True)
class Question:
    """What only a person can say. ``name``: the field of the proposal that the answer fills."""

    name: str
    text: Message
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapped:
    """A record to be: ``fields`` as a programme file holds them. Ready when nothing is asked."""

    section: str
    fields: Mapping[str, Any]
    questions: tuple[Question, ...] = ()


@dataclass
class Making:
    """One proposal on its way into a programme; collects what has to be asked."""

    proposal: Proposal
    programme: Programme
    source_id: str
    stated: Period | None
    language: str
    questions: list[Question] = field(default_factory=list)

    def get(self, name: str) -> Any:
        return self.proposal.fields.get(name)

    def ask(self, name: str, text: Message, choices: Iterable[str] = ()) -> None:
        if name not in [question.name for question in self.questions]:
            self.questions.append(Question(name, text, tuple(choices)))

    def side(self) -> str | None:
        if self.proposal.side in self.programme.sides:
            return self.proposal.side
        self.ask("side", say("For which side is this said?"), self.programme.sides)
        return None

    def said_on(self) -> str | None:
        if self.stated is None:
            self.ask("stated", say("On which day was this said or published?"))
            return None
        return str(self.stated)

    def when(self, text: Message) -> str | None:
        """The date that the text gives, else the one that a person gives."""
        if date := self.get("date"):
            return str(date)
        self.ask("date", text, [str(self.stated)] if self.stated else ())
        return None

    def kind(self, name: str, kinds: Mapping[str, str], text: Message) -> str | None:
        found = kinds.get(str(self.get(name) or "").lower().replace("_", " "))
        if found is None:
            self.ask(name, text, sorted(set(kinds.values())))
        return found

    def speaker(self) -> dict[str, Any] | None:
        """Whoever said it, as the text names them."""
        if not self.proposal.speaker:
            return None
        known = self.proposal.side in self.programme.sides
        side = {"side": self.proposal.side} if known else {}
        return {"name": self.proposal.speaker, **side}

    def title(self, made: Callable[[], Text]) -> Text:
        """The title that a person gave, else one made from what was read."""
        return self.get("title") or made()

    def id(self, section: str, *parts: object) -> str:
        """A new id of the parts; with a number where it is taken."""
        words = "-".join(str(part) for part in parts if part is not None).lower()
        plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in words).strip("-")
        base = "-".join(filter(None, plain.split("-")))[:70] or KINDS[section].__name__.lower()
        taken = {record.id for record in self.programme.section(section)}
        names = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
        return next(name for name in names if name not in taken)

    def done(self, section: str, **fields: Any) -> Mapped:
        known = {name: value for name, value in fields.items() if value not in (None, "", (), [])}
        return Mapped(section, {**known, "sources": [self.source_id]}, tuple(self.questions))


def period_of(value: object) -> Period | None:
    """None where it is missing or no period; a record that needs one is refused with its text."""
    try:
        return Period.parse(str(value)) if value else None
    except Unreadable:
        return None


def plain_number(value: Decimal | None) -> int | Decimal | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()
