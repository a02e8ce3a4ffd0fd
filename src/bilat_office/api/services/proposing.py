"""A change on exactly the versions that its author has read, checked where it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bilat.language import say
from bilat.register import orders
from bilat.register.kinds import Name, name_of
from bilat.register.node import Node
from bilat.register.orders import Actor, New
from bilat_office.api.versions import version_standing
from bilat_office.records.keeper import KEEPER
from bilat_office.records.refusals import OfficeRefused

Bases = Mapping[Name, str | None]
"""Record → its version when the author read it; None: there was none."""


class BaseMoved(OfficeRefused):
    """A record is no longer what the author of a change has read."""

    def __init__(self, name: Name) -> None:
        super().__init__(
            "base",
            say(
                "{record} is not the version that you have read. Read it again, then propose.",
                record=name_of(*name),
            ),
        )


def change_propose_on(
    *,
    new: Sequence[New],
    bases: Bases,
    reason: str,
    by: Actor,
    at: datetime,
    answers: str | None = None,
) -> str:
    """As `change_propose`, on these versions and no others. Gives the change's id.

    Raises BaseMoved, and Refused as the register does.
    """
    with KEEPER.writing() as node:
        _check(node, bases)
        change: str = orders.propose(node, new, reason, by, at, answers=answers).id
    return change


def change_enter_on(
    *, new: Sequence[New], bases: Bases, reason: str, by: Sequence[Actor], at: datetime
) -> str:
    """As `change_enter_alone`, on these versions and no others. Gives the change's id."""
    with KEEPER.writing() as node:
        _check(node, bases)
        change: str = orders.enter_alone(node, new, reason, by, at)[0].id
    return change


def _check(node: Node, bases: Bases) -> None:
    for name, base in bases.items():
        if version_standing(node, name) != base:
            raise BaseMoved(name)
