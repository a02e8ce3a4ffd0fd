"""How a register begins: two sides, their first keys and officers, the rules; both sides sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from bilat.language import say
from bilat.register.canonical import canonical, digest, document, parse, stamp
from bilat.register.change import Genesis
from bilat.register.keys import Signer, check_key, signature_holds
from bilat.register.kinds import Key, Mode, Rules, read_content
from bilat.register.outcome import Refused


@dataclass(frozen=True)
class Founding:
    """The genesis with both sides' signatures: side → (key id, signature). Its hash is ``id``."""

    said: Genesis
    signatures: Mapping[str, tuple[str, str]]
    text: bytes
    id: str

    @property
    def sides(self) -> tuple[str, str]:
        first, second = self.said.sides
        return first, second

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(Key.model_validate(content) for content in self.said.keys)

    @property
    def rules(self) -> Rules:
        return Rules.model_validate(self.said.rules)

    @property
    def content(self) -> bytes:
        """The file ``genesis.json``: canonical JSON and an end of line."""
        signatures = {
            side: {"key": key, "signature": signature}
            for side, (key, signature) in self.signatures.items()
        }
        return canonical({"body": parse(self.text), "signatures": signatures}) + b"\n"


def found(
    programme: str,
    signers: Sequence[Signer],
    *,
    at: datetime,
    nonce: bytes,
    officers: Sequence[Key] = (),
    mode: Mode = "two",
    depositary: str | None = None,
) -> Founding:
    """A new register, signed by both sides' keys.

    signers: the first key of each side, in the order of the programme's parties. nonce: 32 random
    bytes. depositary: the side that numbers the entries; left out, the first. Raises Refused.
    """
    sides = [signer.side for signer in signers]
    keys = [*(signer.record for signer in signers), *officers]
    body: dict[str, Any] = {
        "type": "genesis",
        "programme": programme,
        "sides": sides,
        "time": stamp(at),
        "keys": [document(key) for key in keys],
        "rules": document(Rules(mode=mode, depositary=depositary or sides[0])),
        "nonce": nonce.hex(),
    }
    text = canonical(body)
    signatures = {signer.side: (signer.record.id, signer.sign(text)) for signer in signers}
    return _checked(body, signatures)


def read_founding(content: bytes) -> Founding:
    """The founding of a ``genesis.json``. Raises Refused: unreadable, or not signed by both."""
    data = parse(content)
    try:
        signatures = {
            str(side): (str(item["key"]), str(item["signature"]))
            for side, item in data["signatures"].items()
        }
        founding = _checked(data["body"], signatures)
    except (KeyError, TypeError, AttributeError):
        raise Refused("unreadable", why=say("no genesis of a register")) from None
    if founding.content.rstrip() != content.rstrip():
        raise Refused("unreadable", why=say("not canonical JSON"))
    return founding


def _checked(body: dict[str, Any], signatures: Mapping[str, tuple[str, str]]) -> Founding:
    try:
        said = Genesis.model_validate(body)
    except ValidationError as error:
        raise Refused("unreadable", why=error.errors()[0]["msg"]) from None
    text = canonical(body)
    founding = Founding(said, signatures, text, digest(text))
    for content in said.keys:
        read_content("keys", str(content.get("id")), content)
    read_content("rules", "rules", said.rules)
    _check_rules(founding)
    for side in said.sides:
        _check_signature(founding, side)
    return founding


def _check_rules(founding: Founding) -> None:
    first, second = founding.sides
    if first == second:
        raise Refused("content", record="genesis", why=say("both sides are the same"))
    if founding.rules.depositary not in founding.sides:
        raise Refused("wrong_side", side=founding.rules.depositary)
    if set(founding.signatures) != set(founding.sides):
        raise Refused("unreadable", why=say("not signed by both sides"))
    for key in founding.keys:
        check_key(key)
        if key.side not in founding.sides or key.revoked:
            raise Refused("unknown_key", key=key.id)


def _check_signature(founding: Founding, side: str) -> None:
    key_id, signature = founding.signatures[side]
    key = next((key for key in founding.keys if key.id == key_id), None)
    if key is None or key.role != "side":
        raise Refused("unknown_key", key=key_id)
    if key.side != side:
        raise Refused("key_of_other", key=key_id, owner=key.side, side=side)
    if not signature_holds(key.public, signature, founding.text):
        raise Refused("bad_signature")
