"""The one door to files: what a viewer may not see is not behind it.

    cabinet = Cabinet(door)
    cabinet.of("roadmap-2030")

A file of both sides is seen by both; one that a side keeps for itself, by that side alone. On
PostgreSQL each question also runs under row security.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from bilat.language import say
from bilat.register.kinds import Name
from bilat_office.files import searching, store
from bilat_office.files.keeping import Brought, line_of, opened, write
from bilat_office.files.models import File, FileText, Removal
from bilat_office.files.refusals import FileRefused
from bilat_office.files.searching import Snippet
from bilat_office.people.doorway import Watched
from bilat_office.people.permissions import demand
from bilat_office.people.services.audit import Looked
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.viewer import JOINT
from bilat_office.records.words import words

SECTION = "documents"


@dataclass(frozen=True)
class Kept:
    """A file as lists show it."""

    number: int
    document: str
    visibility: str
    name: str
    media: str
    size: int
    sha256: str
    side: str
    person: str
    at: datetime
    left_out: str
    is_whole: bool
    """False where the search knows only the beginning of its text."""

    @property
    def is_joint(self) -> bool:
        return self.visibility == JOINT


@dataclass(frozen=True)
class Hit:
    """A file that answers a question, with the place where it does."""

    file: Kept
    snippet: Snippet | None


@dataclass(frozen=True)
class Stored:
    """How much is kept under one visibility; ``removed``: of it, no longer listed."""

    visibility: str
    files: int
    size: int
    removed: int


class Cabinet:
    """Files behind one viewer's door. Each sight of a private one is told to the door's watch."""

    def __init__(self, door: Watched) -> None:
        self._door = door
        self._viewer = door.viewer

    def of(self, document: str) -> tuple[Kept, ...]:
        """The files of a document, the latest first. The record itself is not asked for."""
        with self._secured():
            files = self._listed().filter(document=document).order_by("-pk")
            found = tuple(map(_kept, files))
        self._saw("files", found)
        return found

    def every(self) -> tuple[Kept, ...]:
        """All that this viewer may see, in the order in which they were brought."""
        with self._secured():
            found = tuple(map(_kept, self._listed().order_by("pk")))
        self._saw("files", found)
        return found

    def counts(self) -> Mapping[str, int]:
        """Document → how many files this viewer may see: one question for all."""
        with self._secured():
            counted = self._listed().values_list("document").annotate(n=Count("pk"))
            return dict(counted.order_by())

    def get(self, document: str, number: int) -> Kept:
        """Raises NotSeen, which says the same of what is hidden, gone and never was."""
        with self._secured():
            found = self._listed().filter(document=document, pk=number).first()
            if found is None:
                raise NotSeen("files", str(number))
            return _kept(found)

    def content(self, kept: Kept) -> bytes:
        """Its bytes, which are what was brought. Raises FileRefused where they are not."""
        self._saw("file", [kept])
        return store.content(kept.sha256)

    def search(self, question: str) -> tuple[Hit, ...]:
        """Files that hold every word of the question, in any form of a Russian word."""
        asked = words(question)
        with self._secured():
            ids = searching.found(asked)
            if not ids:
                return ()
            files = self._listed().in_bulk(ids)
            texts = {
                said.file_id: said
                for said in FileText.objects.filter(file_id__in=list(files)[:SNIPPETS])
            }
        hits = tuple(
            Hit(
                _kept(files[number]),
                searching.snippet(texts[number], asked) if number in texts else None,
            )
            for number in ids
            if number in files
        )
        self._saw("file search", [hit.file for hit in hits])
        return hits

    def add(self, *, document: str, visibility: str, name: str, data: bytes, at: datetime) -> Kept:
        """Keep a file of a document that this viewer sees.

        visibility: ``joint``, or the viewer's own side. Raises FileRefused, NotPermitted, NotSeen.
        """
        record = self._door.get(SECTION, document)
        side = str(self._viewer.side)
        joint = visibility == JOINT and record.visibility == JOINT
        demand(self._viewer, "draft" if joint else "write_private")
        if not joint and visibility not in (JOINT, side):
            raise OfficeRefused("side", say("A file is for both sides, or for your own."))
        inside = opened(data)
        person, seen = self._viewer.person or "", JOINT if joint else side
        file = line_of(Brought(document, seen, name, side, person, at), inside)
        with self._secured(), transaction.atomic():
            self._check_new(file)
            write(file, inside.said)
            kept = _kept(self._listed().get(pk=file.pk))
        self._saw("file add", [kept])
        return kept

    def remove(self, *, kept: Kept, reason: str, at: datetime) -> None:
        """No longer listed nor found; what it was and who took it off stays.

        Raises OfficeRefused for a file of the other side, NotPermitted.
        """
        demand(self._viewer, "draft" if kept.is_joint else "write_private")
        if kept.side != self._viewer.side:
            raise OfficeRefused(
                "side", say("Only the side that brought a file takes it off the list.")
            )
        with self._secured(), transaction.atomic():
            Removal.objects.create(
                file_id=kept.number, visibility=kept.visibility, reason=reason[:500], at=at,
                person=self._viewer.person or "",
            )  # fmt: skip
            searching.forget(kept.number)
        self._saw("file remove", [kept])

    def stored(self) -> tuple[Stored, ...]:
        """How much is kept that this viewer may see: joint, then the own side's."""
        with self._secured():
            seen = File.objects.filter(visibility__in=self._viewer.visibilities)
            sums = seen.values_list("visibility").annotate(
                n=Count("pk"), size=Sum("size"), gone=Count("removal")
            )
            found = {row[0]: row[1:] for row in sums.order_by()}
        return tuple(
            Stored(name, *found.get(name, (0, 0, 0))) for name in self._viewer.visibilities
        )

    def _check_new(self, file: File) -> None:
        """The same content twice under one document is a mistake of the hand."""
        same = self._listed().filter(
            document=file.document, sha256=file.sha256, visibility=file.visibility
        )
        if found := same.first():
            raise FileRefused(say("This very content is there already: {name}.", name=found.name))

    def _listed(self) -> QuerySet[File]:
        seen = self._viewer.visibilities if not self._viewer.is_public else ()
        return (
            File.objects.filter(visibility__in=seen, removal=None)
            .select_related("said")
            .defer("said__text", "said__lemmas")
        )

    @contextmanager
    def _secured(self) -> Iterator[None]:
        with self._door.secured():
            yield

    def _saw(self, action: Looked, files: Collection[Kept]) -> None:
        names: Sequence[Name] = [("files", str(f.number)) for f in files if not f.is_joint]
        if names:
            self._door.saw(action, names)


SNIPPETS = 50
"""Files of one answer whose text is looked into for the place of the match."""


def _kept(file: File) -> Kept:
    said = file.said
    return Kept(
        number=file.pk,
        document=file.document,
        visibility=file.visibility,
        name=file.name,
        media=file.media,
        size=file.size,
        sha256=file.sha256,
        side=file.side,
        person=file.person,
        at=file.at,
        left_out=said.left_out,
        is_whole=said.is_whole,
    )
