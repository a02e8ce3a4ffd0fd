"""A person decides on a proposal: by name, with the time, and only on what nobody else has decided.

The views ask what a role may do where it is filed; to decide is to prepare, so that whoever may
write a draft may do it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bilat_office.people.models import Person
from bilat_office.people.permissions import demand
from bilat_office.readings.models import CHOSEN, FILED, REJECTED, WAITING, Finding, Reading
from bilat_office.readings.refusals import DecidedBefore
from bilat_office.records.rowsecurity import every_row
from bilat_office.records.viewer import Viewer


@dataclass(frozen=True)
class By:
    """Who decides, and when."""

    person: Person
    viewer: Viewer
    at: datetime


@dataclass(frozen=True)
class FiledWith:
    """Where accepted proposals went: into a draft, a change, or (neither) own records.

    source: id of the record of the text. names: key of a finding → ``section/id`` of its record.
    asking: keys of those that contradict what is recorded.
    """

    source: str
    names: Mapping[str, str]
    draft: int | None = None
    change: str = ""
    asking: frozenset[str] = frozenset()


def finding_choose(
    *, finding: Finding, answers: Mapping[str, str], record: Any = None, by: By
) -> None:
    """Accept, with what was answered or the record as it was corrected. Raises DecidedBefore."""
    _decide(finding, (WAITING, CHOSEN), by, state=CHOSEN, answers=dict(answers), record=record)


def finding_reject(*, finding: Finding, why: str, by: By) -> None:
    """Not a fact, or not ours: it is remembered, and not offered again. Raises DecidedBefore."""
    _decide(finding, (WAITING, CHOSEN), by, state=REJECTED, why=why, answers={}, record=None)


def finding_take_back(*, finding: Finding, came_to_nothing: bool, by: By) -> None:
    """Wait again: what was rejected, or accepted and not filed. Raises DecidedBefore.

    came_to_nothing: its draft was dropped, or its change rejected; then also what was filed.
    """
    before = (CHOSEN, REJECTED, FILED) if came_to_nothing else (CHOSEN, REJECTED)
    nowhere = {"draft": None, "change": "", "record_name": "", "question": False}
    _decide(finding, before, by, state=WAITING, why="", answers={}, record=None, **nowhere)


def finding_answer(*, finding: Finding, answer: str, by: By) -> None:
    """Close the question that a contradiction has opened. Raises DecidedBefore."""
    demand(by.viewer, "draft")
    with every_row():
        open_ones = Finding.objects.filter(pk=finding.pk, side=by.person.side, question=True)
        if not open_ones.update(question=False, answer=answer):
            raise DecidedBefore


def findings_file(*, reading: Reading, filed: FiledWith, by: By) -> None:
    """The accepted ones have left for where they go. Raises DecidedBefore; then none has."""
    demand(by.viewer, "draft")
    with transaction.atomic(), every_row():
        Reading.objects.filter(pk=reading.pk).update(source=filed.source)
        for key, name in filed.names.items():
            chosen = Finding.objects.filter(reading=reading, key=key, state=CHOSEN)
            moved = chosen.update(
                state=FILED,
                record_name=name,
                draft=filed.draft,
                change=filed.change,
                question=key in filed.asking,
            )
            if not moved:
                raise DecidedBefore


def _decide(finding: Finding, before: tuple[str, ...], by: By, **changed: Any) -> None:
    demand(by.viewer, "draft")
    with every_row():
        found = Finding.objects.filter(pk=finding.pk, side=by.person.side, state__in=before)
        if not found.update(decided_by=by.person, decided_at=by.at, **changed):
            raise DecidedBefore
