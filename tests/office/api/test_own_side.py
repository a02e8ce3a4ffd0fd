"""What stays on one side: drafts on their way to the key, private records, people, the audit."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.office.api.world import PASSWORD, Caller, World, measure

from bilat_office.people.models import Person

pytestmark = pytest.mark.django_db


def drafting(id_: str = "a", title: str = "A house", **fields: object) -> dict[str, object]:
    name, content = measure(id_, title, **fields)
    return {
        "items": [{"section": name[0], "id": name[1], "content": content}],
        "reason": "For the session",
    }


def test_a_draft_goes_its_way_to_the_key(world: World) -> None:
    admin, analyst = world.ask("BLR", "administrator"), world.ask("BLR", "analyst")
    stops = {"section": "", "stops": [{"name": "checked", "role": "approver", "body": ""}]}
    assert admin.put("/stops", stops).status_code == 200
    made = analyst.post("/drafts", drafting(), idempotency_key="d").json()
    assert analyst.post("/drafts", drafting(), idempotency_key="d").json() == made
    assert (made["next"], made["may_pass"]) == ("checked", ["blr-approver"])
    path = f"/drafts/{made['number']}"
    assert analyst.put(path, drafting(title="A bigger house")).status_code == 200
    early = world.ask("BLR").post(f"{path}/sign", x_bilat_ticket=world.ticket())
    assert early.status_code == 403
    assert world.ask("BLR", "co_chair").post(f"{path}/pass").status_code == 403
    assert world.ask("BLR", "approver").post(f"{path}/send-back").status_code == 200
    assert world.ask("BLR", "approver").post(f"{path}/pass").json()["next"] == "signed"
    signed = world.ask("BLR").post(f"{path}/sign", x_bilat_ticket=world.ticket()).json()
    assert signed["status"] == "open"
    assert analyst.get(path).json()["change"] == signed["id"]
    assert analyst.put(path, drafting()).status_code == 409


def test_a_draft_is_dropped_by_its_author_and_unknown_to_the_other_side(world: World) -> None:
    number = world.ask("BLR", "analyst").post("/drafts", drafting()).json()["number"]
    assert world.ask("KGZ").get("/drafts").json() == []
    for answer in (
        world.ask("KGZ").get(f"/drafts/{number}"),
        world.ask("KGZ").put(f"/drafts/{number}", drafting()),
        world.ask("KGZ").post(f"/drafts/{number}/pass"),
    ):
        assert answer.status_code == 404
    assert world.ask("BLR").post(f"/drafts/{number}/drop").status_code == 403
    dropped = world.ask("BLR", "analyst").post(f"/drafts/{number}/drop").json()
    assert dropped["state"] == "dropped"


def test_a_ministrys_editor_writes_for_the_ministry(world: World) -> None:
    bodies = [
        (("bodies", id_), {"id": id_, "party": "BLR", "name": id_, "kind": "ministry"})
        for id_ in ("trade", "farming")
    ]
    world.agree(*bodies, measure("theirs", owners=["farming"]))
    person = world.people["BLR", "ministry_editor"]
    person.body = "trade"
    person.save()
    editor = world.ask("BLR", "ministry_editor")
    assert editor.post("/drafts", drafting(owners=["trade"])).status_code == 201
    assert editor.post("/drafts", drafting()).json()["code"] == "not_owned"
    taken = editor.post("/drafts", drafting("theirs", owners=["trade"]))
    assert taken.json()["code"] == "not_owned"
    note = {"content": {"title": "Ours", "owners": ["farming"]}}
    assert editor.put("/private/commitments/note", note).status_code == 403
    note = {"content": {"title": "Ours", "owners": ["trade"]}}
    assert editor.put("/private/commitments/note", note).status_code == 200


def test_a_token_that_may_not_read_does_nothing_unseen(world: World) -> None:
    stops = {"section": "", "stops": [{"name": "checked", "role": "approver"}]}
    world.ask("BLR", "administrator").put("/stops", stops)
    number = world.ask("BLR", "analyst").post("/drafts", drafting()).json()["number"]
    blind = Caller(world.token(world.people["BLR", "approver"], ["draft"]))
    for turn in ("pass", "send-back"):
        answer = blind.post(f"/drafts/{number}/{turn}")
        assert (answer.status_code, answer.json()["code"]) == (403, "scope")
    assert world.ask("BLR").get(f"/drafts/{number}").json()["passed"] == []


def test_a_private_record_is_saved_changed_and_deleted(world: World) -> None:
    caller, path = world.ask("BLR", "analyst"), "/private/commitments/own"
    saved = caller.put(path, {"content": {"title": "Our position"}})
    assert saved.json()["visibility"] == "BLR"
    changed = caller.put(path, {"content": {"title": "Harder"}}, if_match=saved["ETag"])
    assert changed.status_code == 200
    late = caller.put(path, {"content": {"title": "Softer"}}, if_match=saved["ETag"])
    assert (late.status_code, late.json()["code"]) == (412, "if_match")
    many = [{"section": "commitments", "id": id_, "content": {"title": id_}} for id_ in "xy"]
    assert len(caller.post("/private", {"records": many}).json()) == 2
    assert world.ask("KGZ").delete(path).status_code == 404
    assert caller.delete(path).status_code == 204
    assert caller.get("/commitments/own").status_code == 404
    assert len(caller.get("/commitments/own/history").json()["private"]) == 3
    other = {"content": {"title": "x", "visibility": "KGZ"}}
    assert caller.put(path, other).json()["code"] == "other_side"


def test_an_administrator_invites_changes_and_shuts_out(world: World, client: Client) -> None:
    admin = world.ask("BLR", "administrator")
    asked = {"name": "Irina Petrova", "email": "irina@example.org", "roles": ["analyst"]}
    made = admin.post("/people", asked)
    assert made.status_code == 201
    path = made.json()["invitation"]
    form = client.get(path, follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert Person.objects.get(handle="blr-irina-petrova").check_password(PASSWORD)
    changed = admin.ask("PATCH", "/people/blr-irina-petrova", {"roles": ["secretary"]})
    assert changed.json()["roles"] == ["secretary"]
    assert admin.post("/people/blr-irina-petrova/shut-out").json()["is_active"] is False
    assert admin.post("/people/blr-irina-petrova/let-in").json()["is_active"] is True
    assert "invitation" in admin.post("/people/blr-irina-petrova/invitation").json()
    handles = {person["handle"] for person in admin.get("/people").json()}
    assert "blr-irina-petrova" in handles
    assert not any(handle.startswith("kgz") for handle in handles)
    assert admin.post("/people/kgz-secretary/shut-out").status_code == 404
    assert admin.post("/people/blr-administrator/shut-out").status_code == 422
    wrong = admin.post("/people", {**asked, "roles": ["king"]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "roles")
    assert world.ask("BLR").get("/people").status_code == 403


def test_deputies_and_stops_are_of_one_side(world: World) -> None:
    admin = world.ask("BLR", "administrator")
    days = {"start": "2026-01-01", "end": "2026-01-09"}
    asked = {"of": "blr-approver", "by": "blr-analyst", **days}
    number = admin.post("/deputies", asked).json()["number"]
    assert admin.post("/deputies", {**asked, "by": "kgz-analyst"}).status_code == 404
    assert world.ask("KGZ", "administrator").get("/deputies").json() == []
    assert world.ask("KGZ", "administrator").delete(f"/deputies/{number}").status_code == 404
    assert admin.delete(f"/deputies/{number}").status_code == 204
    stops = {"section": "", "stops": [{"name": "checked", "role": "king"}]}
    assert admin.put("/stops", stops).status_code == 422


def test_a_token_is_shown_once_and_narrows_what_its_person_may(world: World) -> None:
    caller = world.ask("BLR")
    made = caller.post("/tokens", {"name": "reader", "scopes": ["read"], "days": 5})
    reader = Caller(made.json()["token"])
    assert reader.get("/commitments").status_code == 200
    assert reader.get("/me").json()["scopes"] == ["read"]
    assert reader.post("/drafts", drafting()).json()["code"] == "scope"
    assert reader.get("/tokens").json()["code"] == "scope"
    manager = Caller(world.token(world.people["BLR", "secretary"], ["manage"]))
    more = manager.post("/tokens", {"name": "more", "scopes": ["sign"], "days": 5})
    assert more.json()["code"] == "scope"
    assert manager.get("/commitments").json()["code"] == "scope"
    shown = caller.get("/tokens").json()
    assert not any("token" in each or "digest" in each for each in shown)
    number = next(each["number"] for each in shown if each["name"] == "reader")
    assert world.ask("BLR", "analyst").delete(f"/tokens/{number}").status_code == 404
    assert caller.delete(f"/tokens/{number}").status_code == 204
    over = reader.get("/commitments")
    assert (over.status_code, over["WWW-Authenticate"]) == (401, 'Bearer realm="bilat"')


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Basic eDp5", "Bearer bilat_\u00e9", "x"])
def test_a_wrong_token_is_no_public_either(world: World, header: str) -> None:
    answer = Caller().get("/public", authorization=header)
    assert answer.status_code == 200  # what is public asks nobody
    answer = Caller().get("/commitments", authorization=header)
    assert (answer.status_code, answer.json()["code"]) == (401, "token")


def test_a_session_shows_its_csrf_token_when_it_writes(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    person = world.people["BLR", "analyst"]
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/api/v1/me").json()["person"] == "blr-analyst"
    forged = client.post("/api/v1/drafts", drafting(), content_type="application/json")
    assert (forged.status_code, forged.json()["code"]) == (403, "csrf")
    secret = "s" * 32
    client.cookies["csrftoken"] = secret
    meant = client.post(
        "/api/v1/drafts",
        drafting(),
        content_type="application/json",
        headers={"x-csrftoken": secret},
    )
    assert meant.status_code == 201


def test_the_audit_is_read_by_its_own_side(world: World) -> None:
    world.keep("BLR", "commitments", {"id": "own", "title": "Our position"})
    world.ask("BLR", "analyst").get("/commitments/own")
    lines = world.ask("BLR").get("/audit?person=blr-analyst").json()
    assert lines["total"] == 1
    assert lines["rows"][0]["records"] == ["commitments/own"]
    assert world.ask("KGZ").get("/audit").json()["total"] == 0
    assert world.ask("BLR", "analyst").get("/audit").status_code == 403
