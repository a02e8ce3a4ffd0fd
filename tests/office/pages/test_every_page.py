"""What holds for every page: well formed, few questions to the database, nobody else's secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from tests.office.api.planting import MARKERS, own_id, plant
from tests.office.api.walking import resolved
from tests.office.api.world import SIDES, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of

import bilat_office.pages.urls
from bilat.programme import KINDS
from bilat_office.people.permissions import Role
from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
ENDS = {
    "/records/commitments/open": ("", "/edit", "/history", "/delete"),
    "/roadmap/open": ("", "/fields"),
}
MOST_QUERIES = 15
MOST_OF_ONES_OWN = 16
"""A record that only one side sees is looked for among the joint ones first, each time."""
ASKING: tuple[Role, ...] = ("secretary", "ministry_editor", "administrator")
"""What one sees follows from the side; these differ most in what their pages offer."""
FIXED = (
    "/", "/outlook", "/roadmap", "/roadmap?by=owner", "/roadmap/_scorecard", "/roadmap/open",
    "/changes", "/records", "/search?q=open", "/search",
)  # fmt: skip

FOR_OTHERS = {
    "administration/people", "administration/people/_invite", "administration/deputies",
    "administration/keys/_new", "administration/keys/_bring",
}  # fmt: skip
"""Routes that a secretary's role does not open; `test_administration` walks them."""
FOR_EVERYBODY = {"calculator", "comparison", "language"}
"""Names of pages that need no sign-in."""


@pytest.fixture
def desk(office: Desk) -> Desk:
    plant(office.world)
    return office


def addresses(side: str, change: str) -> Iterator[str]:
    """Every page that shows something, with records of every kind of the reader's own side."""
    yield from FIXED
    yield from (f"/{route}" for route in plain_routes() if f"/{route}" not in FIXED)
    yield f"/changes/{change}"
    for draft in Door(Viewer(side)).drafts():
        yield f"/changes/drafts/{draft.number}"
    for section in KINDS:
        yield f"/records/{section}"
        yield f"/records/{section}/_new"
        for end in ("", "/history", "/edit", "/delete"):
            yield f"/records/{section}/{own_id(side, section)}{end}"
    yield f"/roadmap/{own_id(side, 'commitments')}"
    for address, ends in ENDS.items():
        yield from (f"{address}{end}" for end in ends)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_pages_are_well_formed_in_both_languages(desk: Desk, lang: str) -> None:
    change = desk.world.offer(measure("open", "Another <title> & more", due="2029"))
    desk.world.people["BLR", "secretary"].language = lang
    desk.world.people["BLR", "secretary"].save()
    client = desk.browser()
    for address in addresses("BLR", change):
        answer = client.get(address)
        if answer.status_code == 405 or not answer["Content-Type"].startswith("text/html"):
            assert address[1:] in plain_routes(), address  # it takes forms alone, or is a file
            continue
        assert answer.status_code == (403 if address[1:] in FOR_OTHERS else 200), address
        assert faults_of(answer) == [], address
        assert f'<html lang="{lang}"' in answer.content.decode(), address


def test_pages_ask_the_database_little(desk: Desk) -> None:
    """Once what is computed is at hand; signing in and the session are counted too."""
    change = desk.world.offer(measure("open", due="2029"))
    client = desk.browser("KGZ")
    client.get("/outlook")
    for address in addresses("KGZ", change):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        said = [query["sql"][:110] for query in asked]
        most = MOST_OF_ONES_OWN if "own-" in address else MOST_QUERIES
        assert len(said) <= most, (address, said)


def plain_routes() -> list[str]:
    """Addresses without a parameter."""
    found = [str(each.pattern) for each in bilat_office.pages.urls.urlpatterns]
    return [route for route in found if "<" not in route]


def reading(desk: Desk) -> Iterator[tuple[str | None, Client]]:
    yield None, Client()
    yield "joint", desk.browser("joint", "observer")
    for side in SIDES:
        for role in ASKING:
            yield side, desk.browser(side, role)


def page_names() -> set[str]:
    return {str(each.name) for each in bilat_office.pages.urls.urlpatterns}


