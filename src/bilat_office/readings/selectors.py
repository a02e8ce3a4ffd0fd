"""What there is to see of texts: those of the viewer's own side, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from bilat_office.readings.models import CHOSEN, FILED, REJECTED, WAITING, Finding, Reading
from bilat_office.readings.refusals import NoSuchProposal, NoSuchReading
from bilat_office.readings.stored import Text, text_of
from bilat_office.records.rowsecurity import rows_of
from bilat_office.records.viewer import JOINT, Viewer

_LONG = ("text", "left", "notes", "passes")
"""Columns that a list does not need."""


@dataclass(frozen=True)
class Listed:
    """A text in the list, and how many of its proposals stand where."""

    reading: Reading
    waiting: int
    chosen: int
    filed: int
    rejected: int

    @property
    def total(self) -> int:
        return self.waiting + self.chosen + self.filed + self.rejected


def reading_list(viewer: Viewer) -> list[Listed]:
    """The latest first."""
    counts = {
        state: Count("findings", filter=Q(findings__state=state))
        for state in (WAITING, CHOSEN, FILED, REJECTED)
    }
    with rows_of(viewer):
        found = _own(viewer).defer(*_LONG).select_related("person").annotate(**counts)
        return [
            Listed(each, *(getattr(each, state) for state in counts))
            for each in found.order_by("-pk")
        ]


def reading_seen(viewer: Viewer, number: int) -> Reading:
    """Raises NoSuchReading, which says the same of what is hidden and what is not."""
    with rows_of(viewer):
        found = _own(viewer).filter(pk=number).select_related("person").first()
    if found is None:
        raise NoSuchReading(number)
    return found


def text_seen(viewer: Viewer, number: int) -> Text:
    """A text with its findings. Raises NoSuchReading."""
    return text_with(viewer, reading_seen(viewer, number))


def text_with(viewer: Viewer, reading: Reading) -> Text:
    """A text that the viewer has been shown, with its findings."""
    with rows_of(viewer):
        found = Finding.objects.filter(reading=reading).select_related("decided_by")
        return text_of(reading, found)


def finding_seen(text: Text, key: str) -> Finding:
    """Raises NoSuchProposal."""
    found = next((each for each in text.findings if each.key == key), None)
    if found is None:
        raise NoSuchProposal
    return found


def proposals_waiting(viewer: Viewer) -> int:
    """How many proposals of all texts of the side nobody has decided yet."""
    return _count(viewer, Q(state=WAITING))


def texts_waiting(viewer: Viewer) -> list[tuple[int, str, int]]:
    """Texts with proposals that nobody has decided: number, title, how many; the latest first."""
    if viewer.side in (None, JOINT):
        return []
    with rows_of(viewer):
        open_ones = Finding.objects.filter(side=viewer.side, state=WAITING)
        rows = open_ones.values_list("reading", "reading__title", "reading__name")
        counted = rows.annotate(Count("pk")).order_by("-reading")
        return [(number, title or name, n) for number, title, name, n in counted]


def questions_open(viewer: Viewer) -> int:
    """How many accepted contradictions nobody has answered yet."""
    return _count(viewer, Q(question=True))


def _count(viewer: Viewer, condition: Q) -> int:
    if viewer.side in (None, JOINT):
        return 0
    with rows_of(viewer):
        return Finding.objects.filter(condition, side=viewer.side).count()


def _own(viewer: Viewer) -> QuerySet[Reading]:
    if viewer.side in (None, JOINT):
        return Reading.objects.none()
    return Reading.objects.filter(side=viewer.side)
