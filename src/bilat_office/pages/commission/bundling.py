"""A session as held, its protocol and its decisions, put together as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bilat.brief.facts.sessions import decisions_by_session, protocol_of
from bilat.language import Message, say
from bilat.programme import Commitment, Contact, Programme
from bilat.programme import Document as Paper
from bilat.register.canonical import Document, document
from bilat.register.kinds import Name
from bilat.register.orders import New
from bilat.vocabulary import Period
from bilat_office.pages.commission.decision import (
    DecisionRow,
    DecisionWrong,
    Errors,
    decision_typed,
    is_empty,
    next_ids,
    row_of,
)
from bilat_office.pages.commission.people import people_typed
from bilat_office.pages.commission.saving import checked
from bilat_office.pages.commission.typed import Typed, count_typed, one_line, text_typed
from bilat_office.records.refusals import OfficeRefused

SPARE_DECISIONS, SPARE_PEOPLE, MOST = 3, 2, 60


@dataclass(frozen=True)
class Ground:
    """What a bundle is written on. ``draft``: records as a draft of the own side has them."""

    programme: Programme
    session: Contact
    stands: Document
    draft: Mapping[Name, Document | None]

    @property
    def contact(self) -> Document:
        """The session as the draft has it, else as it stands."""
        return self.draft.get(("contacts", self.session.id)) or self.stands

    @cached_property
    def paper(self) -> Paper | None:
        """The protocol that is entered already."""
        return protocol_of(self.programme, self.session)

    @property
    def paper_content(self) -> Document:
        """The protocol as the draft has it, else as it stands, else a new one."""
        for (section, _id), content in self.draft.items():
            if section == "documents" and content:
                return content
        if self.paper:
            return document(self.paper)
        return {"id": f"protocol-{self.session.id}"[:80], "title": self._paper_title()}

    def _paper_title(self) -> Any:
        title = self.session.title
        named = {"en": "Protocol: {}", "ru": "Протокол: {}"}
        if not isinstance(title, dict):
            return named["en"].format(title)
        return {code: named[code].format(text) for code, text in title.items() if code in named}

    @cached_property
    def decided(self) -> Sequence[Commitment]:
        """Decisions of the session that are entered already."""
        return decisions_by_session(self.programme).get(self.session.id, ())

    @property
    def drafted(self) -> Sequence[Document]:
        """Decisions that only the draft has."""
        return [
            content
            for (section, id_), content in self.draft.items()
            if section == "commitments" and content and self.programme.find(Commitment, id_) is None
        ]

    @property
    def people(self) -> Sequence[Mapping[str, Any]]:
        return list(self.contact.get("participants", []))

    def counts(self, typed: Typed | None) -> tuple[int, int]:
        """Rows of decisions and of people, with empty ones below."""
        decisions, people = len(self.drafted), len(self.people)
        if typed is None:
            return min(MOST, decisions + SPARE_DECISIONS), min(MOST, people + SPARE_PEOPLE)
        return (
            count_typed(typed, "decisions", decisions, MOST),
            count_typed(typed, "people", people, MOST),
        )


class BundleWrong(Exception):
    """``errors``: name of an input → what is wrong with it."""

    def __init__(self, errors: Errors) -> None:
        super().__init__("; ".join(errors))
        self.errors = dict(errors)


def decision_rows(
    ground: Ground, count: int, typed: Typed | None, errors: Errors
) -> list[DecisionRow]:
    """Those of the draft, then empty ones with ids that are free."""
    drafted = list(ground.drafted)
    taken = {str(content["id"]) for content in drafted}
    free = [
        id_
        for id_ in next_ids(ground.programme, ground.session.id, count + len(taken))
        if id_ not in taken
    ]
    contents = [*drafted, *({"id": id_} for id_ in free)][:count]
    return [
        row_of(f"decision-{number}", ground.programme, content=content, typed=typed, errors=errors)
        for number, content in enumerate(contents)
    ]


def bundle_typed(ground: Ground, typed: Typed) -> list[New]:
    """The records that change, all of them. Raises BundleWrong, OfficeRefused."""
    errors: dict[str, Message] = {}
    paper = _paper(ground, typed, errors)
    new = _new_decisions(ground, typed, str(paper["id"]), errors)
    contact = _contact(ground, typed, errors)
    if errors:
        raise BundleWrong(errors)
    contact = checked("contacts", contact)
    contact["documents"] = _with(contact.get("documents", []), [paper["id"]])
    ids = [item.id for item in ground.decided] + [item["id"] for item in new]
    contact["follow_up"] = _with(contact.get("follow_up", []), ids)
    found: list[New] = [
        (("contacts", ground.session.id), checked("contacts", contact)),
        (("documents", str(paper["id"])), checked("documents", paper)),
        *_named(ground, str(paper["id"])),
        *((("commitments", str(item["id"])), item) for item in new),
    ]
    changed = [(name, content) for name, content in found if content != _stands(ground, name)]
    if not changed:
        raise OfficeRefused("nothing", say("Nothing is different from what stands."))
    return changed


def _with(items: Sequence[str], more: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*items, *more]))


def _contact(ground: Ground, typed: Typed, errors: dict[str, Message]) -> Document:
    held = one_line(typed, "held")
    if not held:
        errors["held"] = say("Write when the session was held.")
    _check_period(held, "held", errors)
    before = ground.contact
    _count, people = ground.counts(typed)
    return {
        **before,
        "held": held,
        "place": text_typed(typed, "place", before.get("place")),
        "outcome": text_typed(typed, "outcome", before.get("outcome")),
        "participants": people_typed(ground.people, people, typed),
    }


def _paper(ground: Ground, typed: Typed, errors: dict[str, Message]) -> Document:
    before = ground.paper_content
    title = text_typed(typed, "paper-title", before.get("title"))
    if title is None:
        errors["paper-title"] = say("Write what the protocol is called, in one language at least.")
    signed = one_line(typed, "signed")
    _check_period(signed, "signed", errors)
    id_ = ground.paper.id if ground.paper else one_line(typed, "paper-id") or before["id"]
    taken = ground.paper is None and ground.programme.find(Paper, str(id_)) is not None
    if taken:
        errors["paper-id"] = say("There is a record with this id already: choose another one.")
    return {
        **before,
        "id": id_,
        "title": title,
        "kind": "protocol",
        "contact": ground.session.id,
        "signed": signed or None,
    }


def _check_period(text: str, name: str, errors: dict[str, Message]) -> None:
    if not text:
        return
    try:
        Period.parse(text)
    except ValueError:
        errors[name] = say(
            "“{text}” is no day, month or year: write 2027-06-30, 2027-06, 2027.", text=text
        )


def _new_decisions(
    ground: Ground, typed: Typed, paper: str, errors: dict[str, Message]
) -> list[Document]:
    count, _people = ground.counts(typed)
    drafted, found, seen = list(ground.drafted), [], set[str]()
    for number in range(count):
        name = f"decision-{number}"
        if is_empty(typed, name, ground.programme):
            continue
        before = drafted[number] if number < len(drafted) else None
        try:
            made = decision_typed(
                typed,
                name,
                ground.programme,
                session=ground.session.id,
                document=paper,
                before=before,
            )
        except DecisionWrong as wrong:
            errors.update(wrong.errors)
            continue
        if made["id"] in seen:
            errors[f"{name}-id"] = say("Two decisions have this id: choose another one.")
        seen.add(str(made["id"]))
        found.append(made)
    return found


def _named(ground: Ground, paper: str) -> list[New]:
    """Decisions that are entered already name the protocol from now on."""
    found: list[New] = []
    for item in ground.decided:
        content = document(item)
        content.setdefault("contact", ground.session.id)
        content.setdefault("document", paper)
        found.append((("commitments", item.id), checked("commitments", content)))
    return found


def _stands(ground: Ground, name: Name) -> Document | None:
    section, record_id = name
    found: Any = {item.id: item for item in ground.programme.section(section)}.get(record_id)
    return document(found) if found is not None else None
