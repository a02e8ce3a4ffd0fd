"""What sides say to each other: changes, answers, entries, checkpoints, and the genesis.

Every field is always written (``null`` where there is nothing), so that one statement has one text.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bilat.programme.record import RecordId
from bilat.register.kinds import Hex32, Hex64, Mode, Name


def _real(time: str) -> str:
    datetime.fromisoformat(time)  # the 30th of February has the right form, but is no day
    return time


Time = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"), AfterValidator(_real)]
Line = Annotated[str, Field(min_length=1, max_length=500)]
Reason = Annotated[str, Field(min_length=1, max_length=10_000)]


class Said(BaseModel):
    """Strict: nothing is coerced, so what was signed is what is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Envelope(Said):
    """A body, the key that signed it, and the signature of its canonical text."""

    body: dict[str, Any]
    key: RecordId
    signature: Hex64


class Statement(Said):
    """Who says it, for which register, when."""

    register_id: Annotated[Hex32, Field(alias="register")]
    side: str
    time: Time


class Item(Said):
    """One record of a change: its whole new version, or ``null`` to delete it."""

    section: str
    id: RecordId
    base: Hex32 | None
    """Id of the change that made the version at hand; ``null`` when there never was one."""
    content: dict[str, Any] | None

    @property
    def name(self) -> Name:
        return self.section, self.id


class Change(Statement):
    """Proposed new versions of joint records, countersigned all together or not at all."""

    type: Literal["change"]
    person: Line
    body: str | None
    """Id of the body that the person acts for."""
    reason: Reason
    answers: Hex32 | None
    """The change that this one is proposed instead of."""
    items: Annotated[list[Item], Field(min_length=1)]


class Answer(Statement):
    """``countersign`` and ``reject`` by the other side, ``withdraw`` by the proposer."""

    type: Literal["answer"]
    person: Line
    body: str | None
    change: Hex32
    verdict: Literal["countersign", "reject", "withdraw"]
    reason: Reason | None


class Entry(Statement):
    """A countersigned change at its place in the chain, sealed by the depositary."""

    type: Literal["entry"]
    place: Annotated[int, Field(ge=1)]
    prev: Hex32
    """Id of the entry before; for the first, of the genesis."""
    mode: Mode
    change: Envelope
    answer: Envelope


class Checkpoint(Statement):
    """``side`` has verified the chain up to here, and holds this head."""

    type: Literal["checkpoint"]
    place: Annotated[int, Field(ge=0)]
    head: Hex32


class Genesis(Said):
    """How a register begins: sides, first keys, rules. Its hash is the register's name."""

    type: Literal["genesis"]
    programme: RecordId
    sides: Annotated[list[str], Field(min_length=2, max_length=2)]
    time: Time
    keys: list[dict[str, Any]]
    rules: dict[str, Any]
    nonce: Hex32
    """Random, so that two registers that begin alike have different names."""
