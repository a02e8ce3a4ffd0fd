"""A proposal before the programme of this moment: its relation, and the record it would become.

What is accepted becomes a joint record by default, so that it is held against joint records alone:
nothing of the side's own can come into a text that both sides sign. What the side alone has on the
same thing is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bilat.errors import ProgrammeInvalid
from bilat.programme import KINDS, Programme, Record
from bilat.reading.bundle import Chosen, becomes
from bilat.reading.entering import AnswersNeeded
from bilat.reading.records import Question
from bilat.reading.relation import Relation, relate
from bilat.reading.review import Considered, consider
from bilat.register.kinds import Name
from bilat_office.pages.reckoning import joint_programme, programme_unshown, standing
from bilat_office.pages.visit import Visit
from bilat_office.readings.models import Finding
from bilat_office.readings.stored import Text, kept_proposal


@dataclass(frozen=True)
class Case:
    """questions: what has to be answered before it can be accepted. record: None until then.

    own: records of the side alone on the same thing. refusal: what the record would lack.
    """

    considered: Considered
    questions: tuple[Question, ...] = ()
    record: Record | None = None
    before: Record | None = None
    own: tuple[Name, ...] = ()
    refusal: ProgrammeInvalid | None = None

    @property
    def relation(self) -> Relation:
        return self.considered.relation


def case_of(visit: Visit, text: Text, finding: Finding, answers: dict[str, str]) -> Case:
    """With what was answered before, and now. Raises NotDecidable for an answer that cannot be."""
    programme = joint_programme(visit)
    item = kept_proposal(finding)
    considered = consider(text.kept, item, programme, {**finding.answers, **answers})
    own = _own(visit, considered)
    before = record_before(programme, considered.relation)
    if finding.record:
        record = corrected_record(finding)
        return Case(considered, (), record, find(programme, (record.section, record.id)), own)
    try:
        record = becomes(considered, programme)
    except AnswersNeeded as needed:
        return Case(considered, needed.questions, None, before, own)
    except ProgrammeInvalid as refusal:
        return Case(considered, (), None, before, own, refusal)
    return Case(considered, (), record, find(programme, (record.section, record.id)), own)


def chosen_of(finding: Finding) -> Chosen:
    record = corrected_record(finding) if finding.record else None
    return Chosen(kept_proposal(finding), dict(finding.answers), record)


def corrected_record(finding: Finding) -> Record:
    found: Any = finding.record
    return KINDS[found["section"]].model_validate(found["content"])


def record_before(programme: Programme, relation: Relation) -> Record | None:
    """The nearest record that a proposal is about; None for a new thing."""
    return find(programme, relation.records[0]) if relation.records else None


def find(programme: Programme, name: Name) -> Record | None:
    kind = KINDS.get(name[0])
    return programme.find(kind, name[1]) if kind else None


def _own(visit: Visit, considered: Considered) -> tuple[Name, ...]:
    if not standing(visit).private:
        return ()
    relation = relate(
        considered.proposal,
        programme_unshown(visit),
        stated=considered.stated,
        language=considered.kept.language,
    )
    private = set(standing(visit).private)
    return tuple(name for name in relation.records if name in private)


def with_publisher(text: Text) -> Text:
    """For looking only: where nobody has said who published a text, its record is not asked for."""
    if text.kept.publisher:
        return text
    return replace(text, kept=replace(text.kept, publisher="–"))
