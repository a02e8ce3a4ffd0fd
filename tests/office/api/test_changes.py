"""Two sides agree by their programs: proposed, compared, countersigned, entered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.core.register.secretaries import AIDA, BISHKEK, MINSK
from tests.office.api.world import BEGUN, PASSPHRASE, Caller, World, item, measure

from bilat_office.api.models import Answered

pytestmark = pytest.mark.django_db


def version(caller: Caller, id_: str) -> str:
    found: str = caller.get(f"/commitments/{id_}").json()["version"]
    return found


def proposal(*items: Any, reason: str = "Session 13") -> dict[str, Any]:
    return {"items": list(items), "reason": reason}


def test_a_change_is_proposed_countersigned_and_entered(world: World) -> None:
    minsk, bishkek = world.ask("BLR"), world.ask("KGZ")
    ticket = world.ticket("BLR")
    told = minsk.post(
        "/changes", proposal(item(*measure("a")), item(*measure("b"))), x_bilat_ticket=ticket
    )
    assert (told.status_code, told.json()["status"]) == (201, "open")
    change = told.json()["id"]
    (row,) = bishkek.get("/changes?awaiting=mine&status=open").json()["rows"]
    assert (row["id"], len(row["items"])) == (change, 2)
    assert minsk.get("/changes?awaiting=mine").json()["total"] == 0
    done = bishkek.post(f"/changes/{change}/countersign", x_bilat_ticket=world.ticket("KGZ"))
    assert done.json()["status"] == "countersigned"
    assert minsk.post("/entries", x_bilat_ticket=ticket).json() == {"entered": [change]}
    assert bishkek.get("/commitments/b").status_code == 200
    assert bishkek.get(f"/changes/{change}").json()["status"] == "entered"
    confirmed = bishkek.post("/checkpoints", x_bilat_ticket=world.ticket("KGZ"))
    assert confirmed.json() == {"place": 1}


def test_a_change_on_another_version_is_refused(world: World) -> None:
    world.agree(measure("a"))
    caller, ticket = world.ask("BLR"), world.ticket()
    read = version(caller, "a")
    world.agree(measure("a", "Meanwhile"))
    changed = item(*measure("a", "Ours"), read)
    late = caller.post("/changes", proposal(changed), x_bilat_ticket=ticket)
    assert (late.status_code, late.json()["code"]) == (409, "base")
    late = caller.post("/changes", proposal(changed), x_bilat_ticket=ticket, if_match=f'"{read}"')
    assert (late.status_code, late.json()["code"]) == (412, "if_match")
    now = version(caller, "a")
    fresh = item(*measure("a", "Ours"), now)
    done = caller.post("/changes", proposal(fresh), x_bilat_ticket=ticket, if_match=f'"{now}"')
    assert done.status_code == 201


def test_three_versions_of_a_stale_change(world: World) -> None:
    world.agree(measure("a", due="2026"))
    stale = world.offer(measure("a", due="2027"), by=AIDA)
    world.agree(measure("a", "Another title", due="2026"))
    told = world.ask("BLR").get(f"/changes/{stale}").json()
    assert told["status"] == "stale"
    (three,) = told["differences"]
    kinds = {field["field"]: field["kind"] for field in three["fields"]}
    assert kinds == {"title": "current", "due": "proposed"}
    assert three["merged"] == {"id": "a", "title": "Another title", "due": "2027"}
    answer = world.ask("BLR").post(f"/changes/{stale}/countersign", x_bilat_ticket=world.ticket())
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")


def test_a_change_is_rejected_withdrawn_or_answered_by_another(world: World) -> None:
    ticket, theirs = world.ticket("BLR"), world.ticket("KGZ")
    first, second, third = (world.offer(measure(id_)) for id_ in "abc")
    bishkek = world.ask("KGZ")
    no = bishkek.post(f"/changes/{first}/reject", {"reason": "Too early"}, x_bilat_ticket=theirs)
    assert no.json()["status"] == "rejected"
    back = world.ask("BLR").post(f"/changes/{second}/withdraw", {}, x_bilat_ticket=ticket)
    assert back.json()["status"] == "withdrawn"
    other = bishkek.post(
        f"/changes/{third}/counter",
        proposal(item(*measure("c", "Our words"))),
        x_bilat_ticket=theirs,
    )
    assert other.status_code == 201
    assert bishkek.get(f"/changes/{third}").json()["status"] == "countered"
    assert bishkek.get(f"/changes/{first}").json()["answered"][0]["reason"] == "Too early"


def test_the_same_request_is_done_once(world: World) -> None:
    caller, ticket = world.ask("BLR"), world.ticket()
    asked = {"x_bilat_ticket": ticket, "idempotency_key": "k-1"}
    first = caller.post("/changes", proposal(item(*measure("a"))), **asked)
    again = caller.post("/changes", proposal(item(*measure("a"))), **asked)
    assert (again.status_code, again.json()) == (201, first.json())
    assert caller.get("/changes").json()["total"] == 1
    other = caller.post("/changes", proposal(item(*measure("b"))), **asked)
    assert (other.status_code, other.json()["code"]) == (422, "other_request")
    theirs = world.ask("BLR", "co_chair").post("/changes", proposal(item(*measure("b"))), **asked)
    assert theirs.status_code == 201


def test_a_request_that_was_cut_off_is_not_done_twice(world: World) -> None:
    caller, asked = world.ask("BLR"), {"x_bilat_ticket": world.ticket(), "idempotency_key": "cut"}
    new = proposal(item(*measure("a")))
    assert caller.post("/changes", new, **asked).status_code == 201
    Answered.objects.filter(key="cut").update(status=0)
    again = caller.post("/changes", new, **asked)
    assert (again.status_code, again.json()["code"]) == (409, "under_way")
    Answered.objects.filter(key="cut").update(at=BEGUN)
    fresh = item(*measure("b"))
    assert caller.post("/changes", proposal(fresh), **asked).status_code == 201


def test_a_refused_request_leaves_its_key_free(world: World) -> None:
    caller, ticket = world.ask("BLR"), world.ticket()
    asked = {"x_bilat_ticket": ticket, "idempotency_key": "k-2"}
    wrong = item(("commitments", "a"), {"titel": "x"})
    assert caller.post("/changes", proposal(wrong), **asked).status_code == 422
    right = proposal(item(*measure("a")))
    assert caller.post("/changes", right, **asked).status_code == 201


def test_content_is_brought_to_its_normal_form(world: World) -> None:
    caller = world.ask("BLR")
    content = {"due": "2027", "title": "A house", "owners": [], "visibility": "joint"}
    new = item(("commitments", "a"), content)
    change = caller.post("/changes", proposal(new), x_bilat_ticket=world.ticket()).json()["id"]
    (three,) = caller.get(f"/changes/{change}").json()["differences"]
    assert three["proposed"] == {"id": "a", "title": "A house", "due": "2027"}


def test_a_private_record_is_never_proposed(world: World) -> None:
    new = item(("commitments", "a"), {"title": "Ours", "visibility": "BLR"})
    answer = world.ask("BLR").post("/changes", proposal(new), x_bilat_ticket=world.ticket())
    assert (answer.status_code, answer.json()["code"]) == (422, "private")


def test_without_an_open_key_nothing_is_signed(world: World) -> None:
    caller, new = world.ask("BLR"), proposal(item(*measure("a")))
    for headers in ({}, {"x_bilat_ticket": "nothing"}, {"x_bilat_ticket": "A" * 44}):
        answer = caller.post("/changes", new, **headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_open")
    theirs = caller.post("/changes", new, x_bilat_ticket=world.ticket("KGZ"))
    assert theirs.json()["code"] == "not_open"
    ticket = world.ticket()
    assert caller.delete("/sittings", x_bilat_ticket=ticket).status_code == 204
    assert caller.post("/changes", new, x_bilat_ticket=ticket).status_code == 403


def test_who_may_not_sign_opens_no_key(world: World) -> None:
    asked = {"key": MINSK.record.id, "passphrase": PASSPHRASE}
    answer = world.ask("BLR", "analyst").post("/sittings", asked, accept_language="en")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    assert "secretary of the commission" in answer.json()["detail"]
    other = world.ask("BLR").post("/sittings", {**asked, "key": BISHKEK.record.id})
    assert other.json()["code"] == "no_key"


def test_five_wrong_passphrases_lock_a_key(world: World) -> None:
    caller, wrong = world.ask("BLR"), {"key": MINSK.record.id, "passphrase": "guess"}
    for _turn in range(5):
        assert caller.post("/sittings", wrong).json()["code"] == "passphrase"
    right = caller.post("/sittings", {**wrong, "passphrase": PASSPHRASE})
    assert (right.status_code, right.json()["code"]) == (429, "too_many")
    assert right["Retry-After"] == "900"


def test_one_office_enters_alone_with_both_keys(begin: Callable[..., World]) -> None:
    world = begin("solo")
    assert {key["side"] for key in world.ask("BLR").get("/keys-kept").json()} == {"BLR", "KGZ"}
    tickets = ",".join([world.ticket("BLR"), world.ticket("BLR", BISHKEK.record.id)])
    caller, new = world.ask("BLR"), proposal(item(*measure("a")))
    half = caller.post("/entries/alone", new, x_bilat_ticket=tickets.split(",")[0])
    assert half.json()["code"] == "not_open"
    done = caller.post("/entries/alone", new, x_bilat_ticket=tickets)
    assert (done.status_code, done.json()["status"]) == (201, "entered")


def test_with_two_keys_nobody_enters_alone(world: World) -> None:
    new = proposal(item(*measure("a")))
    answer = world.ask("BLR").post("/entries/alone", new, x_bilat_ticket=world.ticket())
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_side")


def test_the_public_and_an_observer_change_nothing(world: World) -> None:
    assert Caller().post("/changes", proposal(item(*measure("a")))).status_code == 401
    assert Caller().get("/changes").status_code == 401
    between = world.ask("joint", "observer")
    assert between.get("/changes").status_code == 200
    assert between.post("/changes", proposal(item(*measure("a")))).status_code == 403
