"""One decision as it is typed: what, who of each side, by when; and as a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bilat.language import Message, say
from bilat.programme import Body, Commitment, Programme
from bilat.register.canonical import Document
from bilat.vocabulary import Period
from bilat_office.pages.commission.saving import checked
from bilat_office.pages.commission.typed import Box, Typed, boxes_of, one_line, text_typed
from bilat_office.records.refusals import OfficeRefused

Errors = Mapping[str, Message]
"""Name of an input → what is wrong with it."""
LABELS: Mapping[str, Message] = {
    "id": say("Id"),
    "title": say("Decision"),
    "owner": say("Owners"),
    "due": say("Due"),
}


class DecisionWrong(Exception):
    """What was typed is no decision."""

    def __init__(self, errors: Errors) -> None:
        super().__init__("; ".join(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class OwnerBox:
    """The bodies of one side that answer for a decision, as ids or names."""

    name: str
    side: str
    label: Any
    value: str


@dataclass(frozen=True)
class DecisionRow:
    """One decision of a form. ``name``: with what the names of its inputs begin."""

    name: str
    id: str
    boxes: list[Box]
    owners: list[OwnerBox]
    due: str
    errors: Errors = field(default_factory=dict)

    @property
    def wrong(self) -> list[tuple[str, Message]]:
        return list(self.errors.items())


def row_of(
    name: str,
    programme: Programme,
    *,
    content: Mapping[str, Any],
    typed: Typed | None = None,
    errors: Errors | None = None,
) -> DecisionRow:
    """Filled from a record, or as it was typed."""
    mine = {key: what for key, what in (errors or {}).items() if key.startswith(f"{name}-")}
    if typed is None:
        id_, due = str(content.get("id", "")), str(content.get("due", ""))
    else:
        id_, due = one_line(typed, f"{name}-id"), one_line(typed, f"{name}-due")
    return DecisionRow(
        name=name,
        id=id_,
        boxes=boxes_of(f"{name}-title", content.get("title"), typed),
        owners=list(_owner_boxes(name, programme, content, typed)),
        due=due,
        errors=mine,
    )


def _owner_boxes(
    name: str, programme: Programme, content: Mapping[str, Any], typed: Typed | None
) -> Iterator[OwnerBox]:
    owners = [programme.find(Body, owner) for owner in content.get("owners", ())]
    for place, side in enumerate(programme.sides):
        key = f"{name}-owner-{side}"
        own = [body.id for body in owners if body and _belongs(body, side, first=not place)]
        value = "; ".join(own) if typed is None else one_line(typed, key)
        yield OwnerBox(key, side, programme.side_name(side), value)


def _belongs(body: Body, side: str, *, first: bool) -> bool:
    """A joint body stands in the first side's box: it has to stand somewhere."""
    return body.party == side or (body.party is None and first)


def is_empty(typed: Typed, name: str, programme: Programme) -> bool:
    """Nothing was written in the row; its id alone is made up by the form."""
    inputs = [f"{name}-due", *(f"{name}-owner-{side}" for side in programme.sides)]
    return text_typed(typed, f"{name}-title") is None and not any(
        one_line(typed, each) for each in inputs
    )


def decision_typed(
    typed: Typed,
    name: str,
    programme: Programme,
    *,
    session: str,
    document: str | None,
    before: Document | None = None,
    visibility: str = "joint",
) -> Document:
    """The commitment that names its session, and its protocol where there is one.

    before: the record of which this is another text. Raises DecisionWrong.
    """
    errors: dict[str, Message] = {}
    id_ = one_line(typed, f"{name}-id")
    if programme.find(Commitment, id_) and not before:
        errors[f"{name}-id"] = say("There is a record with this id already: choose another one.")
    title = text_typed(typed, f"{name}-title", (before or {}).get("title"))
    if title is None:
        errors[f"{name}-title"] = say("Write what was decided, in one language at least.")
    owners = _owners_typed(typed, name, programme, errors)
    due = one_line(typed, f"{name}-due")
    if due:
        _check_due(due, f"{name}-due", errors)
    if errors:
        raise DecisionWrong(errors)
    content = {**(before or {}), "id": id_, "title": title, "kind": "decision", "contact": session}
    content |= {"owners": owners, "visibility": visibility, "due": due or None}
    if document:
        content["document"] = document
    try:
        return checked("commitments", content)
    except OfficeRefused as refusal:
        raise DecisionWrong({f"{name}-id": refusal.message}) from None


def _check_due(due: str, name: str, errors: dict[str, Message]) -> None:
    try:
        Period.parse(due)
    except ValueError:
        errors[name] = say(
            "“{text}” is no day, month, quarter or year: write 2027-06-30, 2027-06, 2027-Q2, 2027.",
            text=due,
        )


def _owners_typed(
    typed: Typed, name: str, programme: Programme, errors: dict[str, Message]
) -> list[str]:
    found: list[str] = []
    for side in programme.sides:
        key = f"{name}-owner-{side}"
        for text in _parts(one_line(typed, key), programme):
            body = _body(text, programme)
            if body is None:
                errors[key] = say(
                    "“{text}” is no body of the programme: choose one of the list, or add it.",
                    text=text,
                )
            elif body not in found:
                found.append(body)
    return found


def _parts(text: str, programme: Programme) -> Sequence[str]:
    """A name may hold a semicolon itself."""
    if not text or _body(text, programme):
        return [text] if text else []
    return [part.strip() for part in text.split(";") if part.strip()]


def _body(text: str, programme: Programme) -> str | None:
    """The id of the body with this id, or with this name in any language."""
    if programme.find(Body, text):
        return text
    wanted = text.casefold()
    for body in programme.bodies:
        names = body.name.values() if isinstance(body.name, dict) else [body.name]
        if wanted in (name.casefold() for name in names):
            return body.id
    return None


def next_ids(programme: Programme, session: str, count: int) -> list[str]:
    """Ids that are free: ``session-13-1``, ``session-13-2`` …"""
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        if programme.find(Commitment, f"{session}-{number}") is None:
            found.append(f"{session}-{number}")
    return found


def errors_shown(errors: Errors) -> list[dict[str, Any]]:
    """For the summary at the head of a form: each leads to its input."""
    return [
        {"anchor": _anchor(name), "label": LABELS[name.split("-")[2]], "what": what}
        for name, what in errors.items()
    ]


def _anchor(name: str) -> str:
    return f"{name}_en" if name.endswith("-title") else name
