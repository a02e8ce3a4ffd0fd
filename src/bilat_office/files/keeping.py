"""A file becomes one of the office's: checked and sniffed, its bytes stored, its words indexed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bilat_office.files import searching, store
from bilat_office.files.extracting import Extracted, extracted
from bilat_office.files.models import File, FileText
from bilat_office.files.refusals import LARGEST, empty, too_large
from bilat_office.files.sniffing import Media, media_of, safe_name


@dataclass(frozen=True)
class Opened:
    """What is in a file: made before a transaction begins, since a long text takes its time."""

    data: bytes
    media: Media
    said: Extracted


@dataclass(frozen=True)
class Brought:
    """Whose document it is of, who sees it, and who brought it when."""

    document: str
    visibility: str
    name: str
    side: str
    person: str
    at: datetime


def opened(data: bytes) -> Opened:
    """Raises FileRefused for what is no file of a document."""
    if not data:
        raise empty()
    if len(data) > LARGEST:
        raise too_large(len(data))
    media = media_of(data)
    return Opened(data, media, extracted(data, media))


def line_of(brought: Brought, inside: Opened) -> File:
    """Its line, not yet written; its bytes stand in the store from here on."""
    return File(
        document=brought.document,
        visibility=brought.visibility,
        name=safe_name(brought.name, inside.media),
        media=inside.media,
        size=len(inside.data),
        sha256=store.keep(inside.data),
        side=brought.side,
        person=brought.person,
        at=brought.at,
    )


def write(file: File, said: Extracted) -> None:
    """Within the transaction of whoever calls: the line, what it says, and the index."""
    lemmas = searching.lemmas_of(said.text)
    file.save(force_insert=True)
    FileText.objects.create(
        file=file, visibility=file.visibility, text=said.text, lemmas=lemmas,
        is_whole=said.is_whole, left_out=said.left_out,
    )  # fmt: skip
    named = searching.lemmas_of(file.name.rsplit(".", 1)[0])
    searching.index(file.pk, file.visibility, f"{named} {lemmas}")
