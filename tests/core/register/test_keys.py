"""Keys are made, locked, replaced, revoked and recovered; the chain says which could sign when."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.core.register.secretaries import (
    AIDA,
    ALES,
    BISHKEK,
    MINSK,
    OFFICERS,
    Table,
    entered,
    founding,
    key,
    measure,
    revoked,
    seed,
)

from bilat.register.canonical import document
from bilat.register.keys import create_key, lock_key, signature_holds, unlock_key
from bilat.register.orders import Actor, countersign, enter_alone, propose, seal
from bilat.register.outcome import Refused

# RFC 8032, section 7.1, test 1
RFC_SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
RFC_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
RFC_SIGNATURE = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
    "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
NEW = key("BLR", "second")


def test_signatures_are_ed25519_as_in_rfc_8032() -> None:
    signer = create_key(bytes.fromhex(RFC_SEED), side="BLR", holder="Minsk")
    assert signer.record.public == RFC_PUBLIC
    assert signer.sign(b"") == RFC_SIGNATURE
    assert signature_holds(RFC_PUBLIC, RFC_SIGNATURE, b"")
    assert not signature_holds(RFC_PUBLIC, RFC_SIGNATURE, b"x")


def test_a_key_rests_under_its_passphrase_and_opens_with_nothing_else() -> None:
    locked = lock_key(seed("BLR-first"), "a long sentence of Ales")
    assert b"ENCRYPTED" in locked
    assert unlock_key(locked, "a long sentence of Ales", MINSK.record).sign(b"x") == MINSK.sign(
        b"x"
    )
    for passphrase in ("", "another sentence"):
        with pytest.raises(Refused) as refusal:
            unlock_key(locked, passphrase, MINSK.record)
        assert refusal.value.code == "passphrase"
    with pytest.raises(Refused):
        unlock_key(locked, "a long sentence of Ales", BISHKEK.record)
    with pytest.raises(ValueError, match="passphrase"):
        lock_key(seed("BLR-first"), "")


def test_a_signer_never_shows_its_private_key() -> None:
    assert seed("BLR-first").hex() not in repr(MINSK)
    assert "sign" not in repr(MINSK)


def test_minsk_replaces_its_key_and_the_old_one_signs_no_more() -> None:
    table = Table()
    table.agree(entered(NEW), revoked(MINSK), reason="Yearly rotation")
    with pytest.raises(Refused, match="revoked in entry 1") as refusal:
        propose(table.minsk, [measure("house")], "Late", ALES, table.now())
    assert refusal.value.code == "revoked_key"
    new = Actor("Ales", NEW)
    change = propose(table.minsk, [measure("house")], "Now", new, table.now())
    table.post([change], table.bishkek)
    table.post([countersign(table.bishkek, change.id, AIDA, table.now())], table.minsk)
    table.post(seal(table.minsk, new, table.now()), table.bishkek)
    assert table.bishkek.register.place == 2


def test_a_late_signature_of_a_revoked_key_is_refused_whatever_date_it_bears() -> None:
    table = Table()
    before = propose(table.minsk, [measure("house")], "Before", ALES, table.now())
    table.agree(entered(NEW), revoked(MINSK))
    (late,) = table.post([before], table.bishkek)
    assert late.code == "revoked_key"
    assert table.minsk.changes.status(before.id) == "lapsed"


def test_a_message_by_a_key_that_is_not_entered_yet_waits_for_its_entry() -> None:
    table, new = Table(), Actor("Ales", NEW)
    rotation = propose(table.minsk, [entered(NEW)], "Second key", ALES, table.now())
    table.post([rotation], table.bishkek)
    table.post([countersign(table.bishkek, rotation.id, AIDA, table.now())], table.minsk)
    entry = seal(table.minsk, ALES, table.now())
    change = propose(table.minsk, [measure("house")], "New", new, table.now())
    (early,) = table.post([change], table.bishkek)
    assert early.code == "unknown_key"
    assert change.id not in table.bishkek.changes
    table.post(entry, table.bishkek)
    assert table.bishkek.changes.status(change.id) == "open"


def test_no_side_is_ever_left_without_a_key() -> None:
    table = Table()
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [revoked(BISHKEK)], "?", ALES, table.now())
    assert refusal.value.code == "last_key"


def test_a_revoked_key_does_not_come_back_and_a_key_is_never_altered() -> None:
    table = Table()
    table.agree(entered(NEW), revoked(MINSK))
    new = Actor("Ales", NEW)
    renamed = document(NEW.record.model_copy(update={"holder": "Somebody"}))
    for bad in (entered(MINSK), (("keys", NEW.record.id), renamed)):
        with pytest.raises(Refused):
            propose(table.minsk, [bad], "?", new, table.now())
    with pytest.raises(Refused):
        propose(table.minsk, [(("keys", MINSK.record.id), None)], "?", new, table.now())


def test_nobody_enters_a_key_that_they_cannot_use() -> None:
    table = Table()
    stolen = NEW.record.model_copy(update={"holder": "Somebody else"})
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [(("keys", stolen.id), document(stolen))], "?", ALES, table.now())
    assert refusal.value.code == "key_unproven"


def test_a_lost_key_is_replaced_by_the_named_officers_of_both_sides() -> None:
    table = Table()
    ours, theirs = (Actor("Officer", officer) for officer in OFFICERS)
    rescue = propose(table.minsk, [entered(NEW), revoked(MINSK)], "Lost", ours, table.now())
    table.post([rescue], table.bishkek)
    answer = countersign(table.bishkek, rescue.id, theirs, table.now())
    table.post([answer], table.minsk)
    table.post(seal(table.minsk, ours, table.now()), table.bishkek)
    assert [held.id for held in table.bishkek.register.keyring.signing("BLR", 2)] == [NEW.record.id]


def test_an_officer_can_do_nothing_else() -> None:
    table = Table()
    ours, theirs = (Actor("Officer", officer) for officer in OFFICERS)
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [measure("house")], "?", ours, table.now())
    assert refusal.value.code == "officer_only"
    change = propose(table.minsk, [measure("house")], "Session", ALES, table.now())
    table.post([change], table.bishkek)
    with pytest.raises(Refused) as refusal:
        countersign(table.bishkek, change.id, theirs, table.now())
    assert refusal.value.code == "officer_only"
    friend = key("BLR", "friend", "officer")
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [entered(friend)], "?", ours, table.now())
    assert refusal.value.code == "officer_only"


def test_one_office_with_both_keys_enters_at_once_and_every_entry_says_so() -> None:
    table = Table(founding("solo"))
    sent = enter_alone(table.minsk, [measure("house")], "First run", (ALES, AIDA), table.now())
    table.post(sent, table.bishkek)
    assert table.bishkek.register.entries[0].said.mode == "solo"
    with pytest.raises(Refused):
        enter_alone(Table().minsk, [measure("house")], "?", (ALES, AIDA), table.now())


def test_going_over_to_two_keys_takes_a_new_key_of_one_side() -> None:
    table = Table(founding("solo"))
    two = ("rules", "rules"), {"mode": "two", "depositary": "BLR"}
    with pytest.raises(Refused) as refusal:
        propose(table.minsk, [two], "Both sides now", ALES, table.now())
    assert refusal.value.code == "keys_stay"
    theirs = key("KGZ", "second")
    table.agree(two, entered(theirs), revoked(BISHKEK))
    assert table.minsk.register.rules.mode == "two"


def test_the_office_of_depositary_is_handed_over_by_a_change() -> None:
    table = Table()
    table.agree((("rules", "rules"), {"mode": "two", "depositary": "KGZ"}), reason="Chair of 2027")
    change = propose(table.minsk, [measure("house")], "Session", ALES, table.now())
    table.post([change], table.bishkek)
    countersign(table.bishkek, change.id, AIDA, table.now())
    with pytest.raises(Refused) as refusal:
        seal(table.minsk, ALES, table.now())
    assert refusal.value.code == "not_depositary"
    table.post(seal(table.bishkek, AIDA, table.now()), table.minsk)
    assert table.minsk.register.place == 2


@pytest.mark.parametrize("module", ["cryptography.hazmat.primitives.asymmetric", "rfc8785"])
def test_without_the_extra_one_is_told_what_to_install(
    module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Refused, match=r"pip install 'bilat\[keys\]'") as refusal:
        key("BLR", "another")
    assert refusal.value.code == "extra_missing"


def test_whoever_only_looks_at_who_sees_what_needs_no_extra() -> None:
    code = (
        "import sys; sys.modules['cryptography'] = sys.modules['rfc8785'] = None\n"
        "from bilat.register import seen_by; import bilat.register.verify; print('fine')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"fine"
