"""What a list shows of a record follows from the annotations of its model, also of a new kind."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

import pytest
from hypothesis import given
from tests.core.programme.strategies import programmes

from bilat.language import Text
from bilat.programme import Commitment, Programme
from bilat.programme.record import BodyRef, Model, Record, Refers, Side
from bilat.programme.references import references
from bilat.vocabulary import Period
from bilat_office.records.projection import project
from bilat_office.records.words import words


class Step(Model):
    on: date
    stage: Literal["asked", "granted"]
    by: BodyRef | None = None


class Visa(Record):
    """A kind that nobody has thought of."""

    section: ClassVar[str] = "visas"

    title: Text
    kind: Literal["entry", "transit"]
    owners: tuple[BodyRef, ...] = ()
    host: Side
    due: Period | None = None
    stage: Literal["asked", "granted"] = "asked"
    steps: tuple[Step, ...] = ()
    contact: Annotated[str, Refers("contacts")] | None = None


def visa(**fields: object) -> Visa:
    head = {"id": "v1", "title": {"ru": "Виза", "ky": "Виза"}, "kind": "transit", "host": "KGZ"}
    return Visa.model_validate({**head, **fields})


def test_a_kind_that_nobody_has_thought_of_is_listed_like_any_other() -> None:
    made = project(visa(owners=["min"], due="2027-Q1", contact="session", note="Urgent"), "visas")
    assert (made.titles["en"], made.titles["ru"], made.titles["ky"]) == ("Виза", "Виза", "Виза")
    assert (made.kind, made.state, made.owners, made.sides) == (
        "transit", "asked", ("min",), ("KGZ",),
    )  # fmt: skip
    assert str(made.due) == "2027-Q1"
    assert made.text.split("\n") == ["v1", "Urgent", "Виза"]
    assert ("contact", ("contacts", "session")) in made.references


def test_the_latest_of_dated_parts_carries_a_field_further() -> None:
    steps = [
        {"on": "2026-03-01", "stage": "granted", "by": "embassy"},
        {"on": "2026-02-01", "stage": "asked"},
    ]
    made = project(visa(steps=steps), "visas")
    assert made.state == "granted"
    assert made.owners == ()  # a body that a part names owns nothing
    assert ("steps.by", ("bodies", "embassy")) in made.references


def test_a_commitment_is_due_when_its_last_change_says_so() -> None:
    record = Commitment.model_validate(
        {
            "id": "house",
            "title": "Open a trade house",
            "due": "2026",
            "due_changes": [
                {"on": "2026-02-01", "due": "2028", "reason": "Land"},
                {"on": "2026-01-01", "due": "2027", "reason": "Money"},
            ],
            "evidence": [
                {"on": "2026-01-01", "grade": "limited", "text": "Plans"},
                {"on": "2026-06-01", "grade": "substantial", "text": "Walls"},
            ],
        }
    )
    made = project(record, "commitments")
    assert (str(made.due), made.state) == ("2028", "substantial")
    assert record.due_on(date.max) == made.due
    assert record.completion(date.max) == made.state


@given(programme=programmes())
def test_projecting_is_pure_and_finds_every_reference(programme: Programme) -> None:
    for record in programme.records():
        made = project(record, record.section)
        assert made == project(record, record.section)
        assert (made.id, made.visibility) == (record.id, record.visibility)
        named = {(item.section, item.target) for item in references(record)}
        assert {target for _field, target in made.references} == named


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Дорожную карту", ["дорожный", "карта"]),
        ("Ёлки-палки", ["елка", "палка"]),
        ("HS 8428, ROADMAP_2030", ["hs", "8428", "roadmap", "2030"]),
        ("« … » ''", []),
    ],
)
def test_words_are_in_their_dictionary_form(text: str, found: list[str]) -> None:
    pytest.importorskip("pymorphy3")
    assert words(text) == found
