"""Does the database still say what the keys signed? Everything is recomputed from the lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bilat.language import Message, say
from bilat.register.state import State
from bilat.register.store import export
from bilat.register.verify import Break, Verified, verify
from bilat_office.records.keeper import folded
from bilat_office.records.models import PrivateVersion, Row, Version
from bilat_office.records.rows import is_published, row_of, text_of
from bilat_office.records.vendor import EVERYTHING, reading_as

_STALE = say("{record}: what lists show of it is out of date. Run: bilat-office rebuild")


def office_verify() -> tuple[Verified | Break, tuple[Message, ...]]:
    """The chain with every signature, and what does not agree with it in the tables beside it."""
    with reading_as(EVERYTHING), TemporaryDirectory() as aside:
        node = folded()  # from the stored lines, not from the tables made of them
        export(node, Path(aside))
        return verify(aside), tuple(_disagreeing(node.register.state))


def _disagreeing(state: State) -> Iterator[Message]:
    yield from _versions(state)
    yield from _unlisted()
    yield from _rows(state)


def _unlisted() -> Iterator[Message]:
    """Documents that have no row, and rows that have no document."""
    joint = Version.objects.filter(is_current=True, content__isnull=False)
    own = PrivateVersion.objects.filter(is_current=True, content__isnull=False)
    documents = {(*name, "joint") for name in joint.values_list("section", "record")}
    documents |= set(own.values_list("section", "record", "side"))
    rows = set(Row.objects.values_list("section", "record", "visibility"))
    for section, record, _visibility in sorted(documents ^ rows):
        yield _STALE.with_args(record=f"{section}/{record}")


def _versions(state: State) -> Iterator[Message]:
    """Current versions are the state of the register, no more and no less."""
    current = Version.objects.filter(is_current=True, content__isnull=False)
    stored = {
        (section, record): content
        for section, record, content in current.values_list("section", "record", "content")
    }
    signed = {name: text_of(content) for name, content in state.records()}
    for name in sorted({*stored, *signed}):
        if stored.get(name) != signed.get(name):
            yield say(
                "{record}: the stored version is not the one that was signed.",
                record="/".join(name),
            )


def _rows(state: State) -> Iterator[Message]:
    """Rows say what their documents say; `bilat-office rebuild` mends those that do not."""
    for row in Row.objects.prefetch_related("references").iterator(chunk_size=1000):
        name = row.section, row.record
        made, references = row_of(
            row.section,
            row.content,
            place=row.place,
            published=row.visibility == "joint" and is_published(state, name),
        )
        there = [(item.field, (item.section, item.record)) for item in row.references.all()]
        same = all(getattr(row, field) == value for field, value in made.items())
        if not same or sorted(there) != sorted(references):
            yield _STALE.with_args(record="/".join(name))
