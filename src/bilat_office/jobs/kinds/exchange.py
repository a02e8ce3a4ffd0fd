"""Exchange with the other office: take its lines, confirm them, bring it ours.

Receiving a line twice does no harm, so an exchange that was cut off is simply run again. What the
other office has acknowledged is not sent again; ``whole`` sends everything, which heals an office
that began again from an older copy.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from bilat.language import Message, say
from bilat_office.jobs.kinds.signing import actor_of, key_in_force, passphrase_of
from bilat_office.jobs.models import Delivered
from bilat_office.jobs.peer import Peer
from bilat_office.jobs.task import Arguments, Result, Task
from bilat_office.records.door import Door
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.services.changes import checkpoint
from bilat_office.records.services.messages import messages_receive, outbox
from bilat_office.records.viewer import JOINT, Viewer

ACKNOWLEDGED = ("accepted", "known", "same_at_once", "entered")
"""Answers after which the other office has the line, or what has become of it."""
TAKEN = 500
"""Lines taken in one transaction."""


class Exchange(Arguments):
    """whole: also what the other office has acknowledged before."""

    whole: bool = False


def exchange(task: Task) -> Result:
    asked: Exchange = task.arguments
    peer = peer_configured()
    ours, theirs = _sides()
    task.tell(0.05, say("Taking the lines of the other office"))
    lines = list(peer.outbox())
    codes = Counter[str]()
    for first in range(0, len(lines), TAKEN):
        done = messages_receive(lines=lines[first : first + TAKEN])
        codes.update(item.code for item in done)
        task.tell(0.1 + 0.4 * first / len(lines), say("Lines taken: {n}", n=first + len(done)))
    _confirm(ours, task)
    mine = list(outbox(side=theirs)) if asked.whole else lacking(theirs)
    if mine:
        task.tell(0.6, say("Bringing {n} lines", n=len(mine)))
    answers = peer.bring(mine)
    delivered(mine, answers, theirs, task.now())
    refused = Counter(code for code in answers if code not in ACKNOWLEDGED)
    return task.done(
        _told(codes["accepted"], len(mine), sum(refused.values())),
        taken=dict(codes),
        brought=dict(Counter(answers)),
    )


def _told(taken: int, brought: int, refused: int) -> Message:
    if not (taken or brought):
        return say("Neither office had anything new for the other.")
    return say(
        "Taken: {taken}; brought: {brought}; not accepted there: {refused}",
        taken=taken,
        brought=brought,
        refused=refused,
    )


def peer_configured() -> Peer:
    """Raises OfficeRefused where none is."""
    if not settings.OFFICE_PEER:
        raise OfficeRefused(
            "peer",
            say("No other office is set: give BILAT_PEER its address, BILAT_PEER_TOKEN a token."),
        )
    return Peer(settings.OFFICE_PEER, settings.OFFICE_PEER_TOKEN)


def lacking(side: str) -> list[bytes]:
    """Lines that ``side`` may lack and has not acknowledged, entries first."""
    lines = list(outbox(side=side))
    seals = [_seal(line) for line in lines]
    there = set(Delivered.objects.filter(side=side).values_list("seal", flat=True))
    return [line for line, seal in zip(lines, seals, strict=True) if seal not in there]


def delivered(lines: Sequence[bytes], codes: Sequence[str], side: str, at: datetime) -> None:
    """Write down what the other office has acknowledged; the rest is sent again next time."""
    Delivered.objects.bulk_create(
        [
            Delivered(seal=_seal(line), side=side, at=at)
            for line, code in zip(lines, codes, strict=True)
            if code in ACKNOWLEDGED
        ],
        ignore_conflicts=True,
    )


def _confirm(side: str, task: Task) -> None:
    """With a checkpoint, when there is something to confirm and the worker may use the key."""
    with Door(Viewer(JOINT)).desk() as desk:
        behind = desk.confirmed(side) < desk.place
    if behind and passphrase_of(side) and key_in_force(side):
        checkpoint(by=actor_of(side, task.viewer.person), at=task.now())


def _sides() -> tuple[str, str]:
    """Ours, whose keys are kept here, and the other. Raises OfficeRefused where both are."""
    with Door(Viewer(JOINT)).desk() as desk:
        sides = desk.sides
    ours = [side for side in sides if key_in_force(side)]
    if len(ours) != 1:
        raise OfficeRefused(
            "one_office", say("This office keeps the keys of both sides, or of none.")
        )
    (theirs,) = (side for side in sides if side not in ours)
    return ours[0], theirs


def _seal(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
