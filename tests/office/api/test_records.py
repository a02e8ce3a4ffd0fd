"""A program reads: lists, records, histories, searches, files."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.office.api.world import Caller, World, measure

from bilat_office.people.models import AuditLine

pytestmark = pytest.mark.django_db


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["rows"]]


def test_a_list_is_filtered_sorted_and_paged(world: World) -> None:
    world.agree(
        measure("a", due="2027"), measure("b", due="2026"), measure("c", due="2028"),
        measure("d", due="2029"),
    )  # fmt: skip
    caller = world.ask("BLR")
    answer = caller.get("/commitments?sort=due&due_to=2028-12-31&size=2")
    assert ids(answer) == ["b", "a"]
    assert answer["X-Total-Count"] == "3"
    assert 'rel="next"' in answer["Link"]
    assert "due_to=2028-12-31&page=2&size=2" in answer["Link"]
    assert ids(caller.get("/commitments?sort=due&due_to=2028-12-31&size=2&page=2")) == ["c"]
    assert ids(caller.get("/commitments?sort=id&descending=true&size=1")) == ["d"]
    assert {"a", "b", "c", "d"} < set(ids(caller.get("/records?size=1000")))


def test_a_record_is_not_sent_twice(world: World) -> None:
    world.agree(measure("a"))
    first = world.ask("BLR").get("/commitments/a")
    assert first["ETag"] == f'"{first.json()["version"]}"'
    again = world.ask("KGZ").get("/commitments/a", if_none_match=f'"x", W/{first["ETag"]}')
    assert (again.status_code, again.content) == (304, b"")
    world.agree(measure("a", "Another title"))
    changed = world.ask("KGZ").get("/commitments/a", if_none_match=first["ETag"])
    assert changed.json()["content"]["title"] == "Another title"


def test_who_changed_what_and_what_names_what(world: World) -> None:
    body = (
        ("bodies", "min"),
        {"id": "min", "party": "BLR", "name": "Ministry", "kind": "ministry"},
    )
    world.agree(body, measure("a", owners=["min"], due="2026"))
    world.agree(measure("a", owners=["min"], due="2027"), reason="The session moved it")
    caller = world.ask("KGZ", "observer")
    edits = caller.get("/commitments/a/history").json()["joint"]
    assert [edit["reason"] for edit in edits] == ["Agreed", "The session moved it"]
    (_first, second) = caller.get("/commitments/a/history/due").json()
    assert (second["before"], second["after"]) == ("2026", "2027")
    assert caller.get("/commitments/a/references").json() == [
        {"field": "owners", "section": "bodies", "id": "min"}
    ]
    (link,) = caller.get("/bodies/min/back-links").json()
    assert (link["field"], link["record"]["id"]) == ("owners", "a")
    assert ids(caller.get("/commitments?owner=min")) == ["a"]
    assert ids(caller.get("/commitments?names=bodies/min")) == ["a"]


def test_a_search_finds_every_form_of_a_word(world: World) -> None:
    world.agree(measure("a", {"en": "Trade house", "ru": "Торговый дом"}), measure("b"))
    assert ids(world.ask("BLR").get("/search?q=торгового дома")) == ["a"]
    assert ids(world.ask("BLR").get("/search?q=nothing")) == []


def test_the_public_sees_what_both_have_published(world: World) -> None:
    shown = (
        ("published", "commitments.a"),
        {"id": "commitments.a", "of": "commitments", "record": "a"},
    )
    world.agree(measure("a"), measure("b"), shown)
    public = Caller()
    assert ids(public.get("/public")) == ids(public.get("/commitments")) == ["a"]
    assert public.get("/public/commitments/a")["Cache-Control"] == "public, max-age=60"
    assert public.get("/commitments/b").status_code == 404
    assert ids(world.ask("BLR").get("/public/commitments")) == ["a"]
    assert public.get("/programme").json()["chain"] is None
    assert public.get("/programme").json()["sections"]["commitments"] == 1


def test_private_records_are_of_one_side_and_looking_is_written_down(world: World) -> None:
    world.keep("BLR", "commitments", {"id": "own", "title": "Our position"})
    assert ids(world.ask("BLR").get("/private")) == ["own"]
    assert ids(world.ask("KGZ").get("/private")) == []
    assert world.ask("KGZ").get("/commitments/own").status_code == 404
    line = AuditLine.objects.latest("pk")
    assert (line.side, line.records) == ("BLR", ["commitments/own"])
    history = world.ask("BLR").get("/commitments/own/history").json()
    assert (history["joint"], history["private"][0]["number"]) == ([], 1)
    assert world.ask("KGZ").get("/commitments/own/history").status_code == 404


def test_what_a_section_is_made_of(world: World) -> None:
    schema = Caller().get("/schemas/commitments").json()
    assert "due" in schema["properties"]
    assert Caller().get("/schemas/nothing").status_code == 404
    heading = (("heading", "heading"), {"title": "Two countries"})
    world.agree(heading)
    head = world.ask("BLR").get("/programme").json()
    assert head["heading"]["title"] == "Two countries"
    assert (head["chain"]["place"], head["chain"]["mode"]) == (1, "two")


FORMULAE = ["=1+1", "+cmd", "-cmd", "@SUM(1)", "\tx", "plain", "-5"]


def test_a_file_holds_exactly_the_list_and_no_formula(world: World) -> None:
    named = {f"f{number}": title for number, title in enumerate(FORMULAE)}
    world.agree(*(measure(id_, title, due="2027") for id_, title in named.items()))
    world.agree(measure("other", due="2020"))
    caller = world.ask("BLR")
    file = caller.get("/export/commitments?due_from=2026-01-01")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    wanted = [f"'{title}" for title in FORMULAE[:5]] + FORMULAE[5:]
    assert [row["title"] for row in rows] == wanted
    assert file["Content-Disposition"] == 'attachment; filename="commitments.csv"'
    book = load_workbook(
        io.BytesIO(caller.get("/export/commitments?due_from=2026-01-01&format=xlsx").content)
    )
    cells = list(book["commitments"].iter_rows(values_only=True))
    place = list(cells[0]).index("title")
    assert [row[place] for row in cells[1:]] == wanted
    assert {cell.data_type for row in book["commitments"].iter_rows() for cell in row} <= {"s", "n"}
    documents = json.loads(caller.get("/export/commitments?format=json").content)
    assert [item["id"] for item in documents] == [*named, "other"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/commitments/nothing", 404),
        ("/commitments?page=0", 422),
        ("/commitments?size=1001", 422),
        ("/commitments?sort=password", 422),
        ("/commitments?due_from=yesterday", 422),
        ("/commitments?names=min", 422),
        ("/search", 422),
        ("/commitments/a%00b", 422),
        ("/commitments?owner=%00", 422),
        ("/commitments/..%2f..%2fetc%2fpasswd", 404),
        ("/commitments/%2e%2e/x/y/z", 404),
        ("/commitments?page=99999999999999999999999", 422),
        (f"/commitments?owner={'x' * 9000}", 413),
    ],
)
def test_what_cannot_be_is_a_problem_in_the_readers_language(
    world: World, path: str, status: int
) -> None:
    answer = world.ask("BLR").get(path, accept_language="ru")
    told = answer.json()
    assert (answer.status_code, told["status"]) == (status, status)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert {"type", "title", "code", "detail", "instance"} <= set(told)
