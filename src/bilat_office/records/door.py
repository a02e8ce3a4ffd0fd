"""The one door for reading. What a viewer may not see is not behind it: in no list, search, count,
history, reference, error or export.

    door = Door(Viewer("BLR"))
    door.list("commitments", Filters(state=["limited"]), sort="due")
    door.get("targets", "turnover-500").record

On PostgreSQL each question also runs under row security, so that a forgotten filter shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from django.db.models import Count, Q, QuerySet

from bilat.programme import KINDS, Programme, save
from bilat.register.history import Edit, FieldEdit
from bilat.register.kinds import SECTIONS, Name
from bilat.register.outcome import Refused
from bilat_office.records import assembling, searching
from bilat_office.records.assembling import Held
from bilat_office.records.counting import stamps
from bilat_office.records.desk import (
    Desk,
    Drafted,
    DraftPage,
    PrivateEdit,
    draft_of,
    drafts_of,
    private_edits,
)
from bilat_office.records.exchange import office_export
from bilat_office.records.keeper import KEEPER
from bilat_office.records.listing import (
    Filters,
    Listed,
    Naming,
    Page,
    Sort,
    filtered,
    first_due,
    first_of,
    listed,
    page_of,
)
from bilat_office.records.models import Reference, Row
from bilat_office.records.refusals import NotSeen
from bilat_office.records.vendor import reading_as
from bilat_office.records.viewer import JOINT, Viewer

P = ParamSpec("P")
R = TypeVar("R")


def _behind(
    method: Callable[Concatenate[Door, P], R],
) -> Callable[Concatenate[Door, P], R]:
    """The method under the row security of its door's viewer."""

    @wraps(method)
    def secured(self: Door, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with reading_as(self.viewer.side or ""):
            return method(self, *args, **kwargs)

    return secured


class Door:
    """What ``viewer`` may see. Raises Refused for a viewer of neither side."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        if viewer.side not in (None, JOINT):
            with KEEPER.reading() as node:
                if viewer.side not in node.register.sides:
                    raise Refused("wrong_side", side=viewer.side)

    @contextmanager
    def secured(self) -> Iterator[None]:
        """Row security for what is asked of other tables on behalf of this viewer."""
        with reading_as(self.viewer.side or ""):
            yield

    @_behind
    def sections(self) -> Mapping[str, int]:
        """Every section with the number of records in it, also where there is none."""
        counted = self._rows().values_list("section").annotate(count=Count("pk"))
        found = dict(counted.order_by())
        return {section: found.get(section, 0) for section in SECTIONS}

    @_behind
    def list(
        self,
        section: str | None = None,
        filters: Filters | None = None,
        *,
        sort: Sort = "id",
        descending: bool = False,
        lang: str = "en",
        page: int = 1,
        size: int = 50,
    ) -> Page:
        """One page of a section, or of all. Raises OfficeRefused for an order or page unknown."""
        wanted, seen = filters or Filters(), self.viewer.visibilities
        first = None
        if sort == "due" and not descending:
            first = first_due(section, wanted, seen, first_of(page, size) + size)
        return page_of(
            self._asked(section, wanted, seen)
            if first is None
            else self._asked(section, Filters(), seen).filter(pk__in=first),
            sort=sort,
            descending=descending,
            lang=lang,
            number=page,
            size=size,
            count=lambda: self._count(section, wanted),
        )

    @_behind
    def stamp(self) -> str:
        """Changes with every change of what this viewer may see, and costs next to nothing."""
        return " ".join(stamps(str(self.viewer.side or "")))

    @_behind
    def get(self, section: str, record_id: str) -> Listed:
        """One record. Raises NotSeen, which says the same of what is hidden and what is not."""
        return listed(self._row(section, record_id))

    @_behind
    def several(self, section: str, ids: Collection[str]) -> Mapping[str, Listed]:
        """Id → record, for those that are there and may be seen: one question for all of them."""
        rows = self._rows().filter(section=section, record__in=ids)
        found = {row.record: row for row in rows if row.visibility != JOINT}
        found |= {row.record: row for row in rows if row.visibility == JOINT}
        return {record_id: listed(row) for record_id, row in found.items()}

    @_behind
    def history(self, section: str, record_id: str) -> tuple[Edit, ...]:
        """Every version of a joint record, with who, when and why. Nothing for the public.

        A deleted record has its history still. Raises NotSeen when there never was one.
        """
        edits = self._edits((section, record_id))
        if not edits:
            self._row(section, record_id)
        return edits

    @_behind
    def field_history(self, section: str, record_id: str, field: str) -> tuple[FieldEdit, ...]:
        """The entries that changed one field, with its value before and after."""
        if self.viewer.is_public:
            return ()
        with KEEPER.reading() as node:
            return node.register.field_edits((section, record_id), field)

    @_behind
    def private_history(self, section: str, record_id: str) -> tuple[PrivateEdit, ...]:
        """Every version of a record of the viewer's own side; nothing for anybody else."""
        if self.viewer.side in (None, JOINT):
            return ()
        return private_edits(str(self.viewer.side), (section, record_id))

    @_behind
    def references(self, section: str, record_id: str) -> tuple[tuple[str, Name], ...]:
        """What a record names: field, section and id. Raises NotSeen."""
        row = self._row(section, record_id)
        found = Reference.objects.filter(row=row).order_by("pk")
        return tuple((item.field, (item.section, item.record)) for item in found)

    @_behind
    def back_links(self, section: str, record_id: str) -> tuple[tuple[Listed, str], ...]:
        """The records that name this one, each with the field that does. Raises NotSeen."""
        if section != "parties":
            self._row(section, record_id)
        found = Reference.objects.filter(
            section=section, record=record_id, row__in=self._rows()
        ).select_related("row")
        ordered = found.order_by("row__section", "row__record", "field", "pk")
        return tuple((listed(item.row), item.field) for item in ordered)

    @_behind
    def named_by(
        self,
        section: str,
        record_id: str,
        *,
        apart: Collection[tuple[str, str]] = (),
        page: int = 1,
        size: int = 50,
    ) -> Naming:
        """As `back_links`, one page: by section, then by date. Raises NotSeen.

        apart: sections, and fields of them, that are left out; a field of "" is every field.
        """
        if section != "parties":
            self._row(section, record_id)
        found = Reference.objects.filter(
            section=section, record=record_id, visibility__in=self.viewer.visibilities
        )
        if self.viewer.is_public:
            found = found.filter(row__published=True)
        for namer, field in apart:
            found = found.exclude(Q(namer=namer) & (Q(field=field) if field else Q()))
        total = found.count()
        pages = max(1, -(-total // size))
        number = max(1, min(page, pages))
        # The order of the index `reference_target`: no row is read that is not shown.
        ordered = found.order_by("namer", "due_end", "visibility", "field", "row")
        part = ordered.select_related("row")[(number - 1) * size : number * size]
        return Naming(tuple((listed(item.row), item.field) for item in part), total, number, pages)

    @_behind
    def search(
        self, question: str, filters: Filters | None = None, *, page: int = 1, size: int = 20
    ) -> Page:
        """Records of the programme that hold every word, in any language, the best first."""
        rows = self._asked(None, filters or Filters(), self.viewer.visibilities)
        rows = rows.filter(section__in=KINDS)
        ids, total = searching.search(question, rows, first=first_of(page, size), size=size)
        shown = self._rows().in_bulk(ids)
        return Page(tuple(listed(shown[row_id]) for row_id in ids), total, page, size)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The joint changes under way. Raises OfficeRefused for the public."""
        with KEEPER.reading() as node:
            yield Desk(node, self.viewer)

    @_behind
    def drafts(self, *, state: str = "open") -> Sequence[Drafted]:
        """Drafts of the viewer's own side, the latest first; nothing for anybody else."""
        if self.viewer.side in (None, JOINT):
            return ()
        return drafts_of(str(self.viewer.side), state).rows

    @_behind
    def draft_page(self, *, state: str = "open", page: int = 1, size: int = 50) -> DraftPage:
        """As `drafts`, a page of them."""
        first = first_of(page, size)
        if self.viewer.side in (None, JOINT):
            return DraftPage((), 0)
        return drafts_of(str(self.viewer.side), state, first=first, size=size)

    @_behind
    def draft(self, number: int) -> Drafted:
        """A draft of the own side, in whatever state it is. Raises NotSeen."""
        if self.viewer.side in (None, JOINT):
            raise NotSeen("drafts", str(number))
        return draft_of(str(self.viewer.side), number)

    @_behind
    def programme(self, held: Mapping[str, Held] | None = None) -> Programme:
        """The whole programme as this viewer may see it, for all that `bilat` computes.

        held: by visibility, what was read before, see `Held`.
        """
        with KEEPER.reading() as node:
            return assembling.programme_of(node.register, self._rows(), held)

    @_behind
    def own_names(self) -> tuple[Name, ...]:
        """The names of the private records of the viewer's own side, and nothing else of them."""
        if self.viewer.side in (None, JOINT):
            return ()
        own = Row.objects.filter(visibility=str(self.viewer.side), section__in=KINDS)
        return tuple(own.order_by("section", "record").values_list("section", "record"))

    def export(self, folder: Path) -> Sequence[Path]:
        """Write the programme as this viewer may see it, with the register for either side.

        The public gets its records alone, in an empty folder. Raises what `office_export` does.
        """
        if not self.viewer.is_public:
            own = [side for side in self.viewer.visibilities if side != JOINT]
            return office_export(folder=folder, sides=own)
        if folder.exists() and any(folder.iterdir()):
            raise Refused("overwrite", path=str(folder))
        return save(self.programme(), folder)

    def _edits(self, name: Name) -> tuple[Edit, ...]:
        if self.viewer.is_public:
            return ()
        with KEEPER.reading() as node:
            return node.register.edits(name)

    def _asked(
        self, section: str | None, filters: Filters, visibilities: Sequence[str]
    ) -> QuerySet[Row]:
        rows = self._rows(visibilities)
        return filtered(
            rows if section is None else rows.filter(section=section), filters, visibilities
        )

    def _count(self, section: str | None, filters: Filters) -> int:
        """Joint records are counted anew after an entry, own ones after a private version."""
        seen, total = self.viewer.visibilities, 0
        for visibility, stamp in zip(seen, stamps(str(self.viewer.side or "")), strict=False):
            what = f"{visibility} {self.viewer.is_public} {section} {filters}"
            count = partial(self._counted, section, filters, visibility)
            total += KEEPER.counts.of(what, stamp, count)
        return total

    def _counted(self, section: str | None, filters: Filters, visibility: str) -> int:
        return self._asked(section, filters, [visibility]).order_by().count()

    def _rows(self, visibilities: Sequence[str] | None = None) -> QuerySet[Row]:
        rows = Row.objects.filter(visibility__in=visibilities or self.viewer.visibilities)
        return (rows.filter(published=True) if self.viewer.is_public else rows).defer("text")

    def _row(self, section: str, record_id: str) -> Row:
        """A joint record comes before a private one of the same name."""
        found = list(self._rows().filter(section=section, record=record_id))
        if not found:
            raise NotSeen(section, record_id)
        return min(found, key=lambda row: row.visibility != JOINT)
