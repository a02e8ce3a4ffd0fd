"""What a sheet would change: record by record, and what is wrong with it, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bilat.language import Message, say
from bilat.register.canonical import Document
from bilat.register.kinds import SECTIONS, Name
from bilat_office.api.versions import version_listed
from bilat_office.pages.forms.reading import FormWrong, document_of
from bilat_office.pages.sheets.columns import known_columns, typed_of
from bilat_office.pages.sheets.workbook import Fault, Line, Sheet
from bilat_office.pages.visit import Visit
from bilat_office.records.listing import LARGEST_PAGE, Filters, Listed
from bilat_office.records.viewer import JOINT


@dataclass(frozen=True)
class Planned:
    """A record as it is to become. ``base``: of a joint one, its version as it was compared."""

    line: int
    name: Name
    visibility: str
    before: Document | None
    after: Document
    base: str | None

    @property
    def is_joint(self) -> bool:
        return self.visibility == JOINT


@dataclass(frozen=True)
class Plan:
    """``same``: records that the sheet leaves as they are."""

    section: str
    records: tuple[Planned, ...]
    faults: tuple[Fault, ...]
    same: int

    @property
    def joint(self) -> tuple[Planned, ...]:
        return tuple(record for record in self.records if record.is_joint)

    @property
    def private(self) -> tuple[Planned, ...]:
        return tuple(record for record in self.records if not record.is_joint)


class _Wrong(Exception):
    def __init__(self, *faults: Fault) -> None:
        super().__init__(len(faults))
        self.faults = faults


def plan_of(visit: Visit, section: str, sheet: Sheet) -> Plan:
    """Nothing is changed by it."""
    standing = {(item.id, item.visibility): item for item in every(visit, section)}
    records: list[Planned] = []
    faults, same = list(sheet.faults), 0
    seen: dict[tuple[str, str], int] = {}
    for line in sheet.lines:
        try:
            made = _planned(visit, section, line, standing)
            _check_once(line, made, seen)
        except _Wrong as wrong:
            faults += wrong.faults
            continue
        if made.before == made.after:
            same += 1
        else:
            records.append(made)
    return Plan(section, tuple(records), tuple(faults), same)


def every(visit: Visit, section: str, filters: Filters | None = None) -> Iterator[Listed]:
    """All records of a section that the person may see."""
    number = 1
    while True:
        page = visit.door.list(section, filters, page=number, size=LARGEST_PAGE)
        yield from page.rows
        if number >= page.pages:
            return
        number += 1


def _planned(
    visit: Visit, section: str, line: Line, standing: Mapping[tuple[str, str], Listed]
) -> Planned:
    id_ = line.cells["id"].strip()
    if not id_:
        what = say("Give the record an id: letters, digits, dots and hyphens. It never changes.")
        raise _Wrong(Fault(line.cell("id"), what))
    visibility = _visibility(visit, line, id_, standing)
    stands = standing.get((id_, visibility))
    before = stands.content if stands else None
    fixed: Document = {"id": id_}
    if visibility != JOINT:
        fixed["visibility"] = visibility
    try:
        after = document_of(section, typed_of(line.cells, section, before or {}), fixed)
    except FormWrong as wrong:
        raise _Wrong(*_faults(section, line, wrong)) from None
    base = version_listed(stands) if stands and visibility == JOINT else None
    return Planned(line.number, (section, id_), visibility, before, after, base)


def _visibility(
    visit: Visit, line: Line, id_: str, standing: Mapping[tuple[str, str], Listed]
) -> str:
    """As the line says; where it says nothing, as the record is, and joint for a new one."""
    text = line.cells.get("visibility", "").strip()
    if not text:
        return visit.side if (id_, visit.side) in standing else JOINT
    if text not in (JOINT, visit.side):
        what = say("Write “joint”, or “{side}” for your side alone.", side=visit.side)
        raise _Wrong(Fault(line.cell("visibility"), what))
    other = JOINT if text == visit.side else visit.side
    if (id_, text) not in standing and (id_, other) in standing:
        what = say("Who may see a record cannot be changed in a sheet. Take another id.")
        raise _Wrong(Fault(line.cell("visibility"), what))
    return text


def _faults(section: str, line: Line, wrong: FormWrong) -> Iterator[Fault]:
    for name, found in wrong.errors.items():
        codes = [code for code, column in known_columns(section).items() if column.field == name]
        code = next((code for code in codes if line.cells.get(code)), codes[0] if codes else "id")
        for what in found:
            yield Fault(line.cell(code), _said(name, what, section))


def _said(name: str, what: Message, section: str) -> Message:
    if name not in SECTIONS[section].model_fields:
        return what
    return say("{column}: {what}", column=name, what=what)


def _check_once(line: Line, made: Planned, seen: dict[tuple[str, str], int]) -> None:
    key = (made.name[1], made.visibility)
    if key in seen:
        what = say("The record {id} stands in line {n} too.", id=made.name[1], n=seen[key])
        raise _Wrong(Fault(line.cell("id"), what))
    seen[key] = line.number
