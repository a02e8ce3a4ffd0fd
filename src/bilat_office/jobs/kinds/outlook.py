"""Compute the outlooks of targets, and keep them as records of the asker's side.

Computed with private records, an outlook may tell of them: it stays with the side. Who wants it
joint proposes it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.programme import KeptOutlook, Programme
from bilat.register.canonical import document
from bilat.register.route import Person
from bilat_office.jobs.task import Arguments, Result, Task
from bilat_office.records.services.private import private_save_all
from bilat_office.records.viewer import JOINT


class Outlooks(Arguments):
    """targets: ids; left out, all. keep: as records, to be judged when the truth is known."""

    targets: tuple[str, ...] = ()
    as_of: date | None = None
    draws: Annotated[int, Field(ge=1_000, le=1_000_000)] = 20_000
    seed: int = 0
    keep: bool = True


def compute_outlooks(task: Task) -> Result:
    from bilat.outlook import Luck, keep_outlooks

    asked: Outlooks = task.arguments
    task.tell(0.05, say("Reading the programme"))
    programme = task.door.programme()
    chosen = _chosen(programme, asked.targets)
    luck, day = Luck(seed=asked.seed, draws=asked.draws), asked.as_of or task.today
    found: list[KeptOutlook] = []
    for turn, target in enumerate(chosen):
        task.tell(0.1 + 0.8 * turn / len(chosen), say("Computing {target}", target=target))
        found += keep_outlooks(programme, day, [target], luck)
    kept = _keep(task, programme, found) if asked.keep else []
    return task.done(
        say("Outlooks computed: {n}; kept: {kept}", n=len(found), kept=len(kept)),
        kept=kept,
        outlooks=[item.model_dump(mode="json", exclude_none=True) for item in found],
    )


def _chosen(programme: Programme, asked: tuple[str, ...]) -> list[str]:
    known = [target.id for target in programme.targets]
    for name in asked:
        if name not in known:
            raise NoAnswer(
                say("There is no target {id}; there are: {known}.", id=name, known=known)
            )
    return list(asked) or known


def _keep(task: Task, programme: Programme, found: list[KeptOutlook]) -> list[str]:
    """What is kept already stays as it was, so that a second attempt adds nothing."""
    if task.viewer.side in (None, JOINT):
        return []
    there = {outlook.id for outlook in programme.outlooks}
    fresh = [item for item in found if item.id not in there]
    if fresh:
        by = Person(str(task.viewer.person), str(task.viewer.side), task.viewer.roles)
        private_save_all(new=[("outlooks", document(item)) for item in fresh], by=by, at=task.now())
    return [item.id for item in fresh]
