"""Keys of a side on its pages: made, replaced, revoked, recovered; closed with signing out."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from tests.core.register.secretaries import AIDA, BISHKEK, MINSK, OFFICERS, seed
from tests.office.api.world import BEGUN, PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat.register.canonical import document
from bilat.register.outcome import Refused
from bilat_office.people.models import Stop
from bilat_office.records.door import Door
from bilat_office.records.refusals import NotOpen
from bilat_office.records.services.changes import change_propose
from bilat_office.records.services.keys import key_keep, key_unlock, keys_kept, locked
from bilat_office.records.services.sittings import sitting_signer
from bilat_office.records.viewer import JOINT, Viewer

pytestmark = pytest.mark.django_db
KEYS = "/administration/keys"
FRESH = "another quiet office"
SIGNED = {"fresh": FRESH, "again": FRESH, "reason": "Yearly", "passphrase_BLR": PASSPHRASE}
OLD = MINSK.record.id


def admin(desk: Desk, side: str = "BLR") -> Any:
    return desk.browser(side, "administrator")


def in_force(side: str = "BLR") -> tuple[str, ...]:
    with Door(Viewer(JOINT)).desk() as desk:
        return desk.signing(side)


def countersigned(desk: Desk, address: str) -> None:
    """By the other side’s secretary, on the page of the change; then entered by the depositary."""
    theirs = {"passphrase_KGZ": PASSPHRASE}
    assert desk.browser("KGZ").post(f"{address}/countersign", theirs).status_code == 302
    ours = {"passphrase_BLR": PASSPHRASE}
    assert desk.browser().post(f"{address}/enter", ours).status_code == 302


def test_everybody_of_the_office_sees_whose_keys_sign(office: Desk) -> None:
    for side, own in (("BLR", OLD), ("KGZ", BISHKEK.record.id)):
        page = office.browser(side, "observer").get(KEYS)
        assert faults_of(page) == []
        assert own[:12] in text_of(page)
        assert text_of(page).count("kept, locked by a passphrase") == 1
        assert "Make a key" not in text_of(page)
        whole = office.browser(side, "observer").get(f"{KEYS}/{own}")
        assert "Replace it by a new key" not in text_of(whole)
    assert admin(office).get(f"{KEYS}/{'0' * 32}").status_code == 404


def test_a_key_is_replaced(office: Desk) -> None:
    client = admin(office)
    page = client.get(f"{KEYS}/{OLD}")
    assert faults_of(page) == []
    assert "Replace it by a new key" in text_of(page)
    answer = client.post(f"{KEYS}/{OLD}/rotate", SIGNED)
    new = keys_kept(side="BLR")[-1].id
    assert "Made, and not entered yet" in text_of(client.get(KEYS))
    countersigned(office, answer["Location"])
    assert in_force() == (new,)
    assert key_unlock(key=new, passphrase=FRESH).side == "BLR"
    assert "revoked in entry 1" in text_of(client.get(f"{KEYS}/{OLD}"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reason": ""}, "Write why: both sides read the reason."),
        ({"fresh": "short", "again": "short"}, "A passphrase has at least 12 characters"),
        ({"again": "something else"}, "The two are not the same."),
        ({"passphrase_BLR": "guessed"}, "The passphrase does not open this key"),
        ({"passphrase_BLR": ""}, "Give the passphrase of the key of Belarus."),
    ],
)
def test_what_is_wrong_leaves_no_new_key(office: Desk, changed: dict[str, str], says: str) -> None:
    answer = admin(office).post(f"{KEYS}/{OLD}/rotate", {**SIGNED, **changed})
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert faults_of(answer) == []
    assert FRESH not in answer.content.decode()
    assert [key.id for key in keys_kept(side="BLR")] == [OLD]


def test_a_secretary_does_not_manage_keys_nor_one_side_the_others(office: Desk) -> None:
    for end in ("rotate", "revoke", "recover", "passphrase", "close"):
        assert office.browser().post(f"{KEYS}/{OLD}/{end}", SIGNED).status_code == 403
        answer = admin(office, "KGZ").post(f"{KEYS}/{OLD}/{end}", SIGNED)
        assert answer.status_code == 404
    assert in_force() == (OLD,)


def test_with_stops_before_the_key_a_replacement_is_a_draft(office: Desk) -> None:
    Stop.objects.create(side="BLR", section="", position=1, name="Legal", role="approver")
    without = {name: value for name, value in SIGNED.items() if name != "passphrase_BLR"}
    client = admin(office)
    assert "it is saved as a draft" in text_of(client.get(f"{KEYS}/{OLD}"))
    answer = client.post(f"{KEYS}/{OLD}/rotate", without)
    assert "/changes/drafts/" in answer["Location"]
    assert in_force() == (OLD,)


def test_a_further_key_is_entered_and_revoked(office: Desk) -> None:
    client = admin(office)
    asked = {**SIGNED, "holder": "Ministry of Trade", "role": "side"}
    countersigned(office, client.post(f"{KEYS}/_new", asked)["Location"])
    second = keys_kept(side="BLR")[-1].id
    assert set(in_force()) == {OLD, second}
    # The newest key in force is the one that signs.
    revoke = {"reason": "Not needed", "passphrase_BLR": FRESH}
    address = client.post(f"{KEYS}/{OLD}/revoke", revoke)["Location"]
    office.browser("KGZ").post(f"{address}/countersign", {"passphrase_KGZ": PASSPHRASE})
    office.browser().post(f"{address}/enter", {"passphrase_BLR": FRESH})
    assert in_force() == (second,)
    last = client.post(f"{KEYS}/{second}/revoke", revoke)
    assert last.status_code == 400
    assert "without a key" in text_of(last)


def test_solo_a_key_is_entered_with_both(begin: Any) -> None:
    office = begin("solo")
    asked = {**SIGNED, "holder": "Minsk", "role": "side"}
    answer = admin(office).post(f"{KEYS}/_new", asked, follow=True)
    assert "Entered with both keys." in text_of(answer)
    assert len(in_force()) == 2


def test_another_passphrase_opens_the_key_and_the_old_one_no_more(office: Desk) -> None:
    client, address = admin(office), f"{KEYS}/{OLD}/passphrase"
    wrong = client.post(address, {"passphrase": "guessed", "fresh": FRESH, "again": FRESH})
    assert "does not open this key" in text_of(wrong)
    client.post(address, {"passphrase": PASSPHRASE, "fresh": FRESH, "again": FRESH})
    assert key_unlock(key=OLD, passphrase=FRESH).record.id == OLD
    with pytest.raises(Refused):
        key_unlock(key=OLD, passphrase=PASSPHRASE)


def test_five_wrong_passphrases_lock_the_key_here_too(office: Desk) -> None:
    client, address = admin(office), f"{KEYS}/{OLD}/passphrase"
    wrong = {"passphrase": "guessed", "fresh": FRESH, "again": FRESH}
    for _turn in range(5):
        assert client.post(address, wrong).status_code == 400
    right = client.post(address, {**wrong, "passphrase": PASSPHRASE})
    assert right.status_code == 429
    assert "Too many tries" in text_of(right)
    cache.clear()


def test_a_lost_key_is_replaced_by_an_officer(office: Desk) -> None:
    officer = next(each for each in OFFICERS if each.side == "BLR")
    name = ("keys", officer.record.id)
    office.world.agree((name, document(officer.record)))
    key_keep(record=officer.record, pem=locked(seed("BLR-officer"), PASSPHRASE), at=BEGUN)
    client, address = admin(office), f"{KEYS}/{officer.record.id}"
    assert "Replace the lost keys of the side" in text_of(client.get(address))
    asked = {"passphrase": PASSPHRASE, "fresh": FRESH, "again": FRESH, "reason": "Lost in a move"}
    answer = client.post(f"{address}/recover", asked)
    assert answer.status_code == 302, text_of(answer)
    office.browser("KGZ").post(f"{answer['Location']}/countersign", {"passphrase_KGZ": PASSPHRASE})
    office.browser().post(f"{answer['Location']}/enter", {"passphrase_BLR": PASSPHRASE})
    assert in_force() == (keys_kept(side="BLR")[-1].id,)
    assert OLD not in in_force()


def test_a_key_is_closed_wherever_it_is_open(office: Desk) -> None:
    ticket = office.world.ticket()
    assert sitting_signer(ticket=ticket, at=BEGUN).side == "BLR"
    admin(office).post(f"{KEYS}/{OLD}/close")
    with pytest.raises(NotOpen):
        sitting_signer(ticket=ticket, at=BEGUN)


def test_signing_out_closes_the_key_in_this_browser(office: Desk) -> None:
    change = change_propose(
        new=[measure("house")], reason="A house", by=AIDA, at=office.world.now()
    )
    client = office.browser()
    kept = {"passphrase_BLR": PASSPHRASE, "keep_open": "1"}
    client.post(f"/changes/{change}/countersign", kept)
    (name,) = (each for each in client.cookies if each.startswith("bilat_key_"))
    ticket = client.cookies[name].value
    assert sitting_signer(ticket=ticket, at=BEGUN).side == "BLR"
    assert "is closed with it" in text_of(client.get("/accounts/logout/"))
    assert sitting_signer(ticket=ticket, at=BEGUN)  # looking at the page changes nothing
    answer = client.post("/accounts/logout/")
    assert answer.cookies[name]["max-age"] == 0
    with pytest.raises(NotOpen):
        sitting_signer(ticket=ticket, at=BEGUN)
    assert client.get("/").status_code == 302


def test_signing_out_leaves_the_key_of_another_person(office: Desk) -> None:
    """One browser, two people after each other: each closes what is theirs."""
    theirs = office.world.ticket("KGZ")
    client = office.browser()
    other = office.world.people["KGZ", "secretary"]
    client.cookies[f"bilat_key_{other.pk}_KGZ"] = theirs
    client.post("/accounts/logout/")
    assert sitting_signer(ticket=theirs, at=BEGUN).side == "KGZ"
