"""What only one side may see reaches nobody else: by no address, in no part of any answer.

Both sides' secrets are planted (`planting`), every address is walked (`walking`), as the public, as
an observer between the sides, and as each role of the other side. Besides, what a side hides must
be the same as what is not there: an answer about a hidden id or word is the answer about one that
nobody has ever written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.office.api.planting import MARKERS, OTHER, own_id, plant
from tests.office.api.walking import Ask, Known, documented, resolved
from tests.office.api.world import SIDES, World

from bilat.programme import KINDS
from bilat_office.people.models import Deputy, Token
from bilat_office.people.permissions import ROLES
from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
ROLES_ASKING: list[tuple[str | None, str]] = [
    (None, ""),
    ("joint", "observer"),
    *((side, role) for side in SIDES for role in ROLES),
]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
THOROUGH = [(None, ""), ("joint", "observer"), *((side, "secretary") for side in SIDES)]


@pytest.fixture
def planted_world(world: World) -> World:
    plant(world)
    return world


def hidden_from(side: str | None) -> list[str]:
    return [owner for owner in SIDES if owner != side]


def known(world: World, owner: str, *, sections: tuple[str, ...]) -> Known:
    """Plausible values that point at secrets of ``owner``."""
    drafts = Door(Viewer(owner)).drafts()
    tokens = Token.objects.filter(person__side=owner).values_list("pk", flat=True)[:2]
    deputies = Deputy.objects.filter(of__side=owner).values_list("pk", flat=True)
    with Door(Viewer(owner)).desk() as desk:
        register = desk.register
    return {
        "section": sections,
        "record_id": (own_id(owner, sections[0]), "open", own_id(owner, "gone")),
        "field": ("title", "note"),
        "number": [str(n) for n in (*(d.number for d in drafts), *tokens, *deputies)],
        "handle": (f"{owner.lower()}-secretary",),
        "change": (register,),
        "visibility": (owner, "joint"),
        "owner": (own_id(owner, "bodies"),),
        "names": (f"bodies/{own_id(owner, 'bodies')}",),
        "side": (owner,),
        "q": ("open", "own"),
        "person": (f"{owner.lower()}-secretary",),
        "size": ("1000",),
        "sort": ("title", "changed"),
        "as_of": ("2026-05-01",),
        "format": ("csv", "xlsx", "json"),
    }


def walked(world: World, owner: str, *, thorough: bool) -> Iterator[Ask]:
    for section in KINDS if thorough else ("commitments",):
        yield from documented(known(world, owner, sections=(section,)))
    yield from resolved(known(world, owner, sections=("commitments", "targets")))


def answered(client: Client, token: str | None, ask: Ask) -> Any:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    data = {} if ask.body is None else {"data": ask.body, "content_type": "application/json"}
    return getattr(client, ask.method.lower())(ask.path, headers=headers, **data)


def whole(answer: Any) -> str:
    """Headers and body, also of a spreadsheet's parts, in lower case."""
    body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    if body[:2] == b"PK":
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(body)) as file:
            body = b"".join(file.read(name) for name in file.namelist())
    text = f"{answer.headers!r} {body.decode(errors='replace')}"
    return (text + text.encode().decode("unicode_escape", errors="replace")).lower()


@pytest.mark.parametrize(("side", "role"), ROLES_ASKING)
def test_no_address_shows_what_another_side_hides(
    planted_world: World, side: str | None, role: str
) -> None:
    client = Client(raise_request_exception=False)
    token = None
    if side is not None:  # pages know a session, the API a token
        token = planted_world.tokens[side, role]
        client.force_login(planted_world.people[side, role], backend=BACKEND)
    asked: set[str] = set()
    for owner in hidden_from(side):
        for ask in walked(planted_world, owner, thorough=(side, role) in THOROUGH):
            if ask.text in asked or ask.path.endswith("/logout/"):
                continue
            asked.add(ask.text)
            answer = answered(client, token, ask)
            assert answer.status_code < 500, ask
            text = whole(answer)
            assert MARKERS[owner] not in text, ask
            if own_id(owner, "") not in f"{ask.path} {ask.body}".lower():
                assert own_id(owner, "") not in text, ask
    assert len(asked) > 100


