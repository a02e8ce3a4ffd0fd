"""A co-chair sees the measures on a line of years: what goes on, what moved, what has passed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from tests.office.api.world import measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat.brief.facts.roadmap import roadmap_facts
from bilat.programme import Commitment, Document, Programme
from bilat_office.pages.timeline import WIDTH, Timeline, timeline_of

TODAY = date(2026, 7, 2)


def line_of(*records: dict[str, Any], papers: tuple[Document, ...] = ()) -> Timeline | None:
    programme = Programme.model_validate(
        {
            "id": "a-b", "title": "A and B",
            "parties": [{"code": "BLR", "name": "A"}, {"code": "KGZ", "name": "B"}],
        }
    ).with_fields(
        commitments=tuple(Commitment.model_validate({"title": "x", **one}) for one in records),
        documents=papers,
    )  # fmt: skip
    return timeline_of(programme, roadmap_facts(programme, TODAY).commitments, TODAY)


def test_a_bar_goes_from_the_start_to_the_date_in_proportion() -> None:
    line = line_of({"id": "a", "start": "2026", "due": "2029"})
    assert line is not None
    assert [year for year, _place, _named in line.years] == [2026, 2027, 2028, 2029]
    bar = line.bars["a"]
    assert bar.start == 0
    assert bar.due == pytest.approx(WIDTH, abs=0.5)
    assert line.today == pytest.approx(WIDTH / 8, abs=0.5)  # the middle of the first of four years


def test_without_a_start_it_begins_with_its_document_and_else_only_the_date_is_marked() -> None:
    paper = Document.model_validate(
        {"id": "plan", "title": "Plan", "kind": "roadmap", "signed": "2027-01-01"}
    )
    line = line_of(
        {"id": "a", "due": "2027", "document": "plan"}, {"id": "b", "due": "2027"},
        papers=(paper,),
    )  # fmt: skip
    assert line is not None
    assert line.bars["a"].start == pytest.approx(WIDTH / 2, abs=0.5)
    assert line.bars["b"].start is None
    assert line.bars["b"].length == 0


def test_a_changed_date_and_milestones_are_marks() -> None:
    line = line_of(
        {
            "id": "a", "start": "2026", "due": "2027",
            "due_changes": [{"on": "2026-02-01", "due": "2029", "reason": "Money"}],
            "milestones": [
                {"title": "Found", "due": "2027-12-31", "done": "2027-12-01"},
                {"title": "Opened", "due": "2028-12-31"},
            ],
        }
    )  # fmt: skip
    assert line is not None
    bar = line.bars["a"]
    assert bar.first == pytest.approx(WIDTH / 2, abs=0.5)
    assert bar.due == pytest.approx(WIDTH, abs=0.5)
    assert [done for _place, done in bar.milestones] == [True, False]


def test_many_years_are_not_all_named_and_a_roadmap_without_dates_has_no_line() -> None:
    line = line_of({"id": "a", "due": "2026"}, {"id": "b", "due": "2060"})
    assert line is not None
    assert [year for year, _place, named in line.years if named] == list(range(2026, 2061, 5))
    assert line_of({"id": "a"}) is None
    past = line_of({"id": "a", "due": "2020"})
    assert past is not None
    assert past.bars["a"].due < past.today


@pytest.mark.django_db
def test_the_roadmap_by_year_shows_the_line_in_both_languages(office: Desk) -> None:
    office.world.agree(
        measure("house", "Open a house", start="2026", due="2028-Q2"),
        measure("open", "Somewhen"),
    )
    client = office.browser()
    for lang in ("en", "ru"):
        client.post("/language", {"language": lang, "next": "/"})
        answer = client.get("/roadmap?by=time")
        page = answer.content.decode()
        assert "2028 (1)" in text_of(answer)
        assert re.search(r'<rect x="0\.0" y="6" width="\d+\.\d"', page)
        assert faults_of(answer) == []
    assert "<rect" not in client.get("/roadmap?by=owner").content.decode()
