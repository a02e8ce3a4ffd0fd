"""A measure of a programme as a case to look into: direction, products, and since when it works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bilat.errors import NoAnswer
from bilat.language import Message, say
from bilat.potential.measured import Case
from bilat.programme import Commitment, Document, Effect, Indicator, Programme, Project
from bilat.programme.refusals import suggest

Record = Commitment | Project


@dataclass(frozen=True)
class Wished:
    """What the user states instead of the programme; None or empty: as the programme says."""

    exporter: str | None = None
    products: tuple[str, ...] | None = None
    start: int | None = None


@dataclass(frozen=True)
class InForce:
    """cases: one a direction. notes: what was taken from where."""

    record: Record
    cases: tuple[Case, ...]
    notes: tuple[Message, ...]


def measure_in_force(
    programme: Programme, name: str, as_of: date, wished: Wished | None = None
) -> InForce:
    """name: id of a commitment or project, ``projects/id`` where both have it. Raises NoAnswer."""
    wished = wished or Wished()
    record = _record(programme, name)
    start, since = _start(programme, record, wished)
    products = _products(record) if wished.products is None else wished.products
    exporters, way = _exporters(programme, record, wished)
    cases = tuple(
        Case(
            record.id,
            record.label,
            exporter,
            programme.other(exporter),
            products,
            start,
            tuple(dict.fromkeys(_others(programme, record))),
        )
        for exporter in exporters
    )
    notes = [since, *way, *_of_products(products), *_evidence(record, as_of)]
    return InForce(record, cases, tuple(notes))


def _record(programme: Programme, name: str) -> Record:
    section, _, own = name.rpartition("/")
    records: list[Record] = [*programme.commitments, *programme.projects]
    found = [one for one in records if one.id == own and section in ("", one.section)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NoAnswer(
            say("{name}: a commitment and a project. Write commitments/{name} or projects/{name}",
                name=name)
        )  # fmt: skip
    near = suggest(own, [one.id for one in records]) or say("bilat brief lists them")
    raise NoAnswer(
        say("{name}: no commitment or project of the programme. {near}", name=name, near=near)
    )


def _start(programme: Programme, record: Record, wished: Wished) -> tuple[int, Message]:
    """The first year since, and where it was taken from."""
    if wished.start is not None:
        return wished.start, say(
            "It counts as working since {year}, as asked.", year=str(wished.start)
        )
    effect = record.effect
    if effect is not None and effect.start is not None:
        year = effect.start.start.year
        return year, say("It works since {year}, the start of its effect.", year=str(year))
    own = record.start if isinstance(record, Commitment) else record.since
    if own is not None:
        return own.start.year, say("It counts as working since its start, {start}.", start=own)
    document = programme.find(Document, getattr(record, "document", None))
    if document is not None and document.in_force is not None:
        day = document.in_force
        note = say(
            "It counts as working since its document is in force, {start}: {document}.",
            start=day,
            document=document.title,
        )
        return day.start.year, note
    raise NoAnswer(
        say(
            "{measure}: nothing says since when it works. Add “start” to its effect, or say for "
            "this question since which year it works (--start)",
            measure=record.id,
        )
    )


def _products(record: Record) -> tuple[str, ...]:
    own = record.effect.products if record.effect is not None else ()
    return own or (record.products if isinstance(record, Project) else ())


def _exporters(
    programme: Programme, record: Record, wished: Wished
) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    if wished.exporter is not None:
        return (wished.exporter,), ()
    effect: Effect | None = record.effect
    indicator = programme.find(Indicator, effect.indicator) if effect is not None else None
    if indicator is not None and indicator.exporter is not None:
        return (indicator.exporter,), ()
    return programme.sides, (
        say("Its effect names no direction, so both are looked at. Name one with --exporter."),
    )


def _of_products(products: tuple[str, ...]) -> Iterator[Message]:
    if products:
        yield say("Products (beginnings of HS codes): {codes}.", codes=", ".join(products))
    else:
        yield say("It has no products, so that all goods are looked at.")


def _others(programme: Programme, record: Record) -> Iterator[str]:
    """Products of other measures: what those did must not stand for no measure."""
    records: list[Record] = [*programme.commitments, *programme.projects]
    for other in records:
        if other is not record:
            yield from _products(other)


def _evidence(record: Record, as_of: date) -> Iterator[Message]:
    """Whether it is carried out at all, by its latest evidence."""
    if isinstance(record, Commitment) and record.completion(as_of) not in (
        "substantial",
        "complete",
    ):
        yield say("The programme has no evidence that it was carried out, or only in part.")
    elif isinstance(record, Project) and record.stage not in ("operating", "scaled_up"):
        yield say("By the programme the project does not operate yet.")
