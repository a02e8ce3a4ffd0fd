"""An accepted proposal enters a programme: beside what is there, never over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ValidationError

from bilat.errors import NoAnswer, Place, Problem, ProgrammeInvalid
from bilat.language import Message, Text, Words, pick, say
from bilat.language.text import LanguageCode
from bilat.programme import KINDS, Figure, Programme, Record, Source, Target, check
from bilat.programme.plain import plain
from bilat.programme.refusals import explain
from bilat.reading.records import Mapped, Question
from bilat.reading.relation import Relation
from bilat.vocabulary import Period


class AnswersNeeded(NoAnswer):
    """A person has to say something first; ``questions`` holds what."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = questions
        names = ", ".join(question.name for question in questions)
        super().__init__(
            say("The text does not say: {names}. Answer with --set NAME=VALUE", names=names)
        )


def enter(
    programme: Programme,
    relation: Relation,
    mapped: Mapped,
    source: Source,
    *,
    stated: Period | None = None,
    visibility: str = "joint",
) -> tuple[Programme, Record]:
    """The programme with the record that was added or that changed, and this record.

    stated: when the text was published. Raises AnswersNeeded, or ProgrammeInvalid with every
    problem that the result would have and ``programme`` does not.
    """
    record = record_to_be(programme, relation, mapped, source, stated=stated, visibility=visibility)
    entered = placed(placed(programme, source), record)
    refuse_worse(programme, entered)
    return entered, record


def record_to_be(
    programme: Programme,
    relation: Relation,
    mapped: Mapped,
    source: Source,
    *,
    stated: Period | None = None,
    visibility: str = "joint",
) -> Record:
    """The record that accepting adds, or as it changes. Raises AnswersNeeded, ProgrammeInvalid."""
    _refuse_unanswered(relation, mapped)
    return _record(programme, relation, mapped, source, stated, visibility)


def refuse_worse(before: Programme, after: Programme) -> None:
    """Raises ProgrammeInvalid with every problem that ``after`` has and ``before`` has not."""
    known = {_key(problem) for problem in check(before)}
    problems = [item for item in check(after) if _key(item) not in known]
    if any(item.severity == "error" for item in problems):
        raise ProgrammeInvalid(problems)


def _key(problem: Problem) -> tuple[str, str, str]:
    return str(problem.place), problem.subject, str(problem.what)


def _refuse_unanswered(relation: Relation, mapped: Mapped) -> None:
    """A repetition needs no answer, an update only what it takes over."""
    if relation.kind == "repeats" or not mapped.questions:
        return
    if relation.kind == "updates" and "statements" not in relation.takes:
        if all(name in mapped.fields for name in relation.takes):
            return
    elif relation.kind == "contradicts" and mapped.section not in ("figures", "targets"):
        return
    raise AnswersNeeded(mapped.questions)


def _record(
    programme: Programme,
    relation: Relation,
    mapped: Mapped,
    source: Source,
    stated: Period | None,
    visibility: str,
) -> Record:
    known = _first(programme, relation)
    if known is None or (relation.kind == "contradicts" and isinstance(known, Figure)):
        return _made(mapped.section, {**mapped.fields, "visibility": visibility})
    data = plain(known)
    if isinstance(known, Target) and relation.kind in ("updates", "contradicts"):
        data["statements"] = [*data["statements"], *mapped.fields["statements"]]
    elif relation.kind == "updates":
        data |= {name: mapped.fields[name] for name in relation.takes if name in mapped.fields}
    elif relation.kind == "contradicts" and relation.difference:
        data["note"] = _noted(known.note, source, relation.difference)
    elif isinstance(known, Target):
        data["statements"] = _repeated(known, mapped, stated)
    data["sources"] = [*data.get("sources", ()), source.id]
    data["sources"] = list(dict.fromkeys(data["sources"]))
    return _made(known.section, data)


def _first(programme: Programme, relation: Relation) -> Record | None:
    if relation.kind == "new" or not relation.records:
        return None
    section, name = relation.records[0]
    return programme.find(KINDS[section], name)


def _repeated(known: Target, mapped: Mapped, stated: Period | None) -> list[dict[str, Any]]:
    """The statement that was said again notes the day, unless that is its first day."""
    said: Mapping[str, Any] = next(iter(mapped.fields.get("statements", ())), {})
    result = []
    is_noted = False
    for item in known.statements:
        data = plain(item)
        same_terms = said.get("horizon_years") in (None, item.horizon_years)
        is_own = item.side == said.get("side") and same_terms
        if stated and is_own and not is_noted:
            is_noted = True
            days = (item.announced, *item.repeated)
            if not any(day.start <= stated.start <= day.end for day in days):
                data["repeated"] = [*data.get("repeated", ()), str(stated)]
        result.append(data)
    return result


def _noted(note: Text | None, source: Source, difference: Message) -> Text:
    """The difference is added to the remark, in every language that the remark has."""
    languages: tuple[Literal["en", "ru"], ...] = ("en", "ru")
    added: dict[LanguageCode, str] = {
        lang: Words(lang)(
            say(
                "Open question, from {source}: {difference}.",
                source=source.title,
                difference=difference,
            )
        )
        for lang in languages
    }
    if note is None:
        return added
    if pick(added, "en") in str(note):  # accepted before, and interrupted before it was noted
        return note
    if isinstance(note, str):
        return f"{note} {added['en']}"
    return {lang: f"{text} {pick(added, lang)}" for lang, text in note.items()}


def _made(section: str, fields: Mapping[str, Any]) -> Record:
    """Raises ProgrammeInvalid with each field that the record would not take."""
    model = KINDS[section]
    try:
        return model.model_validate(dict(fields))
    except ValidationError as error:
        details = error.errors(include_url=False)
        place = Place(f"{section}/{fields.get('id', '')}")
        problems = [
            Problem(place, *explain(detail, model), subject=".".join(map(str, detail["loc"])))
            for detail in details
        ]
        raise ProgrammeInvalid(problems) from None


def placed(programme: Programme, record: Record) -> Programme:
    """The record put in its place, or at the end of its section."""
    records = programme.section(record.section)
    if any(item.id == record.id for item in records):
        placed = tuple(record if item.id == record.id else item for item in records)
    else:
        placed = (*records, record)
    return programme.with_fields(**{record.section: placed})
