"""What lies on a side's desk: changes under way, drafts, versions of its private records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bilat.language import say
from bilat.register.canonical import Document, parse
from bilat.register.change import Answer, Change
from bilat.register.changes import Status
from bilat.register.difference import Difference, difference, differences
from bilat.register.keyring import Held
from bilat.register.kinds import Name
from bilat.register.node import Fork
from bilat.register.orders import New
from bilat.register.route import Draft as RouteDraft
from bilat_office.records.drafting import as_route, items_of
from bilat_office.records.models import Draft, PrivateVersion
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.stored import Answered, StoredNode
from bilat_office.records.viewer import JOINT, Viewer


@dataclass(frozen=True)
class Proposed:
    """A change with its status and every answer to it."""

    id: str
    change: Change
    status: Status
    answers: tuple[Answer, ...]
    differences: tuple[Difference, ...] = field(repr=False)
    """Each record as it was, as it is, and as it is proposed."""


@dataclass(frozen=True)
class Drafted:
    """A draft of one's own side: what it proposes, and how far it has come."""

    number: int
    new: tuple[New, ...]
    reason: str
    answers: str | None
    state: str
    change: str | None
    time: str
    route: RouteDraft


@dataclass(frozen=True)
class PrivateEdit:
    """A version of a private record; ``content`` is None where it was deleted."""

    number: int
    author: str
    time: str
    content: Document | None


class Desk:
    """The joint changes as a viewer of either side sees them; both see the same ones.

    Valid inside ``with door.desk() as desk`` only.
    """

    def __init__(self, node: StoredNode, viewer: Viewer) -> None:
        if viewer.is_public:
            raise OfficeRefused(
                "not_public", say("What the sides are still discussing is not public.")
            )
        self._node = node
        self._viewer = viewer

    def open(self) -> tuple[Proposed, ...]:
        """Those that wait: for an answer, or for their entry; the oldest first."""
        return tuple(self.get(id_) for id_ in self._node.changes.open())

    def awaiting_my_key(self) -> tuple[Proposed, ...]:
        """Those of the other side that wait for this side's answer."""
        side = self._viewer.side
        if side == JOINT:
            return ()
        return tuple(
            item for item in self.open() if item.status == "open" and item.change.side != side
        )

    def awaiting_theirs(self) -> tuple[Proposed, ...]:
        """Those of one's own side that the other side has not answered."""
        side = self._viewer.side
        return tuple(
            item for item in self.open() if item.status == "open" and item.change.side == side
        )

    def all(self) -> tuple[Proposed, ...]:
        """Every change that is not entered, also those that are closed or stale."""
        ids = dict.fromkeys(
            message.id
            for message in self._node.changes.messages()
            if isinstance(message.said, Change)
        )
        return tuple(self.get(id_) for id_ in ids)

    def get(self, change: str) -> Proposed:
        """One change, entered or not. Raises Refused when it is not here."""
        changes, state = self._node.changes, self._node.register.state
        said = changes.get(change)
        status = changes.status(change)
        if status == "entered":
            entered = self._node.register.entries[self._node.register.places[change] - 1]
            return Proposed(change, said, status, (entered.answered,), ())
        answers = tuple(message.said for message in changes.answers(change))
        three = tuple(difference(state, item) for item in said.items)
        return Proposed(change, said, status, answers, three)

    def answered_last(self, most: int) -> tuple[Answered, ...]:
        """What the last entries brought, without their records; the latest first."""
        return self._node.register.answered_last(most)

    def stale(self, change: str) -> Sequence[Difference]:
        """The records of a change whose base is current no longer."""
        return differences(self._node.register.state, self._node.changes.get(change))

    def entered_at(self, place: int) -> Change | None:
        """The change that stands at this place of the chain; None at the beginning."""
        entries = self._node.register.entries
        return entries[place - 1].proposed if 0 < place <= len(entries) else None

    @property
    def forks(self) -> tuple[Fork, ...]:
        return tuple(self._node.forks)

    @property
    def register(self) -> str:
        """The register's name: the hash of its genesis."""
        return self._node.register.id

    def signing(self, side: str) -> tuple[str, ...]:
        """Ids of the side's own keys that are in force."""
        keys = self._node.register.keyring.signing(side, self._node.register.place + 1)
        return tuple(key.id for key in keys)

    def keys(self) -> tuple[Held, ...]:
        """Every key that the register has ever held, also those revoked."""
        return self._node.register.keyring.all()

    @property
    def heading(self) -> Document | None:
        """What both sides call the programme, as joint as the register is."""
        return self._node.register.state.content(("heading", "heading"))

    @property
    def place(self) -> int:
        return self._node.register.place

    @property
    def head(self) -> str:
        return self._node.register.head

    @property
    def mode(self) -> str:
        return self._node.register.rules.mode

    @property
    def depositary(self) -> str:
        return self._node.register.rules.depositary

    @property
    def sides(self) -> tuple[str, str]:
        return self._node.register.sides

    def confirmed(self, side: str) -> int:
        """The last entry that a side has confirmed by a checkpoint."""
        return self._node.confirmed(side)


@dataclass(frozen=True)
class DraftPage:
    """Some drafts, the latest first, and how many there are altogether."""

    rows: tuple[Drafted, ...]
    total: int


def drafts_of(side: str, state: str, *, first: int = 0, size: int | None = None) -> DraftPage:
    found = Draft.objects.filter(side=side, state=state).order_by("-pk")
    rows = tuple(map(_drafted, found[first : None if size is None else first + size]))
    known = size is None and not first
    return DraftPage(rows, len(rows) if known else found.count())


def draft_of(side: str, number: int) -> Drafted:
    """In whatever state it is. Raises NotSeen."""
    stored = Draft.objects.filter(side=side, pk=number).first()
    if stored is None:
        raise NotSeen("drafts", str(number))
    return _drafted(stored)


def _drafted(stored: Draft) -> Drafted:
    return Drafted(
        number=stored.pk,
        new=tuple(items_of(stored)),
        reason=stored.reason,
        answers=stored.answers or None,
        state=stored.state,
        change=stored.change or None,
        time=stored.time,
        route=as_route(stored),
    )


def private_edits(side: str, name: Name) -> tuple[PrivateEdit, ...]:
    found: Any = PrivateVersion.objects.filter(side=side, section=name[0], record=name[1])
    return tuple(
        PrivateEdit(
            version.number,
            version.author,
            version.time,
            None if version.content is None else parse(version.content.encode()),
        )
        for version in found.order_by("number")
    )
