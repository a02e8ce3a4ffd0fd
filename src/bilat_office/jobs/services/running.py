"""A worker takes a job, says how far it is, and ends it.

Every order names the attempt that it was taken in. When the lease has passed to another worker, or
the job was called off, `JobStopped` says so and nothing changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from bilat.language import Words, say
from bilat_office.jobs.models import DONE, FAILED, QUEUED, RUNNING, Job
from bilat_office.jobs.refusals import JobStopped

LEASE = timedelta(seconds=60)
"""How long a job stays with a worker that says nothing: one that was killed says nothing."""
MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(seconds=10)
"""Before the second attempt; twice as long before each further one."""
_GIVEN_UP = say("Given up: the worker was stopped in the middle of it again and again.")


def job_claim(*, at: datetime) -> Job | None:
    """Take the job that has waited longest: queued, or left by a worker that is gone.

    On PostgreSQL workers on several machines pass over each other's rows (SKIP LOCKED); on SQLite
    one writer waits for the other.
    """
    due = Q(state=QUEUED, not_before__lte=at) | Q(state=RUNNING, lease_until__lt=at)
    with transaction.atomic():
        rows = Job.objects.select_for_update(skip_locked=True, of=("self",))
        job = rows.filter(due).order_by("not_before", "pk").first()
        if job is None:
            return None
        if job.attempts >= MOST_ATTEMPTS:  # each time whoever ran it was killed
            words = Words(job.person.language if job.person else "en")
            job_fail(job=job, error=words(_GIVEN_UP), at=at)
            return job_claim(at=at)
        job.attempts += 1
        job.state = RUNNING
        job.lease_until = at + LEASE
        job.progress = 0.0
        job.save(update_fields=["attempts", "state", "lease_until", "progress"])
    return job


def job_progress(*, job: Job, share: float, said: str, at: datetime) -> None:
    """share: 0 to 1. Raises JobStopped."""
    _mine(job, progress=min(max(share, 0.0), 1.0), said=said, lease_until=at + LEASE)


def job_hold(*, job: Job, at: datetime) -> None:
    """The worker is still there. Raises JobStopped."""
    _mine(job, lease_until=at + LEASE)


def job_finish(*, job: Job, result: Mapping[str, Any], at: datetime) -> None:
    """Raises JobStopped: then what was made is not the job's result."""
    _mine(
        job,
        state=DONE,
        progress=1.0,
        result=dict(result),
        error="",
        lease_until=None,
        ended_at=at,
    )


def job_fail(*, job: Job, error: str, at: datetime) -> None:
    """For good. Raises JobStopped."""
    _mine(job, state=FAILED, error=error, lease_until=None, ended_at=at)


def job_again(*, job: Job, error: str, at: datetime) -> None:
    """Later once more, or never when it was the last attempt. Raises JobStopped."""
    if job.attempts >= MOST_ATTEMPTS:
        job_fail(job=job, error=error, at=at)
        return
    pause = FIRST_PAUSE * 2 ** (job.attempts - 1)
    _mine(job, state=QUEUED, error=error, lease_until=None, not_before=at + pause)


def _mine(job: Job, **changed: Any) -> None:
    held = Job.objects.filter(pk=job.pk, state=RUNNING, attempts=job.attempts)
    if not held.update(**changed):
        raise JobStopped
