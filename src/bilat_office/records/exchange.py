"""Between the office and the programme folder: out without loss, in without overwriting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilat.language import say
from bilat.programme import KINDS, Programme, Record, open_programme, save
from bilat.programme.folder import MAIN_FILE
from bilat.programme.record import Model
from bilat.register import store
from bilat.register.canonical import Document, document
from bilat.register.kinds import Name, name_of
from bilat.register.orders import New
from bilat_office.records.assembling import heading_of, programme_of
from bilat_office.records.keeper import KEEPER
from bilat_office.records.models import PrivateVersion, Row, Version
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.rows import read_document
from bilat_office.records.services.founding import heading
from bilat_office.records.vendor import EVERYTHING, reading_as
from bilat_office.records.viewer import JOINT


def office_programme(sides: Sequence[str]) -> Programme:
    """The programme with the private records of these sides. Raises OfficeRefused at a clash."""
    with reading_as(EVERYTHING), KEEPER.reading() as node:
        rows = Row.objects.filter(visibility__in=[JOINT, *sides])
        _check_names(rows.filter(section__in=KINDS).values_list("section", "record"))
        return programme_of(node.register, rows)


def office_export(*, folder: Path, sides: Sequence[str]) -> list[Path]:
    """Write the programme folder, and ``register/`` beside it as `bilat verify` reads it.

    sides: whose private records go with it. Raises Refused or OfficeRefused when the folder holds
    something else, OutputRefused when it cannot be written; then nothing is.
    """
    if (folder / MAIN_FILE).exists() and not (folder / store.ROOM / store.GENESIS).exists():
        raise OfficeRefused(
            "overwrite",
            say(
                "{folder} holds a programme that was not exported from here. Choose an empty "
                "folder.",
                folder=str(folder),
            ),
        )
    programme = office_programme(sides)
    if (folder / MAIN_FILE).exists():
        _check_unedited(open_programme(folder), sides)
    with KEEPER.reading() as node:
        written = store.export(node, folder)
    return [*save(programme, folder), *written]


def _check_unedited(programme: Programme, sides: Sequence[str]) -> None:
    """An export that somebody has edited since is not written over."""
    plan = plan_import(programme, sides)
    for coming in (*plan.joint, *plan.private):
        if coming.after not in _versions(coming):
            raise OfficeRefused(
                "edited",
                say(
                    "{record} has been edited in the folder. Bring it in first with: "
                    "bilat-office import; or choose an empty folder.",
                    record=name_of(*coming.name),
                ),
            )


def _versions(coming: Coming) -> list[Model]:
    """Every version that the office has ever had of a record."""
    section, record = coming.name
    with reading_as(EVERYTHING):
        if coming.visibility == JOINT:
            kept = Version.objects.filter(section=section, record=record)
            texts = list(kept.values_list("content", flat=True))
        else:
            own = PrivateVersion.objects.filter(section=section, record=record)
            texts = list(own.filter(side=coming.visibility).values_list("content", flat=True))
    return [read_document(section, text) for text in texts if text is not None]


def _check_names(names: Iterable[Name]) -> None:
    """In a folder an id stands once in its section."""
    seen: set[Name] = set()
    for name in names:
        if name in seen:
            raise OfficeRefused(
                "clash",
                say(
                    "{record} is the name of two records that do not see each other. Export one "
                    "side with --side, or save the private one under another id.",
                    record=name_of(*name),
                ),
            )
        seen.add(name)


@dataclass(frozen=True)
class Coming:
    """A record of a folder that differs from what the office holds; ``before`` None: it is new."""

    name: Name
    visibility: str
    before: Model | None
    after: Model

    @property
    def document(self) -> Document:
        return document(self.after)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ; 5 and 5.0 do not, since a folder writes no trailing zeros."""
        names = sorted(type(self.after).model_fields)
        return tuple(
            name
            for name in names
            if self.before is None or getattr(self.before, name) != getattr(self.after, name)
        )


@dataclass(frozen=True)
class Plan:
    """What bringing in a folder would do: proposals for joint records, versions of private ones."""

    joint: tuple[Coming, ...]
    private: tuple[Coming, ...]
    gone: tuple[Name, ...]
    """Joint records of the office that the folder has not: deleted only when asked for."""

    @property
    def empty(self) -> bool:
        return not self.joint and not self.private and not self.gone

    def new(self, *, delete: bool) -> list[New]:
        """The items of the change to propose."""
        items: list[New] = [(coming.name, coming.document) for coming in self.joint]
        return [*items, *((name, None) for name in self.gone)] if delete else items


def plan_import(programme: Programme, sides: Sequence[str]) -> Plan:
    """Compare a folder's programme with the office; records private to other sides are left out.

    Raises OfficeRefused for the folder of another programme.
    """
    with reading_as(EVERYTHING), KEEPER.reading() as node:
        said = node.register.founding.said
        if (said.programme, tuple(said.sides)) != (programme.id, programme.sides):
            raise OfficeRefused(
                "other_programme",
                say(
                    "The folder is of the programme {theirs}, the office of {ours}.",
                    theirs=programme.id,
                    ours=said.programme,
                ),
            )
        held = {
            (row.section, row.record, row.visibility): read_document(row.section, row.content)
            for row in Row.objects.filter(visibility__in=[JOINT, *sides])
        }
        before = heading_of(node.register)
    records = [record for record in programme.records() if record.visibility in (JOINT, *sides)]
    coming = [found for record in records if (found := _coming(record, held))]
    title = heading(programme)
    if title != before:
        coming.insert(0, Coming(("heading", "heading"), JOINT, before, title))
    there = {(record.section, record.id, record.visibility) for record in records}
    return Plan(
        joint=tuple(item for item in coming if item.visibility == JOINT),
        private=tuple(item for item in coming if item.visibility != JOINT),
        gone=tuple(
            (section, record)
            for section, record, visibility in sorted(held)
            if visibility == JOINT and section in KINDS
            and (section, record, visibility) not in there
        ),
    )  # fmt: skip


def _coming(record: Record, held: dict[tuple[str, str, str], Model]) -> Coming | None:
    name = record.section, record.id
    before = held.get((*name, record.visibility))
    return Coming(name, record.visibility, before, record) if before != record else None
