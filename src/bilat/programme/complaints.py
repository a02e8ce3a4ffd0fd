"""A problem of one record before its place in a file is known."""

from __future__ import annotations

from dataclasses import dataclass

from bilat.errors import Severity
from bilat.language import Message


@dataclass(frozen=True)
class Complaint:
    """What is wrong with a record, and at which of its fields."""

    what: Message
    remedy: Message
    path: tuple[str | int, ...] = ()
    severity: Severity = "error"


def complain(
    what: Message, remedy: Message, *path: str | int, severity: Severity = "error"
) -> Complaint:
    return Complaint(what, remedy, path, severity)
