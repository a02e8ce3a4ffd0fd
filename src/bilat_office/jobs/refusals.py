"""Why a job is not taken, ends, or waits.

OfficeRefused
├── JobRefused       what is asked for cannot be
└── NoSuchJob        none that this viewer may see
JobStopped           it was cancelled, or another worker has taken it over: stop at once
Later                a cause that may pass by itself: try again in a while
"""

from __future__ import annotations

from bilat.errors import BilatError
from bilat.language import say
from bilat_office.records.refusals import OfficeRefused


class JobRefused(OfficeRefused):
    """The kind or an argument of a job cannot be what it is."""


class NoSuchJob(OfficeRefused):
    def __init__(self, number: int) -> None:
        super().__init__("not_found", say("There is no job {number} here.", number=str(number)))


class JobStopped(Exception):
    """Whoever runs the job has lost it."""


class Later(BilatError):
    """Carries the sentence to show when it has not passed after the last attempt."""