def test_no_page_shows_what_another_side_hides(desk: Desk) -> None:
    """Every address that Django knows, asked with ids and words of the other side's secrets."""
    desk.world.offer(measure("open", due="2029"))
    for side, client in reading(desk):
        for owner in (each for each in SIDES if each != side):
            for address in hostile(owner):
                answer = client.get(address)
                text = said(answer)
                assert answer.status_code < 500, (side, address)
                assert MARKERS[owner] not in text, (side, address)
                if own_id(owner, "") not in address:
                    assert own_id(owner, "") not in text, (side, address)


def hostile(owner: str) -> Iterator[str]:
    drafts = [str(draft.number) for draft in Door(Viewer(owner)).drafts()]
    known = {
        "section": ("commitments", "targets", "contacts"),
        "record_id": (own_id(owner, "commitments"), own_id(owner, "targets"), "open"),
        "number": drafts,
        "change": ("0" * 64,),
    }
    walked = {ask.path for ask in resolved(known)}
    pages = [path for path in sorted(walked) if not path.startswith(("/api", "/accounts/log"))]
    yield from pages
    yield f"/roadmap?q=marker&owner={own_id(owner, 'bodies')}"
    yield f"/records/bodies?side={owner}"
    yield from (f"/records/commitments?visibility={owner}", "/roadmap?format=csv")
    yield from ("/records/commitments?format=csv", "/records/targets?format=xlsx")
    yield f"/records/commitments/open/edit?draft={drafts[0]}"


def said(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(body)) as file:
            body = b"".join(map(file.read, file.namelist()))
    return f"{answer.headers!r} {body.decode(errors='replace')}".lower()


def test_the_walk_finds_ones_own(desk: Desk) -> None:
    """Else the walk above proves nothing."""
    client = desk.browser("BLR")
    found = {address for address in hostile("BLR") if MARKERS["BLR"] in said(client.get(address))}
    for part in ("/roadmap", "/records/targets", "/changes", "/roadmap?format=csv"):
        assert part in found
    assert any(address.startswith("/changes/drafts/") for address in found)


def test_hidden_and_missing_answer_alike(desk: Desk) -> None:
    client = desk.browser("KGZ")
    secret, never = own_id("BLR", "commitments"), "own-blr-commitmentz"
    for address in ("/roadmap/{}", "/records/commitments/{}", "/records/commitments/{}/history",
                    "/records/commitments/{}/edit"):  # fmt: skip
        hidden, absent = (client.get(address.format(each)) for each in (secret, never))
        assert hidden.status_code == absent.status_code == 404
        assert _without_token(said(hidden).replace(secret, never)) == _without_token(said(absent))


def _without_token(text: str) -> str:
    """Each page has its own CSRF token, and their length is compressed by nobody."""
    return re.sub(r'value="\w{64}"', "", text)


def test_the_public_is_asked_to_sign_in(desk: Desk) -> None:
    for name in page_names() - FOR_EVERYBODY:
        pattern = next(p for p in bilat_office.pages.urls.urlpatterns if p.name == name)
        assert isinstance(pattern, URLPattern)
        path = "/" + re.sub(r"<(?:\w+:)?\w+>", "1", str(pattern.pattern))
        answers = {method: getattr(Client(), method)(path) for method in ("get", "post")}
        for answer in answers.values():
            assert answer.status_code in (302, 405), path
            if answer.status_code == 302:
                assert answer["Location"].startswith("/accounts/login/?next="), path


def test_pages_are_not_kept_by_anybody(desk: Desk) -> None:
    answer = desk.browser().get("/roadmap")
    assert answer["Cache-Control"] == "private, no-store"
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_entries_whose_pages_are_missing_do_not_appear(desk: Desk) -> None:
    from bilat_office.pages.navigation import ROWS

    top = get_resolver().url_patterns
    names = {pattern.name for pattern in top if isinstance(pattern, URLPattern)}
    page = desk.browser().get("/").content.decode()
    menu = page.split('id="navigation"')[1].split("</nav>")[0]
    there = page_names() | names
    assert menu.count("<li") == sum(entry.name in there for row in ROWS for entry in row)
