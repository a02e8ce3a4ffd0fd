"""A person decides: each proposal is accepted, corrected or rejected, by name and with the time.

Every decision is written at once, the programme first: whoever stops goes on where they were.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from bilat.errors import NoAnswer
from bilat.language import Message, Words, say
from bilat.programme import Programme, Source, open_programme, save
from bilat.reading.entering import AnswersNeeded, enter
from bilat.reading.kept import (
    FOLDER,
    Decision,
    Kept,
    KeptProposal,
    OpenQuestion,
    read_kept,
    save_kept,
)
from bilat.reading.proposal import Proposal
from bilat.reading.records import Mapped, Question, to_record
from bilat.reading.records.making import period_of
from bilat.reading.relation import Relation, relate
from bilat.vocabulary import Period

OF_PROPOSAL = ("side", "speaker", "manner")
OF_SOURCE = ("source", "publisher", "source_title")
"""Answers that describe the text rather than the proposal."""


class NotDecidable(NoAnswer):
    """There is no such proposal, or it was decided before."""


@dataclass(frozen=True)
class Considered:
    """A proposal as it stands before the programme of this moment."""

    kept: Kept
    item: KeptProposal
    proposal: Proposal
    """With the corrections of the person."""
    relation: Relation
    mapped: Mapped
    source: Source | None
    """None while its publisher is unknown."""

    @property
    def stated(self) -> Period | None:
        """When what the text says was said: the day that a person gave, else its publication."""
        return _stated(self.kept, self.proposal)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What has to be answered before it can be accepted."""
        wanted = self.mapped.questions if self.relation.kind != "repeats" else ()
        return (*wanted, *source_questions(self.kept, self.source))


@dataclass(frozen=True)
class Signature:
    """by: a person's name. on: ISO day and time of the decision."""

    by: str
    on: str
    why: str | None = None


def consider(
    kept: Kept, item: KeptProposal, programme: Programme, answers: Mapping[str, str] | None = None
) -> Considered:
    """The proposal with answers filled in, its relation and the record that it would become."""
    given = dict(answers or {})
    about_source = {name: given.pop(name) for name in OF_SOURCE if name in given}
    source = source_of(kept, programme, about_source)
    proposal = _corrected(item.proposal, kept, given)
    stated = _stated(kept, proposal)
    relation = relate(proposal, programme, stated=stated, language=kept.language)
    mapped = to_record(
        proposal,
        programme,
        source.id if source else kept.name,
        stated=stated,
        language=kept.language,
    )
    return Considered(kept, item, proposal, relation, mapped, source)


def _stated(kept: Kept, proposal: Proposal) -> Period | None:
    if said := proposal.fields.get("stated"):
        return period_of(said)
    day = kept.original.published
    return Period(day, day) if day else None


def _corrected(proposal: Proposal, kept: Kept, answers: Mapping[str, str]) -> Proposal:
    """Where no speaker is named, the side for which the whole text speaks has said it."""
    own = {name: answers[name] for name in OF_PROPOSAL if name in answers}
    fields = {name: _value(name, text) for name, text in answers.items() if name not in own}
    changed = replace(proposal, fields={**proposal.fields, **fields}, **own)  # type: ignore[arg-type]
    return changed if changed.side else replace(changed, side=kept.side)


NUMBERS = ("value", "growth_pct", "multiple", "by", "horizon_years", "ordinal", "until")
_NUMBER = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*([a-zа-я]*)\.?", re.IGNORECASE)
_SCALES = {
    "": 1,
    "thousand": 10**3,
    "тыс": 10**3,
    "million": 10**6,
    "млн": 10**6,
    "billion": 10**9,
    "млрд": 10**9,
}


def _value(name: str, text: str) -> Any:
    """What a person typed: “71 million”, nothing (to take a wrong value out), or words.

    Raises NotDecidable for words where a number belongs.
    """
    text = text.strip()
    if text in ("", "-", "–"):
        return None
    if name not in NUMBERS:
        return text
    closed_up = re.sub(r"(?<=\d)[ \u00a0_](?=\d)", "", text)
    found = _NUMBER.fullmatch(closed_up)
    if found is None or found[2].lower() not in _SCALES:
        raise NotDecidable(
            say("{name}: “{text}” is no number. Write 71000000 or 71 million", name=name, text=text)
        )
    number = Decimal(found[1].replace(",", ".")) * _SCALES[found[2].lower()]
    return int(number) if number == number.to_integral_value() else float(number)


