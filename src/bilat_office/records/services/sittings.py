"""A key that stays open for some minutes after its passphrase.

The private key lies in the database only encrypted (AES-256-GCM) under a random secret, and the
secret is with the client alone (a session's cookie, a client's memory). Who has the database has
nothing; who has the secret has it until the minutes are over.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

from bilat.register.canonical import stamp
from bilat.register.keys import Signer, signer_of, unlock_seed
from bilat_office.records.models import Sitting
from bilat_office.records.refusals import NotOpen
from bilat_office.records.services.keys import key_kept, public_record

SECRET = 32
"""Bytes of the secret. It encrypts once only, so the nonce may follow from it."""


def sitting_open(
    *, key: str, passphrase: str, secret: bytes, at: datetime, minutes: int = 15
) -> str:
    """Open a key for some minutes. Gives the ticket that only the client may keep.

    secret: 32 random bytes (``secrets.token_bytes(32)``). Raises Refused for a wrong passphrase,
    OfficeRefused when the key is not kept here.
    """
    if len(secret) != SECRET:
        raise ValueError(f"a secret has {SECRET} bytes")
    kept = key_kept(key)
    seed = unlock_seed(bytes(kept.pem), passphrase)
    signer_of(seed, public_record(kept))
    sittings_end(at=at)
    cipher, nonce, bound = _cipher(secret), _nonce(secret), key.encode()
    Sitting.objects.create(
        token=_token(secret),
        key=kept,
        cipher=cipher.encrypt(nonce, seed, bound),
        until=stamp(at + timedelta(minutes=minutes)),
    )
    return urlsafe_b64encode(secret).decode()


def sitting_signer(*, ticket: str, at: datetime) -> Signer:
    """The signer of an open key. Raises NotOpen: over, closed, or never opened."""
    from cryptography.exceptions import InvalidTag

    secret = _secret(ticket)
    found = Sitting.objects.filter(token=_token(secret)).select_related("key").first()
    if found is None or found.until <= stamp(at):
        raise NotOpen
    try:
        seed = _cipher(secret).decrypt(_nonce(secret), bytes(found.cipher), found.key.key.encode())
    except InvalidTag:
        raise NotOpen from None
    return signer_of(seed, public_record(found.key))


def sitting_close(*, ticket: str) -> None:
    """At once. Closing what is closed does nothing."""
    Sitting.objects.filter(token=_token(_secret(ticket))).delete()


def sittings_close(*, key: str) -> int:
    """Close a key in every browser and program that has it open, at once; how many had."""
    return Sitting.objects.filter(key__key=key).delete()[0]


def sittings_end(*, at: datetime) -> int:
    """Take out all that are over; how many."""
    return Sitting.objects.filter(until__lte=stamp(at)).delete()[0]


def _secret(ticket: str) -> bytes:
    try:
        secret = urlsafe_b64decode(ticket.encode())
    except ValueError:
        raise NotOpen from None
    if len(secret) != SECRET:
        raise NotOpen
    return secret


def _token(secret: bytes) -> str:
    """What finds the sitting says nothing of the secret."""
    return hashlib.sha256(b"bilat sitting: token" + secret).hexdigest()


def _nonce(secret: bytes) -> bytes:
    return hashlib.sha256(b"bilat sitting: nonce" + secret).digest()[:12]


def _cipher(secret: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(hashlib.sha256(b"bilat sitting: key" + secret).digest())
