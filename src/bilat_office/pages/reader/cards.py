"""A proposal as the page shows it: what was read, what it would become, what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.reading import telling
from bilat.reading.proposal import Proposal
from bilat.reading.records import Question
from bilat.register.canonical import document
from bilat.register.kinds import Name
from bilat_office.pages.addresses import address_of, address_of_reference
from bilat_office.pages.differing import FieldShown, record_shown
from bilat_office.pages.reader.considering import Case, find
from bilat_office.pages.reckoning import joint_programme, programme_unshown, saw_private
from bilat_office.pages.sections import code_name, section_name
from bilat_office.pages.showing import ShownField, shown_fields, title_of
from bilat_office.pages.statuses import CHANGE, DRAFT
from bilat_office.pages.views.drafts import draft_of
from bilat_office.pages.visit import Visit
from bilat_office.readings.models import CHOSEN, FILED, REJECTED, WAITING, Finding
from bilat_office.readings.stored import proposal_of

SURE: Sequence[tuple[float, Message]] = (
    (0.85, say("The rule is quite sure")),
    (0.6, say("The rule is fairly sure")),
    (0.0, say("The rule is not sure: read the text around it")),
)
RELATIONS: Mapping[str, tuple[Message, str]] = {
    "new": (say("new"), "plain"),
    "repeats": (say("known already"), "quiet"),
    "updates": (say("brings something newer"), "warn"),
    "contradicts": (say("contradicts what is recorded"), "bad"),
}
STATES: Mapping[str, tuple[Message, str]] = {
    WAITING: (say("waits for you"), "warn"),
    CHOSEN: (say("accepted, not filed yet"), "plain"),
    FILED: (say("filed"), "good"),
    REJECTED: (say("rejected"), "quiet"),
}
CLOSED = ("side", "status", "type", "indicator_id")
"""Questions that only one of the given answers fits."""
NOTHING_LEFT = ("rejected", "withdrawn", "countered", "stale", "lapsed")


@dataclass(frozen=True)
class Statement:
    """One side of a contradiction: whose words, and the fields that say it."""

    title: str
    address: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True)
class Asked:
    """A question with the answers to choose from. hints: what might be typed, never filled in."""

    name: str
    text: Message
    options: tuple[tuple[str, Any], ...] = ()
    value: str = ""
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Went:
    """Where an accepted proposal went. ``is_nothing``: it was dropped or rejected there."""

    label: Message
    address: str
    tone: str = "plain"
    is_nothing: bool = False


@dataclass(frozen=True)
class Card:
    """number: on the page. fields: of a new record; changes: of one that is there."""

    number: int
    finding: Finding
    proposal: Proposal
    kind: Message
    headline: str
    speaker: str
    manner: Message
    sure: Message
    state: Message
    tone: str
    relation: Message | None = None
    relation_tone: str = ""
    relation_kind: str = ""
    difference: Message | None = None
    section: Message | None = None
    fields: tuple[ShownField, ...] = ()
    changes: tuple[FieldShown, ...] = ()
    partial: tuple[FieldShown, ...] = ()
    said_before: tuple[Statement, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    questions: tuple[Asked, ...] = ()
    problems: tuple[Message, ...] = ()
    went: Went | None = None

    @property
    def is_waiting(self) -> bool:
        return self.finding.state == WAITING

    @property
    def is_chosen(self) -> bool:
        return self.finding.state == CHOSEN

    @property
    def may_come_back(self) -> bool:
        nothing = bool(self.went and self.went.is_nothing)
        return self.finding.state in (CHOSEN, REJECTED) or nothing


def decided_card(visit: Visit, number: int, finding: Finding, went: Went | None) -> Card:
    """Of what has been filed or rejected: told in a few lines."""
    return Card(**_head(visit, number, finding, proposal_of(finding.content)), went=went)


def open_card(
    visit: Visit, number: int, finding: Finding, case: Case, typed: Mapping[str, str]
) -> Card:
    """Of what waits, or was accepted and is not filed."""
    relation = case.relation
    label, tone = RELATIONS[relation.kind]
    return Card(
        **_head(visit, number, finding, case.considered.proposal),
        relation=label,
        relation_tone=tone,
        relation_kind=relation.kind,
        difference=relation.difference,
        section=section_name(
            case.record.section if case.record else case.considered.mapped.section
        ),
        own=tuple(_own(visit, case.own)),
        said_before=tuple(_statements(visit, relation.records)),
        questions=tuple(_asked(visit, case, each, typed) for each in case.questions),
        problems=tuple(each.what for each in case.refusal.problems) if case.refusal else (),
        **_becomes(visit, case),
    )


def _head(visit: Visit, number: int, finding: Finding, proposal: Proposal) -> dict[str, Any]:
    words = visit.words
    state, tone = STATES[finding.state]
    return {
        "number": number,
        "finding": finding,
        "proposal": proposal,
        "kind": telling.KINDS[proposal.kind],
        "headline": telling.headline(proposal, words),
        "speaker": telling.speaker(proposal, words),
        "manner": telling.MANNERS[proposal.manner],
        "sure": next(text for least, text in SURE if proposal.confidence >= least),
        "state": state,
        "tone": tone,
    }


def _becomes(visit: Visit, case: Case) -> dict[str, Any]:
    """The new record in words; what changes in one that is there; or as much as is known."""
    words, record = visit.words, case.record
    if record is None:
        mapped = case.considered.mapped
        known = {key: value for key, value in mapped.fields.items() if key not in ("id", "sources")}
        shown = record_shown((mapped.section, ""), None, known, words)
        return {"partial": shown.fields}
    if case.before is None:
        fields = shown_fields(record, record.section, joint_programme(visit), words.lang)
        return {"fields": tuple(each for each in fields if each.name != "sources")}
    name = (record.section, record.id)
    return {"changes": record_shown(name, document(case.before), document(record), words).fields}


def _statements(visit: Visit, names: Sequence[Name]) -> Iterator[Statement]:
    programme, lang = joint_programme(visit), visit.words.lang
    for section, id_ in names:
        record = find(programme, (section, id_))
        if record is not None:
            fields = shown_fields(record, section, programme, lang)
            title = title_of(programme, section, id_, lang)
            yield Statement(title, address_of(section, id_), fields)


def _own(visit: Visit, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    saw_private(visit, names)
    for section, id_ in names:
        title = title_of(programme_unshown(visit), section, id_, visit.words.lang)
        yield title, address_of(section, id_)


def _asked(visit: Visit, case: Case, question: Question, typed: Mapping[str, str]) -> Asked:
    given = typed.get(question.name, "")
    if question.name not in CLOSED or not question.choices:
        return Asked(question.name, question.text, value=given, hints=question.choices)
    section = case.considered.mapped.section
    options = tuple(
        (code, _choice(visit, section, question.name, code)) for code in question.choices
    )
    return Asked(question.name, question.text, options, given)


def _choice(visit: Visit, section: str, name: str, code: str) -> Any:
    if name == "side":
        return visit.office.side_name(code)
    if name == "indicator_id":
        return title_of(joint_programme(visit), "indicators", code, visit.words.lang)
    return code_name(section, "kind" if name == "type" else name, code)


class Outcomes:
    """Where the filed proposals of a text went; each draft and change is looked up once."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._known: dict[tuple[int | None, str], Went] = {}

    def of(self, finding: Finding) -> Went | None:
        if finding.state != FILED:
            return None
        if finding.draft is None and not finding.change:
            address = address_of_reference(finding.record_name)
            return Went(say("a record of your side alone"), address, "good")
        key = (finding.draft, finding.change)
        if key not in self._known:
            self._known[key] = self._found(finding)
        return self._known[key]

    def _found(self, finding: Finding) -> Went:
        change, number = finding.change, finding.draft
        if number is not None:
            try:
                draft = draft_of(self._visit, number)
            except BilatError:
                return Went(say("draft {n}", n=str(number)), "")
            if not draft.change:
                label = say("draft {n}: {state}", n=str(number), state=DRAFT[draft.state])
                address = reverse("draft", args=[number])
                return Went(label, address, is_nothing=draft.state == "dropped")
            change = draft.change
        return self._of_change(change)

    def _of_change(self, change: str) -> Went:
        try:
            with self._visit.desk() as desk:
                status = desk.get(change).status
        except BilatError:
            return Went(say("a change that is not here"), "", is_nothing=True)
        label = say("change {change}: {state}", change=change[:8], state=CHANGE[status])
        tone = "good" if status == "entered" else "plain"
        return Went(label, reverse("change", args=[change]), tone, status in NOTHING_LEFT)
