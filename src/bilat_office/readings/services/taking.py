"""A text comes in, is read, and is read again; what was decided stays decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

import bilat
from bilat.errors import BilatError, Problem
from bilat.language import Words
from bilat.reading.again import read_again
from bilat.reading.desk import Read, read_file
from bilat.reading.kept import Kept, first_reading, named
from bilat.reading.proposal import Proposal
from bilat_office.jobs.places import upload_drop
from bilat_office.people.models import Person
from bilat_office.people.permissions import demand
from bilat_office.readings.models import FAILED, READ, UNREAD, WAITING, Finding, Reading
from bilat_office.readings.stored import content_of, text_of
from bilat_office.records.rowsecurity import every_row
from bilat_office.records.viewer import Viewer

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class About:
    """What a person says of a text. Left empty, what the file itself says is taken."""

    title: str = ""
    publisher: str = ""
    address: str = ""
    published: date | None = None
    speaks_for: str = ""
    kind: str = ""


def reading_add(
    *, name: str, upload: str, about: About, person: Person, viewer: Viewer, at: datetime
) -> Reading:
    """A text that is to be read. upload: its file. Raises NotPermitted."""
    demand(viewer, "draft")
    with every_row():
        return Reading.objects.create(
            side=person.side, person=person, added_at=at, name=name, upload=upload, **asdict(about)
        )


def reading_waits_for(*, number: int, job: int) -> None:
    with every_row():
        Reading.objects.filter(pk=number).update(job=job)


def reading_read(
    *, reading: Reading, sides: tuple[str, str], progress: Progress | None = None
) -> int:
    """Read the file; gives the number of the text, which is an earlier one if it is the same text.

    Raises BilatError where nothing can be read of it: that is kept, too.
    """
    path = Path(settings.DATA_FOLDER) / reading.upload
    try:
        read = read_file(path, parties=sides, published=reading.published, progress=progress)
    except BilatError as error:
        with every_row():
            told = Words(reading.person.language)(error.message)
            Reading.objects.filter(pk=reading.pk).update(state=FAILED, error=told)
        upload_drop(path)
        raise
    number = _keep(reading, read)
    upload_drop(path)
    return number


def _keep(reading: Reading, read: Read) -> int:
    key = sha256(read.opened.original.text.encode()).hexdigest()
    with transaction.atomic(), every_row():
        same = Reading.objects.select_for_update().filter(side=reading.side, key=key, state=READ)
        before = same.order_by("pk").first()
        if before is not None and before.pk != reading.pk:
            known = text_of(before, before.findings.all()).kept
            _store(before, read_again(known, read.reading), read)
            Reading.objects.filter(pk=reading.pk).delete()
            return before.pk
        kept = first_reading(read.opened, read.reading, name="", side=reading.speaks_for or None)
        _describe(reading, read, key)
        _store(reading, kept, read)
        return reading.pk


def _describe(reading: Reading, read: Read, key: str) -> None:
    """What a person said of it stands; what they left out the file says."""
    opened = read.opened
    reading.key, reading.state, reading.upload, reading.error = key, READ, "", ""
    reading.text = opened.original.text
    reading.media, reading.sha256 = opened.original.media, opened.original.sha256
    reading.title = reading.title or (opened.original.title or "")[:500]
    reading.publisher = reading.publisher or (opened.publisher or "")[:300]
    reading.address = reading.address or (opened.address or "")[:1000]


def _store(reading: Reading, kept: Kept, read: Read) -> None:
    """The open proposals give way to their better reading; decided ones are as they were."""
    reading.language = kept.language
    reading.parties = list(kept.parties) if kept.parties else None
    reading.published = kept.original.published
    reading.left = [content_of(each) for each in _plain(read)]
    reading.notes = [_told(problem) for problem in read.notes]
    reading.passes = [asdict(each) for each in kept.passes]
    reading.save()
    keys = {item.id for item in kept.proposals}
    known = set(reading.findings.values_list("key", flat=True))
    reading.findings.filter(state=WAITING).exclude(key__in=keys).delete()
    Finding.objects.bulk_create(
        Finding(
            reading=reading,
            side=reading.side,
            key=item.id,
            start=item.proposal.quote.start,
            content=content_of(item.proposal),
        )
        for item in kept.proposals
        if item.id not in known
    )


def _plain(read: Read) -> list[Proposal]:
    """What is not proposed, with its values as JSON holds them."""
    return [item.proposal for item in named(read.reading.left)]


def _told(problem: Problem) -> dict[str, str]:
    return {lang: problem.in_words(Words(lang)) for lang in bilat.LANGUAGES}


def reading_describe(*, number: int, about: About, viewer: Viewer) -> None:
    """Another title, publisher, address, side or kind; the day stays, since it was read with it."""
    demand(viewer, "draft")
    said = {name: value for name, value in asdict(about).items() if name != "published"}
    with every_row():
        Reading.objects.filter(pk=number, side=viewer.side).update(**said)


def reading_drop(*, number: int, viewer: Viewer) -> None:
    """Take away a text that could not be read."""
    demand(viewer, "draft")
    with every_row():
        Reading.objects.filter(pk=number, side=viewer.side, state__in=(FAILED, UNREAD)).delete()
