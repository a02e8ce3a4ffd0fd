"""Minsk reports progress of a measure; Bishkek reads what would change, and countersigns it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pydantic import BaseModel
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import text_of

from bilat.register.kinds import SECTIONS
from bilat_office.pages.sections import CODES
from bilat_office.pages.showing import codes_of
from bilat_office.pages.spelling import models_of
from bilat_office.people.services.routes import stops_set
from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
GUESS = "the loud office"
NEWS = {
    "grade": "limited",
    "evidence_en": "A building was rented.",
    "evidence_ru": "Здание снято.",
    "due": "2027-Q2",
    "due_reason_en": "The lease begins in spring.",
    "reason": "Report for the session",
    "how": "propose",
}


def update(client: Client, base: str | None = None, **typed: str) -> Any:
    """Sends the form of the measure as its page shows it."""
    page = client.get("/roadmap/house").content.decode()
    shown = page.split('name="base" value="')[1].split('"')[0]
    return client.post("/roadmap/house/update", {"base": base or shown, **NEWS, **typed})


@pytest.fixture
def desk(office: Desk) -> Desk:
    office.world.agree(measure("house", due="2026", title={"en": "Open a trade house"}))
    return office


def test_a_measure_is_reported_proposed_and_countersigned(desk: Desk) -> None:
    irina, aida = desk.browser("BLR"), desk.browser("KGZ")
    answer = update(irina, passphrase_BLR=PASSPHRASE)
    assert answer.status_code == 302
    change = answer["Location"]
    assert "awaits an answer" in text_of(irina.get(change))

    told = aida.get("/")
    assert '<span class="office-count">1</span>' in told.content.decode()
    assert "Report for the session" in text_of(told)
    page = aida.get(change)
    assert "<ins>" in page.content.decode()
    assert "The lease begins in spring." in text_of(page)
    done = aida.post(f"{change}/countersign", {"passphrase_KGZ": PASSPHRASE}, follow=True)
    assert "Belarus enters it as depositary" in text_of(done)

    entered = irina.post(f"{change}/enter", {"passphrase_BLR": PASSPHRASE}, follow=True)
    assert "1 change entered." in text_of(entered)
    shown = text_of(aida.get("/roadmap/house"))
    assert "limited" in shown
    assert "April–June 2027" in shown
    assert "On " in shown
    assert "The lease begins in spring." in shown
    record = Door(Viewer("KGZ")).get("commitments", "house").content
    assert record["evidence"][0]["text"] == {"en": "A building was rented.", "ru": "Здание снято."}
    assert record["due_changes"][0]["due"] == "2027-Q2"


def test_a_wrong_passphrase_signs_nothing_and_keeps_what_was_typed(desk: Desk) -> None:
    answer = update(desk.browser("BLR"), passphrase_BLR=GUESS)
    assert answer.status_code == 400
    assert "The passphrase does not open this key" in text_of(answer)
    assert "The lease begins in spring." in answer.content.decode()
    assert GUESS not in answer.content.decode()
    with Door(Viewer("BLR")).desk() as register:
        assert register.open() == ()


def test_five_wrong_passphrases_lock_the_key(desk: Desk) -> None:
    irina = desk.browser("BLR")
    for _turn in range(5):
        update(irina, passphrase_BLR=GUESS)
    answer = update(irina, passphrase_BLR=PASSPHRASE)
    assert answer.status_code == 429
    assert "Too many tries" in text_of(answer)


def test_an_open_key_needs_no_passphrase_until_it_is_closed(desk: Desk) -> None:
    irina = desk.browser("BLR")
    update(irina, passphrase_BLR=PASSPHRASE, keep_open="1")
    cookie = next(each for name, each in irina.cookies.items() if name.startswith("bilat_key_"))
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert "no passphrase is needed" in text_of(irina.get("/roadmap/house"))
    again = update(irina, grade="substantial", reason="Once more")
    assert again.status_code == 302
    irina.post("/keys/close", {"next": "/"})
    closed = update(irina, reason="And again")
    assert "Give the passphrase of the key of Belarus." in text_of(closed)


def test_a_rejection_has_a_reason(desk: Desk) -> None:
    aida = desk.browser("KGZ")
    change = update(desk.browser("BLR"), passphrase_BLR=PASSPHRASE)["Location"]
    bare = aida.post(f"{change}/reject", {"passphrase_KGZ": PASSPHRASE})
    assert bare.status_code == 400
    assert "Write the reason: the other side reads it." in text_of(bare)
    given = {"passphrase_KGZ": PASSPHRASE, "reason": "No such building"}
    assert "No such building" in text_of(aida.post(f"{change}/reject", given, follow=True))
    assert "rejected" in text_of(desk.browser("BLR").get(change))


def test_another_text_is_proposed_instead(desk: Desk) -> None:
    aida = desk.browser("KGZ")
    change = update(desk.browser("BLR"), passphrase_BLR=PASSPHRASE)["Location"].split("/")[-1]
    address = f"/records/commitments/house/edit?instead_of={change}"
    form = aida.get(address).content.decode()
    assert "A building was rented." in form
    base = form.split('name="base" value="')[1].split('"')[0]
    typed = {
        "base": base, "f_title__en": "Open a trade house", "f_due": "2028", "f_kind": "measure",
        "reason": "Later", "how": "propose", "passphrase_KGZ": PASSPHRASE,
    }  # fmt: skip
    counter = aida.post(address, typed)
    assert counter.status_code == 302
    with Door(Viewer("BLR")).desk() as register:
        assert register.get(change).status == "countered"
        (waiting,) = register.awaiting_my_key()
    assert waiting.change.answers == change


def test_what_has_moved_since_is_not_overwritten(desk: Desk) -> None:
    irina = desk.browser("BLR")
    page = irina.get("/roadmap/house").content.decode()
    base = page.split('name="base" value="')[1].split('"')[0]
    desk.world.agree(measure("house", due="2029", title={"en": "Open two trade houses"}))
    for how in ("propose", "draft"):
        answer = update(irina, base=base, how=how, passphrase_BLR=PASSPHRASE)
        assert answer.status_code == 400
        assert "is not the version that you have read" in text_of(answer)


def test_a_draft_goes_its_way_to_the_key(desk: Desk) -> None:
    """An editor writes, an approver passes, the secretary signs; the other side sees the end."""
    desk.world.add("BLR", "ministry_editor", body="")
    stops_set(side="BLR", section="", stops=[("checked", "approver", "")])
    analyst, boss, irina = (desk.browser("BLR", r) for r in ("analyst", "approver", "secretary"))
    answer = update(analyst, how="draft")
    assert answer.status_code == 302
    draft = answer["Location"]
    assert "blr-approver" in text_of(analyst.get(draft))
    assert irina.post(f"{draft}/sign", {"passphrase_BLR": PASSPHRASE}).status_code == 403
    assert desk.browser("KGZ").get(draft).status_code == 404
    assert "Passed." in text_of(boss.post(f"{draft}/pass", follow=True))
    signed = irina.post(f"{draft}/sign", {"passphrase_BLR": PASSPHRASE}, follow=True)
    assert "awaits an answer" in text_of(signed)
    direct = update(irina, passphrase_BLR=PASSPHRASE)
    assert "stops come first" in text_of(direct)


def test_solo_says_so_and_enters_with_both_keys(begin: Callable[..., Desk]) -> None:
    desk = begin("solo")
    irina = desk.browser("BLR")
    assert "One office holds both keys" in text_of(irina.get("/changes"))
    typed = {
        "id": "rail", "visibility": "joint", "f_title__en": "Run a train", "f_kind": "measure",
        "reason": "Agreed", "how": "enter", "passphrase_BLR": PASSPHRASE,
    }  # fmt: skip
    answer = irina.post("/records/commitments/_new", typed, follow=True)
    assert "Entered with both keys." in text_of(answer)
    assert "Run a train" in text_of(irina.get("/roadmap"))


@pytest.mark.parametrize("role", ["observer", "administrator"])
def test_who_may_not_sign_is_told_so(desk: Desk, role: str) -> None:
    change = update(desk.browser("BLR"), passphrase_BLR=PASSPHRASE)["Location"]
    there = desk.browser("KGZ", role)
    assert "Countersign" not in text_of(there.get(change))
    answer = there.post(f"{change}/countersign", {"passphrase_KGZ": PASSPHRASE})
    assert answer.status_code == 403
    assert "Your role does not allow you" in text_of(answer)


def test_a_forged_form_is_refused(desk: Desk) -> None:
    irina = desk.browser("BLR", enforce_csrf_checks=True)
    answer = irina.post("/roadmap/house/update", NEWS)
    assert answer.status_code == 403
    assert "The page is too old" in text_of(answer)


def test_the_register_verifies_itself(desk: Desk) -> None:
    answer = desk.browser("BLR").post("/changes/verify")
    assert "The register is whole" in text_of(answer)
    assert desk.browser("BLR", "observer").post("/changes/verify").status_code == 403


SESSION: dict[str, Any] = {
    "id": "s-12", "title": "Twelfth session", "kind": "session", "planned": "2026-03",
    "host": "BLR", "bodies": ["min-trade"],
    "participants": [
        {"name": {"en": f"Person {n}", "ru": f"Участник {n}"}, "side": "BLR"} for n in range(12)
    ],
    "agenda": [{"en": f"Point {n} of the agenda", "ru": f"Пункт {n} повестки"} for n in range(9)],
}  # fmt: skip


def offered(desk: Desk, **changed: Any) -> Any:
    """Minsk offers another text of the session; what Bishkek reads."""
    ministry = {"id": "min-trade", "name": "Ministry of Trade", "kind": "ministry", "party": "BLR"}
    desk.world.agree((("bodies", "min-trade"), ministry), (("contacts", "s-12"), SESSION))
    content = {name: value for name, value in {**SESSION, **changed}.items() if value != []}
    change = desk.world.offer((("contacts", "s-12"), content))
    return desk.browser("KGZ").get(f"/changes/{change}")


def test_of_a_long_list_only_the_items_that_differ_are_shown(desk: Desk) -> None:
    agenda = [dict(item) for item in SESSION["agenda"]]
    agenda[3]["en"] = "Point 3 of the long agenda"
    page = offered(desk, agenda=[*agenda, {"en": "A new point"}])
    shown = text_of(page)
    assert "Agenda, item 4 8 items stay as they are" in shown
    assert "Agenda, item 10" in shown
    assert "Point 7" not in shown
    assert "1 field changes" in shown
    inserted = re.findall(r"<ins>(.*?)</ins>", page.content.decode(), re.DOTALL)
    assert [re.sub(r"<span.*?</span>", "", each).strip() for each in inserted] == [
        "long", "in English: A new point",
    ]  # fmt: skip


def test_a_person_who_leaves_a_long_list_is_the_only_one_shown(desk: Desk) -> None:
    shown = text_of(offered(desk, participants=SESSION["participants"][:5]))
    assert "Participants, item 6 5 items stay as they are" in shown
    assert "Person 4" not in shown
    assert "Person 11" in shown


def test_codes_periods_and_names_are_in_the_readers_words(desk: Desk) -> None:
    page = offered(desk, kind="council", planned="2026-Q3", bodies=[])
    shown = text_of(page)
    assert "council" in shown
    assert "July–September" in shown
    assert "2026-Q3" not in shown
    assert "Ministry of Trade (min-trade)" in shown


def test_every_code_of_every_record_has_a_name(desk: Desk) -> None:
    unnamed = {
        (section, field, code)
        for section, model in SECTIONS.items()
        for field, code in coded(model)
        if field != "id" and code not in CODES.get((section, field), CODES.get(("", field), {}))
    }
    assert {field for _section, field, _code in unnamed} == {"valuation"}  # FOB and CIF


def coded(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Fields, also of parts, with each code that they may hold."""
    for name, info in model.model_fields.items():
        marks = (info.annotation, *info.metadata)
        parts = list(models_of(marks))
        for part in parts:
            yield from coded(part)
        if not parts:
            yield from ((name, code) for code in codes_of(marks))
