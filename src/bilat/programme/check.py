"""Checks across fields and records: references, cycles, order of dates, units, provenance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bilat.errors import Place, Problem, Severity
from bilat.language import Message, say, say_many
from bilat.programme.check_finance import FINANCE_RULES
from bilat.programme.check_numbers import NUMBER_RULES
from bilat.programme.complaints import Complaint, complain
from bilat.programme.parties import Body
from bilat.programme.programme import KINDS, Programme
from bilat.programme.provenance import parts
from bilat.programme.record import Record
from bilat.programme.references import references
from bilat.programme.refusals import suggest
from bilat.programme.rings import rings
from bilat.vocabulary import Period

PlaceOf = Callable[..., Place]


def _nowhere(section: str, index: int, *steps: str | int) -> Place:
    return Place("programme")


@dataclass(frozen=True)
class Known:
    """What a check needs to know of the reading: places, and ids of records that were refused."""

    place: PlaceOf = _nowhere
    refused: frozenset[tuple[str, str]] = frozenset()


def check(programme: Programme, known: Known = Known()) -> list[Problem]:
    """Every problem across the fields and records of a programme, with its place."""
    problems = [*_check_head(programme, known)]
    ids = _ids(programme, known)
    for section in KINDS:
        records = programme.section(section)
        problems += _doubles(section, records, known)
        for index, record in enumerate(records):
            for complaint in _complaints(programme, record, ids):
                place = known.place(section, index, *complaint.path)
                problems.append(
                    Problem(
                        place,
                        complaint.what,
                        complaint.remedy,
                        complaint.severity,
                        subject=f"{section}/{record.id}",
                    )
                )
    return problems + list(_cycles(programme, known)) + list(_unsourced(programme, known))


def _complaints(
    programme: Programme, record: Record, ids: Mapping[str, Mapping[str, str]]
) -> Iterator[Complaint]:
    yield from _dangling(record, ids)
    yield from _visibility(programme, record, ids)
    yield from _assumption(record)
    yield from _order(record)
    for rule in (*NUMBER_RULES, *FINANCE_RULES):
        yield from rule(programme, record)


def _ids(programme: Programme, known: Known) -> dict[str, dict[str, str]]:
    """section → id → visibility of everything that may be referred to."""
    ids: dict[str, dict[str, str]] = {
        section: {record.id: record.visibility for record in programme.section(section)}
        for section in KINDS
    }
    ids["parties"] = dict.fromkeys(programme.sides, "joint")
    for section, record_id in known.refused:
        ids[section].setdefault(record_id, "joint")
    return ids


def _check_head(programme: Programme, known: Known) -> Iterator[Problem]:
    first, second = programme.sides
    if first == second:
        yield Problem(
            known.place("", 0, "parties", 1),
            say("both parties are {code}", code=first),
            say("A programme has two different parties"),
        )
    wanted = programme.headline_target
    targets = [target.id for target in programme.targets if target.visibility == "joint"]
    if wanted and wanted not in targets:
        yield Problem(
            known.place("", 0, "headline_target"),
            say("there is no joint target “{id}”", id=wanted),
            suggest(wanted, targets) or say("Name one of the joint targets, or leave the key out"),
        )


def _doubles(section: str, records: tuple[Record, ...], known: Known) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, record in enumerate(records):
        if record.id not in first:
            first[record.id] = index
            continue
        yield Problem(
            known.place(section, index, "id"),
            say(
                "the id “{id}” is taken by another record of {section} ({where})",
                id=record.id,
                section=section,
                where=str(known.place(section, first[record.id])),
            ),
            say("Give one of them another id"),
            subject=f"{section}/{record.id}",
        )


def _dangling(record: Record, ids: Mapping[str, Mapping[str, str]]) -> Iterator[Complaint]:
    for reference in references(record):
        if reference.target not in ids[reference.section]:
            yield complain(
                say(
                    "there is no “{id}” among {section}",
                    id=reference.target,
                    section=reference.section,
                ),
                suggest(reference.target, ids[reference.section])
                or say("Add that record, or correct the id"),
                *reference.path,
            )


def _visibility(
    programme: Programme, record: Record, ids: Mapping[str, Mapping[str, str]]
) -> Iterator[Complaint]:
    if record.visibility not in ("joint", *programme.sides):
        yield complain(
            say("visibility “{value}” is neither joint nor a party", value=record.visibility),
            say(
                "Use joint, {first} or {second}",
                first=programme.sides[0],
                second=programme.sides[1],
            ),
            "visibility",
        )
    for reference in references(record):
        seen_by = ids[reference.section].get(reference.target, "joint")
        if seen_by not in ("joint", record.visibility):
            yield complain(
                say(
                    "this record refers to “{id}”, which not all its readers may see",
                    id=reference.target,
                ),
                say("A private record may refer to a joint one, never the reverse"),
                *reference.path,
            )


def _assumption(record: Record) -> Iterator[Complaint]:
    """An assumption has an author and a reason: on the record itself and on each part of it."""
    for path, part in parts(record):
        if part.assumption and not (part.author and part.reason):
            yield complain(
                say("an assumption without author or reason"),
                say("Add “author” and “reason”: the brief shows both"),
                *path,
                "assumption",
            )


_LIVES: Mapping[str, tuple[str, ...]] = {
    "documents": ("negotiated", "agreed", "signed", "in_force", "expires"),
    "commitments": ("start", "due"),
}


def _order(record: Record) -> Iterator[Complaint]:
    """Dates of one life do not run backwards."""
    dated = [(name, getattr(record, name)) for name in _LIVES.get(record.section, ())]
    known: list[tuple[str, Period]] = [(name, when) for name, when in dated if when is not None]
    latest: tuple[str, Period] | None = None
    for after, end in known:
        if latest and end.end < latest[1].start:
            before, start = latest
            yield complain(
                say(
                    "“{after}” ({end}) is before “{before}” ({start})",
                    after=after,
                    end=str(end),
                    before=before,
                    start=str(start),
                ),
                say("Correct one of the two dates"),
                after,
            )
        if latest is None or end.start >= latest[1].start:
            latest = (after, end)


def _cycles(programme: Programme, known: Known) -> Iterator[Problem]:
    chains: tuple[tuple[str, str, Message], ...] = (
        ("documents", "succeeds", say("A document cannot follow itself: take one link out")),
        ("bodies", "parent", say("A body cannot be above itself: take one link out")),
        ("commitments", "depends_on", say("Take one dependency out: none of these could start")),
        ("projects", "depends_on", say("Take one dependency out: none of these could start")),
    )
    for section, name, remedy in chains:
        records = programme.section(section)
        index = {record.id: number for number, record in enumerate(records)}
        edges = {record.id: _as_tuple(getattr(record, name)) for record in records}
        for ring in rings(edges):
            yield Problem(
                known.place(section, index[ring[0]], name),
                say(
                    "these {section} go round in a ring: {ring}",
                    section=section,
                    ring=" → ".join(ring),
                ),
                remedy,
                subject=f"{section}/{ring[0]}",
            )


def _as_tuple(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def _unsourced(programme: Programme, known: Known) -> Iterator[Problem]:
    """One warning a section: a programme of thousands of records should not answer with as many."""
    bare: Counter[str] = Counter()
    first: dict[str, int] = {}
    exempt = {"sources", Body.section, "indicators", "cadences", "outlooks"}
    for section in KINDS.keys() - exempt:
        for index, record in enumerate(programme.section(section)):
            if _stands_alone(record):
                bare[section] += 1
                first.setdefault(section, index)
    severity: Severity = "warning"
    for section, count in sorted(bare.items()):
        yield Problem(
            known.place(section, first[section]),
            say_many(
                "{n} record of {section} names no source (the first is here)",
                "{n} records of {section} name no source (the first is here)",
                n=count,
                section=section,
            ),
            say("Add “sources”, or mark it “assumption: true” with author and reason"),
            severity,
            subject=section,
        )


def _stands_alone(record: Record) -> bool:
    own = record.sources or record.assumption
    return not own and not any(part.sources or part.assumption for _, part in parts(record))
