"""Side keys in the office: made and locked here, entered into the register by a change.

A private key is stored under its passphrase alone (PKCS #8, encrypted).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal

from bilat.language import say
from bilat.register.canonical import document, stamp
from bilat.register.keys import Signer, create_key, lock_key, unlock_key, unlock_seed
from bilat.register.kinds import Key
from bilat.register.orders import Actor, New
from bilat.register.outcome import Refused
from bilat_office.records.keeper import KEEPER
from bilat_office.records.models import LockedKey
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.rows import read_document, text_of
from bilat_office.records.services.changes import change_propose


def key_create(
    *,
    side: str,
    holder: str,
    passphrase: str,
    seed: bytes,
    at: datetime,
    role: Literal["side", "officer"] = "side",
) -> Key:
    """A new key of ``side``, locked and stored. It signs once a change has entered it.

    seed: 32 random bytes, never used again. Gives the public record. Raises OfficeRefused for an
    empty passphrase.
    """
    signer = create_key(seed, side=side, holder=holder, role=role)
    key_keep(record=signer.record, pem=locked(seed, passphrase), at=at)
    return signer.record


def locked(seed: bytes, passphrase: str) -> bytes:
    """The encrypted key file. Raises OfficeRefused for an empty passphrase."""
    if not passphrase:
        raise OfficeRefused("passphrase_empty", say("A key needs a passphrase. Give one."))
    return lock_key(seed, passphrase)


def key_keep(*, record: Key, pem: bytes, at: datetime) -> None:
    """Store a key that is locked already. Raises ValueError for one that is not."""
    if b"ENCRYPTED PRIVATE KEY" not in pem:
        raise ValueError("a private key is never stored in clear")
    LockedKey.objects.create(
        key=record.id, side=record.side, record=text_of(document(record)), pem=pem, time=stamp(at)
    )


def key_import(
    *, pem: bytes, passphrase: str, at: datetime, sides: Collection[str] | None = None
) -> Key:
    """Keep a key of this register that another office has saved. Gives its public record.

    sides: whose keys may come in; left out, any side's.

    Raises Refused for a wrong passphrase or a file that is no locked key; OfficeRefused for a key
    that the register does not know, that is revoked, or that is kept here already.
    """
    if b"ENCRYPTED PRIVATE KEY" not in pem:
        raise OfficeRefused(
            "key_file",
            say("This is no key locked by a passphrase. Write one with: bilat-office key save"),
        )
    found = create_key(unlock_seed(pem, passphrase), side="", holder="").record.id
    with KEEPER.reading() as node:
        held = node.register.keyring.get(found)
    if held is None or held.key.revoked or (sides is not None and held.key.side not in sides):
        raise OfficeRefused(
            "key_not_in_force", say("The register has no key {key} in force.", key=found)
        )
    if LockedKey.objects.filter(key=found).exists():
        raise OfficeRefused("key_kept", say("The key {key} is kept here already.", key=found))
    key_keep(record=held.key, pem=pem, at=at)
    return held.key


def key_unlock(*, key: str, passphrase: str) -> Signer:
    """The signer of a stored key, for this one use; see `sittings` for some minutes of it.

    Raises Refused for a wrong passphrase, OfficeRefused when the key is not kept here.
    """
    kept = key_kept(key)
    return unlock_key(bytes(kept.pem), passphrase, public_record(kept))


def key_kept(key: str) -> LockedKey:
    found = LockedKey.objects.filter(key=key).first()
    if found is None:
        raise OfficeRefused("key_not_kept", say("The key {key} is not kept here.", key=key))
    return found


def public_record(kept: LockedKey) -> Key:
    record = read_document("keys", kept.record)
    if not isinstance(record, Key):
        raise Refused("unknown_key", key=kept.key)
    return record


def keys_kept(*, side: str) -> list[Key]:
    """Keys of a side whose private half is kept here, the newest last."""
    found = LockedKey.objects.filter(side=side).order_by("time", "key")
    return [public_record(kept) for kept in found]


def key_relock(*, key: str, passphrase: str, fresh: str) -> None:
    """Lock a stored key under another passphrase. The one before opens it no more.

    Raises Refused for a wrong passphrase, OfficeRefused for an empty fresh one.
    """
    kept = key_kept(key)
    seed = unlock_seed(bytes(kept.pem), passphrase)
    kept.pem = locked(seed, fresh)
    kept.save(update_fields=["pem"])


def rotation(*, old: str, new: Key) -> list[New]:
    """The items of a change that enters a new key and revokes the old one."""
    return [_entered(new), _revoked(old)]


def key_rotate(*, old: str, new: Key, reason: str, by: Actor, at: datetime) -> str:
    """Propose to enter a new key and revoke the old one, in one change. Gives its id."""
    return change_propose(new=rotation(old=old, new=new), reason=reason, by=by, at=at)


def entrance(*, new: Key) -> list[New]:
    """The items of a change that enters a further key."""
    return [_entered(new)]


def revocation(*, key: str) -> list[New]:
    """The items of a change that revokes a key for good."""
    return [_revoked(key)]


def key_revoke(*, key: str, reason: str, by: Actor, at: datetime) -> str:
    """Propose to revoke a key for good. Gives the change's id."""
    return change_propose(new=revocation(key=key), reason=reason, by=by, at=at)


def recover(*, lost: Sequence[str], new: Key, reason: str, by: Actor, at: datetime) -> str:
    """By a recovery officer: propose a new key of a side in place of lost ones.

    The other side's officer, or its secretary, countersigns. Gives the change's id.
    """
    items = [_entered(new), *map(_revoked, lost)]
    return change_propose(new=items, reason=reason, by=by, at=at)


def _entered(key: Key) -> New:
    return ("keys", key.id), document(key)


def _revoked(key: str) -> New:
    with KEEPER.reading() as node:
        held = node.register.keyring.get(key)
    if held is None:
        raise Refused("unknown_key", key=key)
    return ("keys", key), document(held.key.model_copy(update={"revoked": True}))
