"""Rows beside the documents: written with each change, and made afresh by `rebuild`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilat.programme.record import Model
from bilat.register.canonical import Document, canonical, parse
from bilat.register.kinds import SECTIONS, Name
from bilat.register.state import State
from bilat_office.records import searching
from bilat_office.records.models import PrivateVersion, Reference, Row, Version
from bilat_office.records.projection import project

JOINT = "joint"


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
    Reference.objects.bulk_create(
        Reference(row=row, section=target[0], record=target[1], field=field,
                  visibility=row.visibility)
        for field, target in named
    )  # fmt: skip
    searching.index_row(row)


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
    current = Version.objects.filter(is_current=True, content__isnull=False)
    public = set(_published_names())
    count = 0
    for version in current.order_by("section", "record").iterator():
        name = version.section, version.record
        content = str(version.content)
        place = version.entry_id or 0
        put_row(version.section, content, place=place, published=name in public, new=True)
        count += 1
    private = PrivateVersion.objects.filter(is_current=True, content__isnull=False)
    for own in private.order_by("side", "section", "record").iterator():
        put_row(own.section, str(own.content), place=None, published=False, new=True)
        count += 1
    return count


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
