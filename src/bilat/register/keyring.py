"""Which key could sign at which place of the chain.

The place decides, not the date that a message bears: whoever has stolen a key can write any date,
but cannot write into the chain's past.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bilat.register.change import Change
from bilat.register.keys import signature_holds
from bilat.register.kinds import Key
from bilat.register.messages import Message, Statement
from bilat.register.outcome import Refused


@dataclass(frozen=True)
class Held:
    """A key and the entries between which it signs: after ``since``, up to ``until``."""

    key: Key
    since: int
    until: int | None = None

    def signs(self, place: int) -> bool:
        """True when it may sign for the entry at ``place``: the revoking one is its last."""
        return self.since < place and (self.until is None or place <= self.until)


class Keyring:
    """Every key that the register has ever held, by id."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}

    def put(self, key: Key, place: int) -> None:
        """Enter a key, or its revocation, as the entry at ``place`` says."""
        before = self._held.get(key.id)
        held = before or Held(key, place)
        self._held[key.id] = replace(held, key=key, until=place if key.revoked else None)

    def get(self, key_id: str) -> Held | None:
        return self._held.get(key_id)

    def all(self) -> tuple[Held, ...]:
        return tuple(self._held.values())

    def signing(self, side: str, place: int) -> tuple[Key, ...]:
        """The side's own keys (not its officers') that sign at ``place``."""
        return tuple(
            held.key
            for held in self._held.values()
            if held.key.side == side and held.key.role == "side" and held.signs(place)
        )

    def check(
        self,
        message: Message[Statement],
        place: int,
        *,
        change: Change | None = None,
        signature: bool = True,
    ) -> None:
        """Raises Refused unless the message's key is its side's, in force at ``place``, and fits.

        change: what the message is about; an officer's key serves for a recovery only. signature:
        False where the signature itself has been checked before.
        """
        key = self.check_key(message, place)
        if key.role == "officer" and not (change and is_recovery(change, self)):
            raise Refused("officer_only", key=key.id)
        if signature and not signature_holds(key.public, message.signature, message.text):
            raise Refused("bad_signature")

    def check_key(self, message: Message[Statement], place: int) -> Key:
        """Raises Refused unless the key is its side's in force at ``place``."""
        held = self._held.get(message.key)
        if held is None or held.since >= place:
            raise Refused("unknown_key", key=message.key)
        if held.key.side != message.said.side:
            raise Refused(
                "key_of_other", key=message.key, owner=held.key.side, side=message.said.side
            )
        if not held.signs(place):
            raise Refused("revoked_key", key=message.key, place=held.until)
        return held.key


def is_recovery(change: Change, keyring: Keyring) -> bool:
    """True when a change does nothing but revoke and enter side keys of one side."""
    sides = set()
    for item in change.items:
        content = item.content
        if item.section != "keys" or content is None or content.get("role", "side") != "side":
            return False
        held = keyring.get(item.id)
        if held is not None and held.key.role != "side":
            return False
        sides.add(content.get("side"))
    return len(sides) == 1
