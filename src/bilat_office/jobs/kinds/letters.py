"""Reminders and the weekly digest: asked for by the office's rounds."""

from __future__ import annotations

from collections.abc import Callable

from bilat.language import say
from bilat_office.jobs.letters.posting import letters_post
from bilat_office.jobs.letters.writing import DIGEST, REMINDER, digests_write, reminders_write
from bilat_office.jobs.task import Arguments, Result, Task


class Nothing(Arguments):
    """There is nothing to choose."""


def send_reminders(task: Task) -> Result:
    task.tell(0.1, say("Looking for what is due"))
    reminders_write(at=task.now())
    return _post(task, REMINDER)


def send_digest(task: Task) -> Result:
    task.tell(0.1, say("Writing the digests of the week"))
    digests_write(at=task.now())
    return _post(task, DIGEST)


def _post(task: Task, kind: str) -> Result:
    task.tell(0.5, say("Sending"))
    sent, kept = letters_post(kind=kind, now=task.now, before_each=_still_mine(task))
    said = (
        say("Letters sent: {n}; kept for later: {kept}", n=sent, kept=kept)
        if sent or kept
        else say("Nobody was to be written to.")
    )
    return task.done(said, sent=sent)


def _still_mine(task: Task) -> Callable[[], None]:
    """No letter goes out once another worker has taken the job over."""
    return lambda: task.tell(0.5, say("Sending"))
