"""Two secretaries, their keys and their nodes: what the stories of the register share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bilat.register.canonical import Document, document
from bilat.register.genesis import Founding, found
from bilat.register.keys import Signer, create_key
from bilat.register.kinds import Key, Mode, Name
from bilat.register.messages import Message
from bilat.register.node import Node
from bilat.register.orders import Actor, countersign, propose, seal
from bilat.register.outcome import Outcome

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def seed(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def key(side: str, name: str = "first", role: Any = "side") -> Signer:
    return create_key(seed(f"{side}-{name}"), side=side, holder=f"{side} office", role=role)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


MINSK, BISHKEK = key("BLR"), key("KGZ")
OFFICERS = (key("BLR", "officer", "officer"), key("KGZ", "officer", "officer"))
ALES, AIDA = Actor("Ales", MINSK), Actor("Aida", BISHKEK)


def founding(mode: Mode = "two") -> Founding:
    return found(
        "blr-kgz",
        [MINSK, BISHKEK],
        at=START,
        nonce=seed("nonce"),
        officers=[officer.record for officer in OFFICERS],
        mode=mode,
    )


def measure(id_: str, title: str = "Open a trade house", **fields: Any) -> tuple[Name, Document]:
    return ("commitments", id_), {"id": id_, "title": title, **fields}


def gone(id_: str, section: str = "commitments") -> tuple[Name, None]:
    return (section, id_), None


def entered(signer: Signer) -> tuple[Name, Document]:
    return ("keys", signer.record.id), document(signer.record)


def revoked(signer: Signer) -> tuple[Name, Document]:
    record: Key = signer.record.model_copy(update={"revoked": True})
    return ("keys", record.id), document(record)


@dataclass
class Table:
    """Two nodes and a clock; ``post`` carries messages, as both offices do every minute."""

    begun: Founding = field(default_factory=founding)
    minute: int = 0
    minsk: Node = field(init=False)
    bishkek: Node = field(init=False)

    def __post_init__(self) -> None:
        self.minsk, self.bishkek = Node(self.begun), Node(self.begun)

    def now(self) -> datetime:
        self.minute += 1
        return at(self.minute)

    def post(self, messages: Iterable[Message[Any]], to: Node) -> list[Outcome]:
        return [to.receive(message.line) for message in messages]

    def agree(self, *new: tuple[Name, Document | None], reason: str = "Agreed") -> str:
        """Minsk proposes, Bishkek countersigns, Minsk enters; both nodes hold it afterwards."""
        change = propose(self.minsk, new, reason, ALES, self.now())
        self.post([change], self.bishkek)
        answer = countersign(self.bishkek, change.id, AIDA, self.now())
        self.post([answer], self.minsk)
        self.post(seal(self.minsk, ALES, self.now()), self.bishkek)
        assert self.minsk.register.head == self.bishkek.register.head
        return change.id
