"""Two reviewers go through what was read: what they accept is in the folder, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.core.reading.readings import TEXT, figure, goal, original, proposal, reading

from bilat.errors import ProgrammeInvalid
from bilat.language import Words
from bilat.programme import Figure, Source, Target, load, open_programme
from bilat.reading.again import read_again
from bilat.reading.entering import AnswersNeeded
from bilat.reading.files import Opened
from bilat.reading.kept import (
    Kept,
    KeptUnreadable,
    first_reading,
    free_name,
    read_kept,
    readings,
    save_kept,
)
from bilat.reading.proposal import Proposal, Reading
from bilat.reading.review import NotDecidable, Signature, accept, answer, reject

HELD = """
# The folder of a small programme.
sources: [{id: press, title: Communiqué, publisher: Press service}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD}  # in both directions
figures:
  - {id: blr-9m, indicator: turnover, period: 2024-01/2024-09, side: BLR, stated: 2024-11-28,
     value: 135, unit: million USD, qualifier: almost, sources: [press]}
targets:
  - id: turnover-500
    title: 500 million of trade
    indicator: turnover
    value: 500
    unit: million USD
    sources: [press]
    statements: [{side: BLR, announced: 2024-11, horizon_years: 5, sources: [press]}]
contacts:
  - {id: visit, title: Visit, kind: visit, planned: 2025-09, place: Minsk, sources: [press]}