def source_of(kept: Kept, programme: Programme, answers: Mapping[str, str]) -> Source | None:
    """A source that the programme has, or a new one as soon as the publisher is known."""
    named = answers.get("source") or kept.source
    if found := programme.find(Source, named):
        return found
    same = (item for item in programme.sources if item.address and item.address == kept.address)
    if found := next(same, None):
        return found
    publisher = answers.get("publisher") or kept.publisher
    if not publisher:
        return None
    day = kept.original.published
    taken = {item.id for item in programme.sources}
    base = named or re.sub(r"[^A-Za-z0-9._-]+", "-", kept.name).strip("-._").lower() or "text"
    names = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return Source(
        id=next(name for name in names if name not in taken),
        title=answers.get("source_title") or kept.original.title or kept.original.name,
        publisher=publisher,
        address=kept.address,
        published=Period(day, day) if day else None,
        side=kept.side if kept.side in programme.sides else None,
    )


def source_questions(kept: Kept, source: Source | None) -> tuple[Question, ...]:
    if source is not None:
        return ()
    text = say("Who published the text {name}?", name=kept.original.name)
    return (Question("publisher", text),)


def accept(
    folder: Path,
    kept: Kept,
    proposal_id: str,
    signature: Signature,
    *,
    answers: Mapping[str, str] | None = None,
    visibility: str = "joint",
) -> tuple[Kept, Relation]:
    """Enter the proposal, with a person's corrections, into the programme of ``folder``.

    Raises NotDecidable, AnswersNeeded, or ProgrammeInvalid with the problems of the record: then
    neither the folder nor the reading has changed.
    """
    programme, kept = open_programme(folder), latest(folder, kept)
    item = _open(kept, proposal_id)
    case = consider(kept, item, programme, answers)
    if case.source is None:
        raise AnswersNeeded(case.questions)
    entered, record = enter(
        programme,
        case.relation,
        case.mapped,
        case.source,
        stated=_stated(kept, case.proposal),
        visibility=visibility,
    )
    save(entered, folder)
    given = {key: value for key, value in (answers or {}).items() if key not in OF_SOURCE}
    decided = replace(
        item,
        state="corrected" if corrects(item.proposal, given) else "accepted",
        decision=Decision(
            signature.by,
            signature.on,
            signature.why,
            record=f"{record.section}/{record.id}",
            corrections=given or None,
        ),
        question=_question(case.relation),
    )
    return _noted(folder, replace(kept, source=case.source.id), decided), case.relation


def _noted(folder: Path, kept: Kept, decided: KeptProposal) -> Kept:
    """The decision on the disk."""
    result = kept.with_proposal(decided)
    save_kept(result, folder)
    return result


def corrects(proposal: Proposal, answers: Mapping[str, str]) -> bool:
    """True when an answer changes what was read, not only adds what the text does not say."""
    read = {**proposal.fields, **{name: getattr(proposal, name) for name in OF_PROPOSAL}}
    return any(read.get(name) not in (None, _value(name, text)) for name, text in answers.items())


def _question(relation: Relation) -> OpenQuestion | None:
    """A contradiction stays a question until somebody answers it."""
    if relation.kind != "contradicts" or relation.difference is None:
        return None
    text = {lang: Words(lang)(relation.difference) for lang in ("en", "ru")}
    return OpenQuestion(text, tuple(f"{section}/{name}" for section, name in relation.records))


def reject(folder: Path, kept: Kept, proposal_id: str, signature: Signature) -> Kept:
    """Not a fact, or not ours: the programme stays as it is, and it is not proposed again."""
    kept = latest(folder, kept)
    item = _open(kept, proposal_id)
    decision = Decision(signature.by, signature.on, signature.why)
    return _noted(folder, kept, replace(item, state="rejected", decision=decision))


def answer(folder: Path, kept: Kept, proposal_id: str, signature: Signature) -> Kept:
    """Close the question that a contradiction has opened; the answer is the signature's reason."""
    kept = latest(folder, kept)
    item = kept.find(proposal_id)
    if item is None or item.question is None or item.question.answer is not None:
        raise NotDecidable(say("{id}: there is no open question. See --list", id=proposal_id))
    if not signature.why:
        raise NotDecidable(say("{id}: say what the answer is, with --why", id=proposal_id))
    question = replace(
        item.question, answer=signature.why, answered_by=signature.by, answered_on=signature.on
    )
    return _noted(folder, kept, replace(item, question=question))


def latest(folder: Path, kept: Kept) -> Kept:
    """As it is on the disk now: somebody else may be reviewing the same text."""
    return read_kept(folder / FOLDER / kept.name)


def _open(kept: Kept, proposal_id: str) -> KeptProposal:
    item = kept.find(proposal_id)
    if item is None:
        raise NotDecidable(_unknown(proposal_id))
    if item.state != "open":
        raise NotDecidable(
            say(
                "{id}: was decided before ({state}, {by}). Change the record itself in the folder",
                id=proposal_id,
                state=item.state,
                by=item.decision.by if item.decision else "–",
            )
        )
    return item


def _unknown(proposal_id: str) -> Message:
    return say("{id}: there is no such proposal. See what is there with --list", id=proposal_id)