def test_the_walk_finds_what_is_there(planted_world: World) -> None:
    """Each side does find its own secrets on the same walk: else the test above proves nothing."""
    client, token = Client(), planted_world.tokens["BLR", "secretary"]
    found = set()
    for ask in walked(planted_world, "BLR", thorough=False):
        if ask.method == "GET" and MARKERS["BLR"] in whole(answered(client, token, ask)):
            found.add(ask.path.split("?")[0])
    for path in ("commitments", "search", "private", "drafts", "brief", "tokens", "keys-kept"):
        assert f"/api/v1/{path}" in found
    assert f"/api/v1/commitments/{own_id('BLR', 'gone')}/history" in found


@pytest.mark.parametrize("side", [None, "joint", *SIDES])
def test_what_is_hidden_answers_as_what_is_not_there(
    planted_world: World, side: str | None
) -> None:
    """Every GET with a hidden id or word, and with one of the same length that there never was."""
    client = Client(raise_request_exception=False)
    role = "observer" if side == "joint" else "secretary"
    token = None if side is None else planted_world.tokens[side, role]
    for owner in hidden_from(side):
        secret, never = own_id(owner, "commitments"), f"own-{owner.lower()}-commitmentz"
        values = {"record_id": secret, "q": MARKERS[owner], "owner": secret,
                  "names": f"commitments/{secret}"}  # fmt: skip
        seen = dict(known(planted_world, owner, sections=("commitments",)))
        for ask in documented({**seen, **{name: (value,) for name, value in values.items()}}):
            if ask.method != "GET" or not {secret, MARKERS[owner]} & _words(ask.path):
                continue
            other = Ask("GET", _swapped(ask.path, owner, secret, never))
            hidden, absent = (answered(client, token, each) for each in (ask, other))
            assert hidden.status_code == absent.status_code, ask
            there = _swapped(whole(hidden), owner, secret, never)
            assert there == whole(absent), ask


def _swapped(text: str, owner: str, secret: str, never: str) -> str:
    return text.replace(secret, never).replace(MARKERS[owner], "x" * len(MARKERS[owner]))


def _words(path: str) -> set[str]:
    return {
        word for word in (*MARKERS.values(), *(own_id(s, "commitments") for s in SIDES))
        if word in path
    }  # fmt: skip


@pytest.mark.parametrize("side", [None, "joint", *SIDES])
def test_counts_are_of_what_is_shown(planted_world: World, side: str | None) -> None:
    """No total, of no list and no filter, counts what is hidden."""
    caller = planted_world.ask(side, "observer" if side == "joint" else "secretary")
    for owner in hidden_from(side):
        for path in (
            f"/search?q={MARKERS[owner]}",
            f"/records?visibility={owner}",
            f"/records?owner={own_id(owner, 'bodies')}",
            f"/records?names=bodies/{own_id(owner, 'bodies')}",
        ):
            answer = caller.get(path)
            assert (answer.json()["total"], answer["X-Total-Count"]) == (0, "0"), path
    sections = caller.get("/programme").json()["sections"]
    for section, count in sections.items():
        shown = caller.get(f"/{section}?size=1000").json()
        assert len(shown["rows"]) == shown["total"] == count


def test_the_keys_of_one_side_are_no_secret_of_the_other(planted_world: World) -> None:
    """A key that is only kept, and not entered, is nobody's but its own side's."""
    theirs = {key["holder"] for key in planted_world.ask("KGZ").get("/keys-kept").json()}
    assert f"{MARKERS['KGZ']} office" in theirs
    assert not any(MARKERS[OTHER["KGZ"]] in holder for holder in theirs)
