"""What a secretary accepts of one text becomes one bundle, which leaves the programme as it was."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.reading.readings import PUBLISHED, TEXT, figure, goal, original, proposal

from bilat.errors import ProgrammeInvalid
from bilat.programme import Commitment, Contact, Programme
from bilat.reading.bundle import Bundle, Chosen, NotOneSides, bundle_of
from bilat.reading.entering import AnswersNeeded
from bilat.reading.kept import Kept, named
from bilat.reading.pieces import Spot, marked_paragraphs, parts_of
from bilat.reading.proposal import Proposal, Quote

WORDS = "Students of Kyrgyzstan come to Minsk."


def programme(**sections: Any) -> Programme:
    head = {"id": "p", "title": "P", "parties": [{"code": "BLR"}, {"code": "KGZ"}]}
    turnover = {"id": "turnover", "title": "Trade", "measures": "turnover", "unit": "USD"}
    return Programme.model_validate({**head, "indicators": [turnover], **sections})


def kept(*proposals: Proposal, publisher: str | None = "BelTA", **given: Any) -> Kept:
    return Kept(
        name="belta-2025-09-29",
        original=original(),
        language="en",
        parties=("BLR", "KGZ"),
        proposals=tuple(named(proposals)),
        publisher=publisher,
        side="BLR",
        **given,
    )


def made(text: Kept, base: Programme | None = None, **given: Any) -> Bundle:
    chosen = [Chosen(item) for item in text.proposals]
    return bundle_of(text, chosen, base or programme(), **given)


def names(bundle: Bundle) -> list[tuple[str, str]]:
    return [(record.section, record.id) for record in bundle.records]


def visit(words: str = "Elevators are assembled.", place: str = "Minsk") -> Proposal:
    return proposal("contact", words, type="visit", place=place, date="2025-09-29", status="held")


def test_the_source_comes_first_and_each_record_cites_it() -> None:
    base = programme()
    bundle = made(kept(goal("BLR", by=2030), visit()), base)
    assert names(bundle)[0] == ("sources", "belta-2025-09-29")
    assert [section for section, _id in names(bundle)] == ["sources", "targets", "contacts"]
    assert all(record.sources == ("belta-2025-09-29",) for record in bundle.records[1:])
    assert base.sources == ()
    assert list(bundle.came_of.values()) == names(bundle)[1:]


def test_two_proposals_of_one_thing_become_one_record() -> None:
    bundle = made(kept(visit(), visit(WORDS)))
    assert [section for section, _id in names(bundle)] == ["sources", "contacts"]
    assert len(set(bundle.came_of.values())) == 1


def test_a_communique_is_a_document_and_new_measures_stand_in_it() -> None:
    bundle = made(kept(proposal("commitment", WORDS)), kind="communique")
    paper, measure = bundle.records[1:]
    assert (paper.id, paper.section) == (f"communique-{PUBLISHED}", "documents")
    assert isinstance(measure, Commitment)
    assert measure.document == paper.id


def test_what_one_side_keeps_has_a_source_of_its_own() -> None:
    text = kept(visit())
    contact = Contact.model_validate(
        {"id": "talks", "title": "Talks", "kind": "visit", "sources": ["belta-2025-09-29"]}
    )
    corrected = [Chosen(text.proposals[0], record=contact)]
    bundle = bundle_of(text, corrected, programme(), visibility="BLR")
    assert names(bundle) == [("sources", "belta-2025-09-29-blr"), ("contacts", "talks")]
    assert bundle.records[1].sources == ("belta-2025-09-29-blr",)
    assert {record.visibility for record in bundle.records} == {"BLR"}


def test_one_side_alone_changes_no_joint_record() -> None:
    known = {"id": "v", "title": "Visit", "kind": "visit", "place": "Minsk", "held": "2025-09-29"}
    with pytest.raises(NotOneSides):
        made(kept(visit()), programme(contacts=[known]), visibility="BLR")


def test_what_is_not_said_is_asked() -> None:
    with pytest.raises(AnswersNeeded) as asked:
        made(kept(visit(), publisher=None))
    assert [question.name for question in asked.value.questions] == ["publisher"]
    text = kept(figure(1.0, None))
    with pytest.raises(AnswersNeeded):
        bundle_of(Kept(**{**vars(text), "side": None}), [Chosen(text.proposals[0])], programme())


def test_a_record_that_would_break_the_programme_is_refused() -> None:
    text = kept(visit())
    broken = Contact.model_validate(
        {"id": "talks", "title": "Talks", "kind": "visit", "bodies": ["nobody"]}
    )
    with pytest.raises(ProgrammeInvalid):
        bundle_of(text, [Chosen(text.proposals[0], record=broken)], programme())


def test_a_long_text_is_cut_between_paragraphs_and_loses_nothing() -> None:
    parts = parts_of(TEXT, 40)
    assert len(parts) == 3
    assert "".join(TEXT[begin:end] for begin, end in parts) == TEXT
    assert parts_of("", 10) == [(0, 0)]


def test_a_part_of_a_text_marks_its_own_quotes_alone() -> None:
    spots = [
        Spot(number, "figure", Quote(words, TEXT.index(words), TEXT.index(words) + len(words)))
        for number, words in enumerate(("Belarus and Kyrgyzstan plan", WORDS), 1)
    ]
    begin, end = parts_of(TEXT, 40)[-1]
    pieces = [
        piece for part in marked_paragraphs(TEXT, spots, within=(begin, end)) for piece in part
    ]
    assert "".join(piece.text for piece in pieces).strip() == TEXT[begin:end].strip()
    assert [spot.number for piece in pieces for spot in piece.ended] == [2]
