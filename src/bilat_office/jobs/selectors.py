"""What there is to see of jobs: those of the viewer's own side, and nobody else's."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from bilat_office.jobs.models import DONE, Job
from bilat_office.jobs.refusals import NoSuchJob
from bilat_office.records.viewer import Viewer


def jobs_seen(viewer: Viewer) -> QuerySet[Job]:
    """The latest first; none for the public."""
    return Job.objects.filter(side=viewer.side) if viewer.side else Job.objects.none()


def job_seen(viewer: Viewer, number: int) -> Job:
    """Raises NoSuchJob, which says the same of what is hidden and what is not."""
    found = jobs_seen(viewer).filter(pk=number).first()
    if found is None:
        raise NoSuchJob(number)
    return found


def job_files(viewer: Viewer, number: int) -> list[Path]:
    """The files that a finished job has made. Raises NoSuchJob."""
    job = job_seen(viewer, number)
    if job.state != DONE:
        return []
    folder = job_folder(job)
    return [folder / name for name in job.result.get("files", ())]


def job_folder(job: Job) -> Path:
    """Each attempt has a folder of its own: what an older one still writes does no harm."""
    return Path(settings.DATA_FOLDER) / "jobs" / str(job.pk) / str(job.attempts)
