"""What to decide at the next session follows from the facts, each with its reason."""

from __future__ import annotations

from tests.core.brief.brief_notation import TARGET, MakeBrief, figure, figures, measures


def titles(brief: MakeBrief, *parts: str, as_of: str = "2025-10-01") -> list[str]:
    return [str(decision.title) for decision in brief(*parts, as_of=as_of).decisions]


def test_a_programme_in_order_asks_for_no_decision(brief: MakeBrief) -> None:
    line = "id: a, owners: [moe], due: 2027, evidence: [{on: 2025-09-01, grade: limited, text: x}]"
    assert titles(brief, measures(line)) == []


def test_different_dates_and_a_small_chance_head_the_agenda(brief: MakeBrief) -> None:
    numbers = figures(figure("KGZ", "2023", 110), figure("KGZ", "2024", 133))
    assert titles(brief, numbers, TARGET)[:2] == [
        "Agree one date for the target “Trade of 500 million”",
        "Decide what closes the gap to the target, or set another target or date",
    ]


def test_the_gap_is_named_in_the_unit_of_the_target(brief: MakeBrief) -> None:
    numbers = figures(figure("KGZ", "2024", 133))
    done = brief(numbers, TARGET)
    middle = round(done.targets[0].announcements[0].chances[0].median / 1e6)
    wanted = f"{middle} million USD; {500 - middle} million USD are missing"
    assert wanted in str(done.decisions[1].reason)


def test_late_measures_ask_for_completion_or_a_reasoned_date(brief: MakeBrief) -> None:
    lines = measures("id: a, owners: [moe], due: 2025-01", "id: b, owners: [mot], due: 2025-02")
    (late, silent) = brief(lines).decisions
    assert str(late.title) == "Complete 2 late commitments, or give them new dates with reasons"
    assert late.refs == ("commitments/a", "commitments/b")
    assert str(silent.title) == "Ask for reports on 2 commitments without evidence"


def test_proposals_wait_for_the_other_sides_answer(brief: MakeBrief) -> None:
    lines = measures(
        "id: a, proposed_by: BLR", "id: b, proposed_by: KGZ", "id: c, proposed_by: BLR"
    )
    assert titles(brief, lines) == [
        "Answer 2 proposals of Belarus",
        "Answer 1 proposal of Kyrgyzstan",
    ]


def test_statistics_a_fifth_apart_call_for_a_comparison(brief: MakeBrief) -> None:
    near = figures(figure("BLR", "2024", 150), figure("KGZ", "2024", 133))
    far = figures(figure("BLR", "2024", 180), figure("KGZ", "2024", 133))
    wanted = "Have the two statistics services compare their figures"
    assert wanted not in titles(brief, near)
    assert wanted in titles(brief, far)


def test_nobodys_measures_ask_for_an_owner_and_undated_ones_for_a_date(brief: MakeBrief) -> None:
    assert titles(brief, measures("id: a")) == [
        "Name an owner for 1 commitment",
        "Set a date for 1 commitment",
    ]


def test_a_long_list_names_four_and_counts_the_rest(brief: MakeBrief) -> None:
    lines = measures(*(f"id: m{n}, due: 2027, owners: [moe]" for n in range(6)))
    (decision,) = brief(lines).decisions
    assert str(decision.reason) == "It concerns: Measure; Measure; Measure; Measure and 2 more"


def test_an_unsigned_document_is_to_be_signed(brief: MakeBrief) -> None:
    document = (
        "documents: [{id: plan, title: Action plan, kind: programme, negotiated: 2025,\n"
        "  sources: [protocol]}]\n"
    )
    assert titles(brief, document) == ["Bring 1 document to signature"]
    assert titles(brief, document, as_of="2024-12-31") == []