"""
AIGUL = Signature("Aigul", "2025-10-01T09:00:00+06:00")
BORIS = Signature("Boris", "2025-10-02T09:00:00+03:00", why="not about our trade")
Keep = Callable[..., Kept]


@pytest.fixture
def root(folder: Callable[..., Path]) -> Path:
    return folder(HELD)


@pytest.fixture
def keep(root: Path) -> Keep:
    """Keeps a hand-made reading in the folder, as ``bilat read --save`` does."""

    def keep(
        *proposals: Proposal, publisher: str | None = "Agency", side: str | None = None
    ) -> Kept:
        opened = Opened(original(), address="https://agency.example/1", publisher=publisher)
        kept = first_reading(opened, reading(*proposals), name="communique", side=side)
        save_kept(kept, root)
        return kept

    return keep


def only(kept: Kept) -> str:
    return kept.proposals[0].id


def test_what_is_kept_is_read_back_as_it_was(root: Path, keep: Keep) -> None:
    kept = keep(figure(68_000_000.0, "KGZ"), proposal("exchange", area="education"))
    assert readings(root) == (kept,)
    assert (root / "reading/communique/original.txt").read_text(encoding="utf-8") == TEXT
    assert load(root).problems == ()  # the working papers are no part of the programme


def test_an_accepted_figure_enters_the_folder_with_its_source(root: Path, keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2025-01/2025-09"))
    accept(root, kept, only(kept), AIGUL)
    programme = open_programme(root)
    (record,) = [item for item in programme.figures if item.id != "blr-9m"]
    assert (record.side, str(record.period)) == ("KGZ", "2025-01/2025-09")
    assert record.value == 70
    source = programme.find(Source, record.sources[0])
    assert source is not None
    assert (source.title, source.publisher, source.address, str(source.published)) == (
        "communique.txt",
        "Agency",
        "https://agency.example/1",
        "2025-09-29",
    )
    (item,) = readings(root)[0].proposals
    assert item.decision is not None
    assert (item.state, item.decision.by, item.decision.on, item.decision.record) == (
        "accepted",
        "Aigul",
        AIGUL.on,
        f"figures/{record.id}",
    )


def test_comments_and_form_of_the_folder_stay(root: Path, keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2025-01/2025-09"))
    before = (root / "programme.yaml").read_text(encoding="utf-8")
    accept(root, kept, only(kept), AIGUL)
    after = (root / "programme.yaml").read_text(encoding="utf-8")
    assert "# in both directions" in after
    assert before.splitlines()[0] == after.splitlines()[0]


def test_a_second_proposal_of_the_same_text_cites_the_same_source(root: Path, keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2025"), proposal("exchange", area="education"))
    first, second = (item.id for item in kept.proposals)
    kept, _ = accept(root, kept, first, AIGUL)
    accept(root, kept, second, AIGUL)
    assert [source.id for source in open_programme(root).sources] == ["press", "communique"]


def test_the_other_sides_number_stands_beside_ours_and_opens_a_question(
    root: Path, keep: Keep
) -> None:
    kept = keep(figure(68_000_000.0, "KGZ"))
    kept, relation = accept(root, kept, only(kept), AIGUL)
    assert relation.kind == "contradicts"
    values = {item.side: item.value for item in open_programme(root).figures}
    assert values == {"BLR": 135, "KGZ": 68}
    question = kept.proposals[0].question
    assert question is not None
    assert question.text["en"].startswith("the text says 68 million USD, BLR almost 135 million")
    assert (question.records, question.answer) == (("figures/blr-9m",), None)


def test_the_question_is_closed_once_by_a_person_with_an_answer(root: Path, keep: Keep) -> None:
    kept = keep(figure(68_000_000.0, "KGZ"))
    kept, _ = accept(root, kept, only(kept), AIGUL)
    with pytest.raises(NotDecidable):
        answer(root, kept, only(kept), AIGUL)  # says nothing
    kept = answer(root, kept, only(kept), replace(BORIS, why="KGZ counts goods of origin only"))
    assert readings(root)[0].proposals[0].question == kept.proposals[0].question
    with pytest.raises(NotDecidable):
        answer(root, kept, only(kept), BORIS)


def test_three_years_become_a_statement_beside_the_five_years(root: Path, keep: Keep) -> None:
    kept = keep(goal("KGZ", horizon_years=3))
    accept(root, kept, only(kept), AIGUL)
    (target,) = open_programme(root).targets
    assert [(item.side, item.horizon_years) for item in target.statements] == [
        ("BLR", 5),
        ("KGZ", 3),
    ]


def test_a_goal_announced_again_notes_the_day_and_keeps_its_first_date(
    root: Path, keep: Keep
) -> None:
    kept = keep(goal("BLR", horizon_years=5))
    accept(root, kept, only(kept), AIGUL)
    target = open_programme(root).find(Target, "turnover-500")
    assert target is not None
    (statement,) = target.statements
    assert (str(statement.announced), [*map(str, statement.repeated)]) == (
        "2024-11",
        ["2025-09-29"],
    )
    assert target.sources == ("press", "communique")


def test_a_planned_visit_becomes_a_held_one_and_keeps_its_plan(root: Path, keep: Keep) -> None:
    item = proposal("contact", type="visit", place="Minsk", date="2025-09-29", status="held")
    kept = keep(item)
    accept(root, kept, only(kept), AIGUL)
    (visit,) = open_programme(root).contacts
    assert (str(visit.planned), str(visit.held)) == ("2025-09", "2025-09-29")


def test_a_contact_at_another_place_is_noted_and_nothing_is_overwritten(
    root: Path, keep: Keep
) -> None:
    item = proposal(
        "contact", type="commission", ordinal=12, place="Osh", date="2024-11", status="held"
    )
    held = replace(item, fields={**item.fields, "place": "Bishkek"})
    kept = keep(held, item)
    first, second = (item.id for item in kept.proposals)
    kept, _ = accept(root, kept, first, AIGUL)
    accept(root, kept, second, AIGUL)
    session = open_programme(root).contacts[-1]
    assert session.place == "Bishkek"
    note = Words("en")(session.note or "")
    assert note.startswith("Open question, from communique.txt: the text says Osh")


def test_a_side_that_the_text_does_not_name_is_asked_for(root: Path, keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, None, "2025"))
    before = (root / "programme.yaml").read_bytes()
    with pytest.raises(AnswersNeeded) as caught:
        accept(root, kept, only(kept), AIGUL)
    assert [question.name for question in caught.value.questions] == ["side"]
    assert (root / "programme.yaml").read_bytes() == before
    kept, _ = accept(root, kept, only(kept), AIGUL, answers={"side": "KGZ"})
    assert kept.proposals[0].state == "accepted"  # nothing that was read has been changed
    assert open_programme(root).figures[-1].side == "KGZ"


def test_a_text_that_speaks_for_a_side_answers_for_all_its_proposals(
    root: Path, keep: Keep
) -> None:
    kept = keep(figure(70_000_000.0, None, "2025"), side="KGZ")
    accept(root, kept, only(kept), AIGUL)
    programme = open_programme(root)
    assert (programme.figures[-1].side, programme.sources[-1].side) == ("KGZ", "KGZ")


def test_the_publisher_is_asked_for_or_a_known_source_is_named(root: Path, keep: Keep) -> None:
    kept = keep(proposal("exchange", area="education"), publisher=None)
    with pytest.raises(AnswersNeeded) as caught:
        accept(root, kept, only(kept), AIGUL)
    assert [question.name for question in caught.value.questions] == ["publisher"]
    accept(root, kept, only(kept), AIGUL, answers={"source": "press"})
    programme = open_programme(root)
    assert programme.exchanges[0].sources == ("press",)
    assert len(programme.sources) == 1


def test_a_correction_is_entered_and_what_was_read_is_kept(root: Path, keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2025"))
    accept(root, kept, only(kept), AIGUL, answers={"value": "71 million", "qualifier": "about"})
    (item,) = readings(root)[0].proposals
    assert item.state == "corrected"
    assert item.decision is not None
    assert item.decision.corrections == {"value": "71 million", "qualifier": "about"}
    assert item.proposal.fields["value"] == 70_000_000
    record = open_programme(root).find(Figure, "turnover-2025-kgz")
    assert record is not None
    assert record.value == 71
    assert record.qualifier == "about"


def test_a_record_that_would_break_the_folder_is_refused_with_its_problems(
    root: Path, keep: Keep
) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2027"))
    before = (root / "programme.yaml").read_bytes()
    with pytest.raises(ProgrammeInvalid) as caught:
        accept(root, kept, only(kept), AIGUL)
    (problem,) = caught.value.problems
    assert "stated before the period began" in problem.in_words(Words("en"))
    assert (root / "programme.yaml").read_bytes() == before
    assert readings(root)[0].open


def test_a_field_that_no_record_takes_is_refused_with_its_name(root: Path, keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2025"))
    with pytest.raises(ProgrammeInvalid) as caught:
        accept(root, kept, only(kept), AIGUL, answers={"period": "soon"})
    assert "period" in caught.value.problems[0].subject


def test_a_word_where_a_number_belongs_is_refused(root: Path, keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2025"))
    with pytest.raises(NotDecidable) as caught:
        accept(root, kept, only(kept), AIGUL, answers={"value": "much"})
    assert "“much” is no number" in Words("en")(caught.value.message)


def test_a_rejected_proposal_leaves_the_folder_as_it_was(root: Path, keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2025"))
    before = (root / "programme.yaml").read_bytes()
    reject(root, kept, only(kept), BORIS)
    assert (root / "programme.yaml").read_bytes() == before
    (item,) = readings(root)[0].proposals
    assert item.decision is not None
    assert (item.state, item.decision.by, item.decision.why) == (
        "rejected",
        "Boris",
        "not about our trade",
    )


def test_nobody_decides_twice(root: Path, keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2025"))
    kept = reject(root, kept, only(kept), BORIS)
    with pytest.raises(NotDecidable) as caught:
        accept(root, kept, only(kept), AIGUL)
    assert "was decided before" in Words("en")(caught.value.message)
    with pytest.raises(NotDecidable):
        reject(root, kept, "figure-000000", BORIS)


def test_two_people_at_once_do_not_undo_each_others_decisions(root: Path, keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2025"), proposal("exchange", area="education"))
    first, second = (item.id for item in kept.proposals)
    accept(root, kept, first, AIGUL)
    reject(root, kept, second, BORIS)  # Boris opened the text before Aigul decided
    assert [item.state for item in readings(root)[0].proposals] == ["accepted", "rejected"]


def test_accepting_once_more_after_an_interruption_changes_nothing(root: Path, keep: Keep) -> None:
    items = (
        figure(68_000_000.0, "KGZ"),
        goal("KGZ", horizon_years=3),
        proposal("contact", type="visit", place="Osh", date="2025-09", status="held"),
    )
    kept = keep(*items)
    for item in kept.proposals:
        accept(root, kept, item.id, AIGUL)
    once = open_programme(root)
    save_kept(replace(kept, source="communique"), root)  # as if no decision had been noted
    for item in kept.proposals:
        accept(root, kept, item.id, AIGUL)
    assert open_programme(root) == once


def test_a_private_note_of_one_side_stays_private(root: Path, keep: Keep) -> None:
    kept = keep(proposal("exchange", area="education"))
    accept(root, kept, only(kept), AIGUL, visibility="KGZ")
    assert open_programme(root).exchanges[0].visibility == "KGZ"


def reread(kept: Kept, *proposals: Proposal, version: str = "2") -> Kept:
    result: Reading = reading(*proposals, version=version)
    return read_again(kept, result)


def test_better_rules_show_what_changed_and_leave_decisions_alone(root: Path, keep: Keep) -> None:
    accepted = figure(70_000_000.0, "KGZ", "2025")
    rejected = proposal("exchange", area="education")
    vanishing = proposal("link", "Students of Kyrgyzstan come to Minsk.", type="schools")
    kept = keep(accepted, rejected, vanishing)
    ids = [item.id for item in kept.proposals]
    kept, _ = accept(root, kept, ids[0], AIGUL)
    kept = reject(root, kept, ids[1], BORIS)
    better = figure(70_000_000.0, "KGZ", "2025-01/2025-09")
    added = proposal("project", product="elevators", activity="assembly")
    again = reread(kept, better, rejected, added)
    states = {item.id: item.state for item in again.proposals}
    (fresh,) = again.passes[-1].added
    assert states == {ids[0]: "accepted", ids[1]: "rejected", fresh: "open"}
    assert again.find(ids[0]) == kept.find(ids[0])
    (changed,) = again.passes[-1].changed
    assert changed[0] == ids[0]
    assert again.passes[-1].gone == (ids[2],)
    assert [step.version for step in again.passes] == ["1", "2"]


def test_an_open_proposal_is_replaced_by_its_better_reading(keep: Keep) -> None:
    kept = keep(figure(70_000_000.0, "KGZ", "2025"))
    again = reread(kept, figure(70_000_000.0, "KGZ", "2024"))
    (item,) = again.proposals
    assert item.proposal.fields["period"] == "2024"
    assert again.passes[-1].changed == ((only(kept), item.id),)


def test_the_same_rules_read_the_same_and_add_nothing(keep: Keep) -> None:
    item = figure(70_000_000.0, "KGZ", "2025")
    kept = keep(item)
    assert reread(kept, item, version="1") == kept


def test_the_same_text_is_found_again_and_another_of_its_name_gets_a_number(
    root: Path, keep: Keep
) -> None:
    kept = keep(proposal("exchange", area="education"))
    assert free_name(root, original()) == ("communique", kept)
    assert free_name(root, replace(original(), sha256="1" * 64)) == ("communique-2", None)
    strange = replace(original(), name="../../a b?.txt", sha256="2" * 64)
    assert free_name(root, strange) == ("a-b", None)


def test_a_kept_text_that_was_changed_by_hand_is_not_trusted(root: Path, keep: Keep) -> None:
    keep(proposal("exchange", area="education"))
    path = root / "reading/communique/original.txt"
    path.write_text("X" + TEXT, encoding="utf-8")
    with pytest.raises(KeptUnreadable) as caught:
        readings(root)
    assert "was changed by hand" in Words("en")(caught.value.message)


@pytest.mark.parametrize("damage", ["{", "[]", '{"format": 99}'])
def test_a_damaged_file_of_proposals_says_so(root: Path, keep: Keep, damage: str) -> None:
    keep(proposal("exchange", area="education"))
    (root / "reading/communique/proposals.json").write_text(damage, encoding="utf-8")
    with pytest.raises(KeptUnreadable):
        read_kept(root / "reading/communique")


def test_the_file_of_proposals_can_be_read_without_bilat(root: Path, keep: Keep) -> None:
    keep(figure(68_000_000.0, "KGZ"))
    data = json.loads((root / "reading/communique/proposals.json").read_text(encoding="utf-8"))
    assert (data["format"], data["original"]["name"], data["language"]) == (
        1,
        "communique.txt",
        "en",
    )
    (item,) = data["proposals"]
    quote = item["proposal"]["quote"]
    assert TEXT[quote["start"] : quote["end"]] == quote["text"] == "trade came to $68 million"
