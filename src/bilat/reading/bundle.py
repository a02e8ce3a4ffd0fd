"""What was accepted of one text goes together: its source, the text as a document, the records.

Each proposal is entered on what those before it have left, so that two of them never take one id,
and the second word of the same thing repeats the first. The programme itself is not touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.programme import Commitment, Document, Programme, Record, Source
from bilat.programme.agreements import DocumentKind
from bilat.reading.entering import AnswersNeeded, placed, record_to_be, refuse_worse
from bilat.reading.kept import Kept, KeptProposal
from bilat.reading.review import Considered, consider, source_of, source_questions

Name = tuple[str, str]


class NotOneSides(NoAnswer):
    """One side alone cannot change a record of both."""

    def __init__(self, record: Record) -> None:
        super().__init__(
            say(
                "{section}/{id} is a joint record, which one side cannot change alone. Propose it, "
                "or take back what changes it",
                section=record.section,
                id=record.id,
            )
        )


@dataclass(frozen=True)
class Chosen:
    """An accepted proposal: what a person answered, or the whole record as they corrected it."""

    item: KeptProposal
    answers: Mapping[str, str] = field(default_factory=dict)
    record: Record | None = None


@dataclass(frozen=True)
class Bundle:
    """records: new and changed ones, each once; what others name comes first.

    came_of: id of a proposal → (section, id) of its record. programme: with all of it.
    """

    records: tuple[Record, ...]
    came_of: Mapping[str, Name]
    programme: Programme
    source: Source


def bundle_of(
    kept: Kept,
    chosen: Sequence[Chosen],
    programme: Programme,
    *,
    kind: DocumentKind | None = None,
    visibility: str = "joint",
    is_checked: bool = True,
) -> Bundle:
    """The records that ``chosen`` lead to.

    kind: the text itself is entered as a document of this kind, and new measures stand in it.
    visibility: of what is new. is_checked: False for a look at it beforehand, since to check a
    programme of ten thousand records takes seconds.

    Raises AnswersNeeded, NotDecidable, NotOneSides, or ProgrammeInvalid with the problems that the
    programme would have.
    """
    usual = _usual_source(kept, programme)
    source = _source(usual, programme, visibility)
    known = replace(kept, source=source.id)
    now = placed(programme, source)
    paper = _document(known, now, kind, visibility) if kind else None
    now = placed(now, paper) if paper else now
    names = [_name(source), *([_name(paper)] if paper else [])]
    came_of: dict[str, Name] = {}
    for one in chosen:
        record = one.record or becomes(consider(known, one.item, now, one.answers), now, visibility)
        if one.record:
            record = _cited(record, usual.id, source.id, visibility, programme)
        if visibility != "joint" and record.visibility == "joint":
            raise NotOneSides(record)
        if paper and isinstance(record, Commitment) and not _is_in(programme, record):
            record = record.model_copy(update={"document": record.document or paper.id})
        now = placed(now, record)
        came_of[one.item.id] = _name(record)
        names.append(_name(record))
    if is_checked:
        refuse_worse(programme, now)
    return Bundle(tuple(_changed(programme, now, names)), came_of, now, source)


def becomes(case: Considered, programme: Programme, visibility: str = "joint") -> Record:
    """The record that one proposal leads to. Raises AnswersNeeded, ProgrammeInvalid."""
    if case.source is None:
        raise AnswersNeeded(case.questions)
    return record_to_be(
        programme,
        case.relation,
        case.mapped,
        case.source,
        stated=case.stated,
        visibility=visibility,
    )


def _usual_source(kept: Kept, programme: Programme) -> Source:
    """As the text is cited where both sides see it."""
    found = source_of(kept, programme, {})
    if found is None:
        raise AnswersNeeded(source_questions(kept, found))
    return found


def _source(found: Source, programme: Programme, visibility: str) -> Source:
    """One that is there; else a new one, under a name of its own where one side alone sees it."""
    if _is_in(programme, found) or visibility == "joint":
        return found
    id_ = f"{found.id}-{visibility.lower()}"
    known = programme.find(Source, id_)
    return known or found.model_copy(update={"id": id_, "visibility": visibility})


def _document(kept: Kept, programme: Programme, kind: DocumentKind, visibility: str) -> Document:
    """The text as a paper of the programme; agreed by the day of its publication, as it says."""
    day = kept.original.published
    base = "-".join(filter(None, (kind, str(day) if day else "")))
    taken = {item.id for item in programme.documents}
    names = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    content: dict[str, Any] = {
        "id": next(name for name in names if name not in taken),
        "title": kept.original.title or kept.original.name,
        "kind": kind,
        "agreed": str(day) if day else None,
        "address": kept.address,
        "sources": [kept.source],
        "visibility": visibility,
    }
    return Document.model_validate({key: value for key, value in content.items() if value})


def _cited(
    record: Record, usual: str, source: str, visibility: str, programme: Programme
) -> Record:
    """A corrected record, citing the source as it is called here, and seen by whom it should."""
    cited = [source if each == usual else each for each in record.sources]
    changed: dict[str, Any] = {"sources": tuple(dict.fromkeys(cited))}
    if not _is_in(programme, record):
        changed["visibility"] = visibility
    return record.model_copy(update=changed)


def _changed(before: Programme, after: Programme, names: Iterable[Name]) -> Iterable[Record]:
    for section, id_ in dict.fromkeys(names):
        record = next(item for item in after.section(section) if item.id == id_)
        if record not in before.section(section):
            yield record


def _is_in(programme: Programme, record: Record) -> bool:
    return any(item.id == record.id for item in programme.section(record.section))


def _name(record: Record) -> Name:
    return record.section, record.id
