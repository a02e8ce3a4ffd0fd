"""Rows beside the documents: written with each change, and made afresh by `rebuild`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from bilat.programme.record import Model
from bilat.register.canonical import Document, canonical, parse
from bilat.register.kinds import SECTIONS, Name
from bilat.register.state import State
from bilat_office.records import searching
from bilat_office.records.models import PrivateVersion, Reference, Row, Version
from bilat_office.records.projection import project
from bilat_office.records.vendor import count_anew

T = TypeVar("T")
JOINT = "joint"
BATCH = 500
"""Documents that are in memory at once while everything is made afresh."""


def read_document(section: str, content: str) -> Model:
    """The record of a stored document: it was valid when it was stored."""
    return SECTIONS[section].model_validate(parse(content.encode()))


def text_of(document: Document) -> str:
    """The canonical text in which a document is stored."""
    return canonical(document).decode()


def put_row(
    section: str, content: str, *, place: int | None, published: bool, new: bool = False
) -> None:
    """Write the row of one document, in place of the one that was there."""
    fields, named = row_of(section, content, place=place, published=published)
    name = {key: fields.pop(key) for key in ("section", "record", "visibility")}
    if new:
        row = Row.objects.create(**name, **fields)
    else:
        row, new = Row.objects.update_or_create(**name, defaults=fields)
    if not new:
        Reference.objects.filter(row=row).delete()
    Reference.objects.bulk_create(_references(row, named))
    searching.index_rows([row])


def drop_row(name: Name, visibility: str) -> None:
    rows = Row.objects.filter(section=name[0], record=name[1], visibility=visibility)
    for row_id in list(rows.values_list("pk", flat=True)):
        searching.forget_row(row_id)
    rows.delete()


def mark_published(name: Name, *, published: bool) -> None:
    Row.objects.filter(section=name[0], record=name[1], visibility=JOINT).update(
        published=published
    )


def is_published(state: State, name: Name) -> bool:
    return state.content(("published", f"{name[0]}.{name[1]}")) is not None


def rebuild_rows() -> int:
    """Make every row afresh from the documents; how many there are. Inside a transaction."""
    searching.forget_all()
    Reference.objects.all().delete()
    Row.objects.all().delete()
    count = 0
    for documents in batched(_documents(), BATCH):
        made = [
            row_of(section, content, place=place, published=published)
            for section, content, place, published in documents
        ]
        rows = Row.objects.bulk_create(Row(**columns) for columns, _named in made)
        Reference.objects.bulk_create(
            reference
            for row, (_columns, named) in zip(rows, made, strict=True)
            for reference in _references(row, named)
        )
        searching.index_rows(rows)
        count += len(rows)
    count_anew()
    return count


def _documents() -> Iterator[tuple[str, str, int | None, bool]]:
    """Section, content, place and whether it is published, of everything that is current."""
    public = set(_published_names())
    joint = Version.objects.filter(is_current=True, content__isnull=False)
    for version in joint.order_by("section", "record").iterator():
        published = (version.section, version.record) in public
        yield version.section, str(version.content), version.entry_id or 0, published
    private = PrivateVersion.objects.filter(is_current=True, content__isnull=False)
    for own in private.order_by("side", "section", "record").iterator():
        yield own.section, str(own.content), None, False


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most ``size`` items. (``itertools.batched`` comes with Python 3.12.)"""
    left = iter(items)
    while part := list(islice(left, size)):
        yield part


def _published_names() -> Iterator[Name]:
    shown = Version.objects.filter(section="published", is_current=True, content__isnull=False)
    for content in shown.values_list("content", flat=True):
        document = parse(str(content).encode())
        yield document["of"], document["record"]


def row_of(
    section: str, content: str, *, place: int | None, published: bool
) -> tuple[dict[str, Any], tuple[tuple[str, Name], ...]]:
    """The columns of a document's row, and what it refers to."""
    made = project(read_document(section, content), section)
    columns = {
        "section": section,
        "record": made.id,
        "visibility": made.visibility,
        "published": published,
        "titles": dict(made.titles),
        "owners": list(made.owners),
        "sides": list(made.sides),
        "due": str(made.due or ""),
        "due_start": made.due and made.due.start,
        "due_end": made.due and made.due.end,
        "state": made.state,
        "kind": made.kind,
        "sector": made.sector,
        "place": place,
        "content": content,
        "text": made.text,
    }
    return columns, made.references


def _references(row: Row, named: Iterable[tuple[str, Name]]) -> list[Reference]:
    return [
        Reference(
            row=row,
            section=target[0],
            record=target[1],
            field=field,
            visibility=row.visibility,
            namer=row.section,
            due_end=row.due_end,
        )
        for field, target in named
    ]
