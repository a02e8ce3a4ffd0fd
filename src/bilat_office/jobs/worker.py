"""The worker: takes one job after another from the table, as long as it is wanted.

The table of jobs is the queue: nothing is kept beside it that could be lost or run twice. A job
that a killed worker left behind is taken again when its lease is over.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection

from bilat.errors import BilatError
from bilat.language import Message, Words, say
from bilat.register.kinds import Name
from bilat_office.jobs.kinds import KINDS
from bilat_office.jobs.models import Job
from bilat_office.jobs.refusals import JobRefused, JobStopped, Later
from bilat_office.jobs.rounds import rounds_ask
from bilat_office.jobs.selectors import job_folder
from bilat_office.jobs.services.running import (
    LEASE,
    job_again,
    job_claim,
    job_fail,
    job_finish,
    job_hold,
    job_progress,
)
from bilat_office.jobs.task import Kind, Result, Task
from bilat_office.people.doorway import Watched, viewer_of
from bilat_office.people.services.audit import Looked, audit_write
from bilat_office.records.services.forgetting import forget
from bilat_office.records.viewer import JOINT, Viewer

PAUSE = 1.0
"""Seconds between two looks at an empty table."""
PASSING = (DatabaseError, InterfaceError, OSError, MemoryError)
"""Causes that may pass by themselves: storage that is full or gone."""
_log = logging.getLogger("bilat_office.jobs")
Clock = Callable[[], datetime]


def work(*, now: Clock, wanted: Callable[[], bool], wait: Callable[[float], object]) -> None:
    """Until nobody wants it any more; the job under way is ended first.

    now: the clock. wait: for some seconds, or until something is up.
    """
    while wanted():
        try:
            rounds_ask(at=now())
            idle = not work_once(now=now)
        except PASSING:
            _log.exception("the table of jobs cannot be read")
            idle = True
            connection.close()
            forget()
        if idle:
            wait(PAUSE)


def work_once(*, now: Clock, kinds: Mapping[str, Kind] = KINDS) -> bool:
    """Run one job, if there is one. Raises DatabaseError when not even its end can be written."""
    job = job_claim(at=now())
    if job is None:
        return False
    try:
        with _held(job, now):
            result = _run(job, kinds[job.kind], now)
        job_finish(job=job, result=result, at=now())
        _tidy(job)
    except JobStopped:
        _log.info("job %s (%s) was called off or taken over", job.pk, job.kind)
        shutil.rmtree(job_folder(job), ignore_errors=True)
    except Exception as error:  # noqa: BLE001 (every end of a job is written down)
        _ended_badly(job, error, now())
    return True


def _run(job: Job, kind: Kind, now: Clock) -> Result:
    viewer = Viewer() if job.person is None else viewer_of(job.person)
    words = Words(job.person.language if job.person else "en")
    folder = job_folder(job)
    if folder.exists():
        shutil.rmtree(folder)

    def tell(share: float, sentence: Message) -> None:
        job_progress(job=job, share=share, said=words(sentence), at=now())

    task = Task(
        job=job,
        arguments=kind.read(job.arguments),
        viewer=viewer,
        door=_door(job, viewer, now),
        words=words,
        folder=folder,
        now=now,
        tell=tell,
    )
    if job.person is not None and viewer.is_public:
        raise JobRefused("person", say("Who asked for it has been shut out since."))
    return kind.run(task)


def _door(job: Job, viewer: Viewer, now: Clock) -> Watched:
    """What a job shows its asker of private records is written in the audit, as a page's is."""
    if job.person is None:
        return Watched(Viewer(JOINT), lambda _action, _names: None)

    def watch(action: Looked, names: Collection[Name]) -> None:
        audit_write(viewer=viewer, action=action, names=names, at=now(), job=job.kind)

    return Watched(viewer, watch)


def _ended_badly(job: Job, error: Exception, at: datetime) -> None:
    words = Words(job.person.language if job.person else "en")
    shutil.rmtree(job_folder(job), ignore_errors=True)
    if isinstance(error, PASSING):
        connection.close()
        forget()
    try:
        if isinstance(error, Later):
            job_again(job=job, error=words(error.message), at=at)
        elif isinstance(error, BilatError):
            job_fail(job=job, error=words(error.message), at=at)
        elif isinstance(error, PASSING):
            _log.exception("job %s (%s) is put off", job.pk, job.kind)
            job_again(job=job, error=words(_FULL), at=at)
        else:
            _log.exception("job %s (%s) has a mistake", job.pk, job.kind)
            job_fail(job=job, error=words(_MISTAKE), at=at)
    except JobStopped:
        _log.info("job %s (%s) was called off or taken over", job.pk, job.kind)


_FULL = say("The office’s storage does not answer, or is full. The job is tried again later.")
_MISTAKE = say("The office has made a mistake; it is written down on the server.")


def _tidy(job: Job) -> None:
    """Folders of older attempts go."""
    for folder in job_folder(job).parent.glob("*"):
        if folder.name != str(job.attempts):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(job: Job, now: Clock) -> Iterator[None]:
    """Renews the lease beside the work: one step of a job may take longer than a lease."""
    over = threading.Event()

    def hold() -> None:
        while not over.wait(LEASE.total_seconds() / 4):
            try:
                job_hold(job=job, at=now())
            except JobStopped:
                return
            except DatabaseError:
                _log.warning("the lease of job %s could not be renewed", job.pk)
            finally:
                connection.close()

    holder = threading.Thread(target=hold, name=f"lease-{job.pk}", daemon=True)
    holder.start()
    try:
        yield
    finally:
        over.set()
        holder.join()
