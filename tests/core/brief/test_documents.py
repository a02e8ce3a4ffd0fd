"""What a secretary asks of a document: where it stands, what took over, what rests on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bilat.brief.facts.documents import LifeFact, lives_facts
from bilat.brief.facts.folder import folder_facts, next_contact
from bilat.programme import Programme

TODAY = date(2026, 5, 1)


def programme(**sections: Any) -> Programme:
    return Programme.model_validate(
        {
            "id": "blr-kgz",
            "title": "Two countries",
            "parties": [{"code": "BLR", "name": "Belarus"}, {"code": "KGZ", "name": "Kyrgyzstan"}],
            **sections,
        }
    )


def document(id_: str, **fields: Any) -> dict[str, Any]:
    return {"id": id_, "title": id_, "kind": "roadmap", **fields}


def life(**fields: Any) -> LifeFact:
    (found,) = lives_facts(programme(documents=[document("one", **fields)]), TODAY).documents
    return found


@pytest.mark.parametrize(
    ("dates", "reached", "here"),
    [
        ({}, [], None),
        ({"negotiated": "2026"}, ["negotiated"], "negotiated"),
        ({"signed": "2025", "in_force": "2027"}, ["negotiated", "agreed", "signed"], "signed"),
        ({"in_force": "2025", "expires": "2025"},
         ["negotiated", "agreed", "signed", "in_force", "ended"], "ended"),
        ({"in_force": "2024", "replaced": "2026-02"},
         ["negotiated", "agreed", "signed", "in_force", "ended"], "ended"),
    ],
)  # fmt: skip
def test_a_step_is_reached_with_its_date_or_a_later_one(
    dates: dict[str, str], reached: list[str], here: str | None
) -> None:
    steps = life(**dates).steps
    assert [step.name for step in steps if step.reached] == reached
    assert [step.name for step in steps if step.is_here] == ([here] if here else [])


def test_open_measures_are_counted_where_they_were_carried() -> None:
    found = lives_facts(
        programme(
            documents=[
                document("old", in_force="2024"),
                document("new", signed="2026", succeeds="old", carries_over=True),
                document("next", negotiated="2026", succeeds="new", carries_over=True),
            ],
            commitments=[
                {"id": "open", "title": "Open", "document": "old", "due": "2025"},
                {"id": "done", "title": "Done", "document": "old", "evidence": [
                    {"on": "2025-01-01", "grade": "complete", "text": "Done"}]},
            ],
        ),
        TODAY,
    )  # fmt: skip
    rests = {item.id: item.rests for item in found.documents}
    assert (rests["new"].measures, rests["new"].carried, rests["new"].late) == (1, 1, 1)
    assert (rests["old"].measures, rests["old"].complete) == (1, 1)
    assert [item.id for item in found.chain("new")] == ["old", "new", "next"]
    assert [item.id for item in found.chain("old")] == ["old", "new", "next"]


def test_a_ring_of_successors_ends() -> None:
    """The check of a programme says that it is wrong; a page must not hang on it."""
    found = lives_facts(
        programme(documents=[document("a", succeeds="b"), document("b", succeeds="a")]), TODAY
    )
    assert {item.id for item in found.chain("a")} == {"a", "b"}


def test_the_next_contact_is_the_first_ahead_else_the_last_missed() -> None:
    def contact(id_: str, **fields: Any) -> dict[str, Any]:
        return {"id": id_, "title": id_, "kind": "visit", **fields}

    held = contact("held", planned="2026-04-01", held="2026-04-01")
    off = contact("off", planned="2026-05-02", cancelled=True)
    missed = contact("missed", planned="2026-03-01")
    later, soon = contact("later", planned="2027"), contact("soon", planned="2026-06-01")

    def chosen(*contacts: dict[str, Any]) -> str | None:
        found = next_contact(programme(contacts=contacts), TODAY)
        return found.id if found else None

    assert chosen(held, off, missed, later, soon) == "soon"
    assert chosen(held, off, missed) == "missed"
    assert chosen(held, off) is None


def test_a_folder_takes_the_documents_of_its_contact_else_those_on_their_way() -> None:
    made = programme(
        documents=[
            document("named", in_force="2025"),
            document("there", signed="2026-06-01", agreed="2026", contact="visit"),
            document("under-way", negotiated="2026"),
        ],
        contacts=[
            {"id": "visit", "title": "Visit", "kind": "visit", "planned": "2026-06-01",
             "documents": ["named"]},
            {"id": "call", "title": "Call", "kind": "call", "planned": "2026-07-01"},
        ],
    )  # fmt: skip
    visit, call = made.contacts
    assert [item.id for item in folder_facts(made, visit, TODAY).documents] == ["named", "there"]
    folder = folder_facts(made, call, TODAY)
    assert not folder.is_named
    assert [item.id for item in folder.documents] == ["there", "under-way"]
