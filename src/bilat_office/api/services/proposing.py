"""A change on exactly the versions that its author has read, checked where it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bilat.language import say
from bilat.register.kinds import Name, name_of
from bilat.register.node import Node
from bilat.register.orders import Actor, New
from bilat_office.api.versions import version_standing
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.services.changes import Provided, change_enter_alone, change_propose

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
    return change_propose(
        new=new, reason=reason, by=by, at=at, answers=answers, provided=_standing(bases)
    )


def change_enter_on(
    *, new: Sequence[New], bases: Bases, reason: str, by: Sequence[Actor], at: datetime
) -> str:
    """As `change_enter_alone`, on these versions and no others. Gives the change's id."""
    return change_enter_alone(new=new, reason=reason, by=by, at=at, provided=_standing(bases))


def _standing(bases: Bases) -> Provided:
    def check(node: Node) -> None:
        for name, base in bases.items():
            if version_standing(node, name) != base:
                raise BaseMoved(name)

    return check
