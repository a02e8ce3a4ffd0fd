"""Seal and confirm with the side's key, where the worker has been given its passphrase.

A key that is open in somebody's browser is not the worker's: its secret never comes into the
database. So unattended signing needs BILAT_PASSPHRASE_<SIDE> in the worker's environment.
"""

from __future__ import annotations

import os

from bilat.language import say
from bilat.register.orders import Actor
from bilat_office.jobs.task import Arguments, Result, Task
from bilat_office.records.door import Door
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.services.changes import checkpoint, seal
from bilat_office.records.services.keys import key_unlock, keys_kept
from bilat_office.records.viewer import JOINT, Viewer


class Signing(Arguments):
    """There is nothing to choose."""


def make_seal(task: Task) -> Result:
    entered = seal(by=actor_of(str(task.viewer.side), task.viewer.person), at=task.now())
    said = (
        say("Changes entered: {n}", n=len(entered))
        if entered
        else say("No change was waiting to be entered.")
    )
    return task.done(said, entered=entered)


def make_checkpoint(task: Task) -> Result:
    place = checkpoint(by=actor_of(str(task.viewer.side), task.viewer.person), at=task.now())
    return task.done(say("Confirmed up to entry {place}", place=place), place=place)


def actor_of(side: str, person: str | None) -> Actor:
    """Signs with the side's newest key in force. Raises OfficeRefused where there is none to use,
    Refused for a wrong passphrase.
    """
    passphrase = passphrase_of(side)
    if not passphrase:
        raise OfficeRefused(
            "no_passphrase",
            say(
                "The worker does not know the passphrase of {side}. Sign on the page, or start the "
                "worker with {setting}.",
                side=side,
                setting=f"BILAT_PASSPHRASE_{side}",
            ),
        )
    key = key_in_force(side)
    if key is None:
        raise OfficeRefused(
            "no_key", say("No key of {side} that is in force is kept here.", side=side)
        )
    return Actor(person or "office", key_unlock(key=key, passphrase=passphrase))


def passphrase_of(side: str) -> str:
    return os.environ.get(f"BILAT_PASSPHRASE_{side}") or os.environ.get("BILAT_PASSPHRASE", "")


def key_in_force(side: str) -> str | None:
    """The newest one that is kept here and still signs."""
    with Door(Viewer(JOINT)).desk() as desk:
        signing = set(desk.signing(side))
    kept = [key.id for key in keys_kept(side=side) if key.id in signing]
    return kept[-1] if kept else None
