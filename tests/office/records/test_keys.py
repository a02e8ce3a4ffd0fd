"""Ales makes a key in the office, keeps it open for some minutes, replaces it, and loses one."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests.core.register.secretaries import AIDA, ALES, MINSK, OFFICERS, at, measure, seed
from tests.office.records.office import Office

from bilat.register.keys import create_key
from bilat.register.orders import Actor
from bilat.register.outcome import Refused
from bilat_office.records.models import LockedKey, Sitting
from bilat_office.records.refusals import NotOpen, OfficeRefused
from bilat_office.records.services.changes import change_countersign, change_propose, seal
from bilat_office.records.services.keys import (
    key_create,
    key_keep,
    key_revoke,
    key_rotate,
    key_unlock,
    keys_kept,
    locked,
    recover,
)
from bilat_office.records.services.sittings import (
    sitting_close,
    sitting_open,
    sitting_signer,
    sittings_end,
)

PHRASE = "four words of Ales"


def made(name: str = "second") -> str:
    record = key_create(
        side="BLR", holder="Minsk", passphrase=PHRASE, seed=seed(f"BLR-{name}"), at=at(0)
    )
    return record.id


def test_a_key_opens_with_its_passphrase_alone(office: Office) -> None:
    key = made()
    assert [record.id for record in keys_kept(side="BLR")] == [key]
    assert key_unlock(key=key, passphrase=PHRASE).record.id == key
    with pytest.raises(Refused, match="passphrase"):
        key_unlock(key=key, passphrase="guessed")  # noqa: S106 (a wrong one)
    with pytest.raises(OfficeRefused, match="not kept here"):
        key_unlock(key="another", passphrase=PHRASE)
    with pytest.raises(OfficeRefused, match="needs a passphrase"):
        locked(seed("x"), "")


def test_a_private_key_in_clear_is_not_taken(office: Office) -> None:
    with pytest.raises(ValueError, match="in clear"):
        key_keep(record=MINSK.record, pem=b"-----BEGIN PRIVATE KEY-----", at=at(0))
    assert not LockedKey.objects.exists()


def test_a_key_is_replaced_by_one_change_and_the_old_one_signs_no_more(office: Office) -> None:
    made()
    (new,) = keys_kept(side="BLR")
    change = key_rotate(old=MINSK.record.id, new=new, reason="Yearly", by=ALES, at=office.now())
    change_countersign(change=change, by=AIDA, at=office.now())
    seal(by=ALES, at=office.now())
    with pytest.raises(Refused) as refusal:
        change_propose(new=[measure("house")], reason="?", by=ALES, at=office.now())
    assert refusal.value.code == "revoked_key"
    fresh = Actor("Ales", key_unlock(key=new.id, passphrase=PHRASE))
    change_propose(new=[measure("house")], reason="!", by=fresh, at=office.now())


def test_the_last_key_of_a_side_is_not_revoked(office: Office) -> None:
    with pytest.raises(Refused) as refusal:
        key_revoke(key=MINSK.record.id, reason="Lost", by=ALES, at=office.now())
    assert refusal.value.code == "last_key"
    with pytest.raises(Refused) as refusal:
        key_revoke(key="unknown", reason="Lost", by=ALES, at=office.now())
    assert refusal.value.code == "unknown_key"


def test_a_lost_key_is_replaced_by_the_recovery_officers(office: Office) -> None:
    made()
    (new,) = keys_kept(side="BLR")
    first, second = (Actor(f"officer {key.side}", key) for key in OFFICERS)
    lost = [MINSK.record.id]
    change = recover(lost=lost, new=new, reason="Lost in a move", by=first, at=office.now())
    change_countersign(change=change, by=second, at=office.now())
    seal(by=ALES, at=office.now())
    fresh = Actor("Ales", key_unlock(key=new.id, passphrase=PHRASE))
    proposed = change_propose(new=[measure("house")], reason="!", by=fresh, at=office.now())
    assert proposed
    with pytest.raises(Refused):
        change_propose(new=[measure("barn")], reason="!", by=ALES, at=office.now())


def test_a_sitting_signs_until_its_minutes_are_over(office: Office) -> None:
    ticket = sitting_open(
        key=made(), passphrase=PHRASE, secret=seed("secret"), at=at(0), minutes=10
    )
    assert sitting_signer(ticket=ticket, at=at(9)).side == "BLR"
    for late in (at(10), at(500)):
        with pytest.raises(NotOpen, match="passphrase"):
            sitting_signer(ticket=ticket, at=late)
    assert sittings_end(at=at(9)) == 0
    assert sittings_end(at=at(10)) == 1


def test_a_closed_sitting_and_a_made_up_ticket_open_nothing(office: Office) -> None:
    key = made()
    with pytest.raises(Refused):
        sitting_open(key=key, passphrase="guess", secret=seed("s"), at=at(0))  # noqa: S106
    assert Sitting.objects.count() == 0
    ticket = sitting_open(key=key, passphrase=PHRASE, secret=seed("s"), at=at(0))
    other = sitting_open(key=key, passphrase=PHRASE, secret=seed("t"), at=at(0))
    sitting_close(ticket=ticket)
    for wrong in (ticket, "", "Ж", "AAAA", other[:-4] + "AAA="):
        with pytest.raises(NotOpen):
            sitting_signer(ticket=wrong, at=at(1))
    assert sitting_signer(ticket=other, at=at(1))


def test_a_sitting_moved_to_another_key_does_not_open(office: Office) -> None:
    """Somebody with the database points a sitting at the key of the other side."""
    ticket = sitting_open(key=made(), passphrase=PHRASE, secret=seed("s"), at=at(0))
    theirs = create_key(seed("KGZ-x"), side="KGZ", holder="Bishkek").record
    key_keep(record=theirs, pem=locked(seed("KGZ-x"), PHRASE), at=at(0))
    Sitting.objects.update(key=LockedKey.objects.get(key=theirs.id))
    with pytest.raises(NotOpen):
        sitting_signer(ticket=ticket, at=at(1))


def test_neither_database_nor_log_holds_the_private_key_or_the_passphrase(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    private, secret = seed("BLR-second"), seed("secret")
    ticket = sitting_open(key=made(), passphrase=PHRASE, secret=secret, at=at(0))
    sitting_signer(ticket=ticket, at=at(0) + timedelta(minutes=1))
    with pytest.raises(Refused):
        sitting_open(
            key=keys_kept(side="BLR")[0].id, passphrase=PHRASE[1:], secret=secret, at=at(0)
        )
    kept = stored() + caplog.text.encode()
    assert b"ENCRYPTED PRIVATE KEY" in kept
    for hidden in (private, secret):
        assert hidden not in kept
        assert hidden.hex().encode() not in kept
    assert PHRASE.encode() not in kept
    assert ticket.encode() not in kept


def stored() -> bytes:
    """Every value of every table, as bytes."""
    found = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names of our own tables)
            for row in cursor.fetchall():
                for value in row:
                    raw = isinstance(value, bytes | memoryview)
                    found += bytes(value) if raw else str(value).encode()
    return found
