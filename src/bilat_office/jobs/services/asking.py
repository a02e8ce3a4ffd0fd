"""A job is asked for, and called off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bilat.language import say
from bilat_office.jobs.kinds import KINDS
from bilat_office.jobs.models import CANCELLED, QUEUED, RUNNING, Job
from bilat_office.jobs.refusals import JobRefused
from bilat_office.jobs.selectors import job_seen
from bilat_office.people.doorway import viewer_of
from bilat_office.people.models import Person
from bilat_office.people.permissions import demand
from bilat_office.records.viewer import Viewer


def job_ask(*, kind: str, arguments: Mapping[str, Any], person: Person, at: datetime) -> Job:
    """Ask for a job; it is run with what ``person`` may see by then.

    Raises JobRefused for a kind or arguments that cannot be, NotPermitted.
    """
    found = KINDS.get(kind)
    if found is None or found.by_itself:
        known = [name for name, item in KINDS.items() if not item.by_itself]
        raise JobRefused("kind", say("There is no such job; there are: {known}.", known=known))
    viewer = viewer_of(person)
    if viewer.is_public:
        raise JobRefused("person", say("Only people of the programme may ask for jobs."))
    if found.action is not None:
        demand(viewer, found.action)
    checked = found.check(arguments)
    return Job.objects.create(
        kind=kind,
        arguments=checked,
        person=person,
        side=person.side,
        not_before=at,
        asked_at=at,
    )


def job_cancel(*, number: int, viewer: Viewer, at: datetime) -> None:
    """Call a job off; one that runs stops at its next step. Ended ones stay as they are.

    Raises NoSuchJob.
    """
    job = job_seen(viewer, number)
    Job.objects.filter(pk=job.pk, state__in=(QUEUED, RUNNING)).update(
        state=CANCELLED, lease_until=None, ended_at=at
    )
