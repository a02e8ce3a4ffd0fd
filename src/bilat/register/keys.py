"""Side keys: made, locked with a passphrase, used to sign. Ed25519 (RFC 8032).

A private key is never a record: it exists in memory while it is used, and otherwise only under its
passphrase (PKCS #8, encrypted).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from bilat.register.canonical import canonical, digest
from bilat.register.kinds import Key
from bilat.register.outcome import Refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

SEED = 32
"""Bytes of an Ed25519 private key."""


@dataclass(frozen=True)
class Signer:
    """A private key in use. Its text shows who it is, never the key."""

    record: Key
    _sign: Callable[[bytes], bytes] = field(repr=False)

    @property
    def side(self) -> str:
        return self.record.side

    def sign(self, text: bytes) -> str:
        """The signature in 128 hexadecimal digits."""
        return self._sign(text).hex()


def create_key(
    seed: bytes, *, side: str, holder: str, role: Literal["side", "officer"] = "side"
) -> Signer:
    """A key for ``side``. seed: 32 random bytes (``secrets.token_bytes(32)``), never used again."""
    if len(seed) != SEED:
        raise ValueError(f"a seed has {SEED} bytes")
    private = _ed25519().Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw()
    claim = {"holder": holder, "public": public.hex(), "role": role, "side": side, "type": "key"}
    record = Key(
        id=digest(public)[:32],
        side=side,
        role=role,
        holder=holder,
        public=public.hex(),
        proof=private.sign(canonical(claim)).hex(),
    )
    return Signer(record, private.sign)


def claim(key: Key) -> bytes:
    """What the holder of a new key signs with it: that this key is theirs."""
    said = key.model_dump(include={"holder", "public", "role", "side"})
    return canonical({**said, "type": "key"})


def check_key(key: Key) -> None:
    """Raises Refused unless the id fits the key and its holder has shown to have it."""
    fits = key.id == digest(bytes.fromhex(key.public))[:32]
    if not fits or not signature_holds(key.public, key.proof, claim(key)):
        raise Refused("key_unproven", key=key.id)


def lock_key(seed: bytes, passphrase: str) -> bytes:
    """The private key as an encrypted PEM file. Raises ValueError for an empty passphrase."""
    from cryptography.hazmat.primitives import serialization as form

    if not passphrase:
        raise ValueError("a key needs a passphrase")
    private: Ed25519PrivateKey = _ed25519().Ed25519PrivateKey.from_private_bytes(seed)
    guard = form.BestAvailableEncryption(passphrase.encode())
    return private.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, guard)


def unlock_key(locked: bytes, passphrase: str, record: Key) -> Signer:
    """The signer of an encrypted key file. Raises Refused for a wrong passphrase or another key."""
    return signer_of(unlock_seed(locked, passphrase), record)


def unlock_seed(locked: bytes, passphrase: str) -> bytes:
    """The private key of an encrypted key file. Raises Refused for a wrong passphrase."""
    ed25519 = _ed25519()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        private = load_pem_private_key(locked, passphrase.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Refused("passphrase") from None
    if not isinstance(private, ed25519.Ed25519PrivateKey):
        raise Refused("passphrase")
    seed: bytes = private.private_bytes_raw()
    return seed


def signer_of(seed: bytes, record: Key) -> Signer:
    """The signer of a private key. Raises Refused when it is not that of ``record``."""
    private: Ed25519PrivateKey = _ed25519().Ed25519PrivateKey.from_private_bytes(seed)
    if private.public_key().public_bytes_raw().hex() != record.public:
        raise Refused("unknown_key", key=record.id)
    return Signer(record, private.sign)


def signature_holds(public: str, signature: str, text: bytes) -> bool:
    """True when ``signature`` is that of ``text`` by the key ``public`` (both hexadecimal)."""
    from cryptography.exceptions import InvalidSignature

    try:
        _public(public).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=1024)
def _public(public: str) -> Ed25519PublicKey:
    key: Ed25519PublicKey = _ed25519().Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    return key


def _ed25519() -> Any:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ModuleNotFoundError:
        raise Refused("extra_missing", module="cryptography") from None
    return ed25519
