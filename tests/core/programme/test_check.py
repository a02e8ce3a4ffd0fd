"""Records that are fine alone and wrong together: each story ends with what is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.core.programme.trade import TRADE

from bilat.errors import Place
from bilat.programme import check, open_programme

Folder = Callable[..., Path]
Errors = Callable[[Path], list[str]]


def test_one_side_twice_is_no_programme_of_two(folder: Folder, errors: Errors) -> None:
    root = folder(
        """
        id: blr-blr
        title: Belarus with itself
        parties:
          - code: BLR
          - code: BLR
        """,
        head=False,
    )
    assert errors(root) == [
        "programme.yaml:5:5: both parties are BLR. A programme has two different parties."
    ]


def test_the_headline_target_is_one_of_the_targets(folder: Folder, errors: Errors) -> None:
    root = folder(
        """
        headline_target: trade-530
        targets:
          - id: trade-500
            title: Raise trade
            indicator: turnover
            value: 500
            unit: million USD
            statements: [{side: BLR, announced: 2025, sources: [press]}]
        """,
        **TRADE,
    )
    assert errors(root) == [
        "programme.yaml:1:18: there is no joint target “trade-530”. Did you mean “trade-500”?"
    ]


def test_two_records_with_one_id_are_both_named(folder: Folder, errors: Errors) -> None:
    root = folder("""
        bodies:
          - {id: bank, name: Bank of one side, kind: bank}
          - {id: mfa, name: Ministry, kind: ministry}
          - {id: bank, name: Bank of the other, kind: bank}
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:4:10: the id “bank” is taken by another record of bodies "
        "(programme.yaml:2:5). Give one of them another id."
    )


def test_two_records_with_one_id_in_two_files_are_both_named(
    folder: Folder, errors: Errors
) -> None:
    root = folder(
        "bodies: [{id: bank, name: Bank, kind: bank}]\n",
        **{"bodies.csv": "id,name,kind\nmfa,Ministry,ministry\nbank,Bank,bank\n"},
    )
    (problem,) = errors(root)
    assert problem == (
        "bodies.csv:3: the id “bank” is taken by another record of bodies "
        "(programme.yaml:1:10). Give one of them another id."
    )


def test_records_of_different_kinds_may_share_an_id(folder: Folder, errors: Errors) -> None:
    root = folder("""
        bodies: [{id: elevators, name: Factory, kind: company}]
        projects: [{id: elevators, title: Elevators}]
        """)
    assert errors(root) == []


def test_a_table_with_one_observation_twice_is_refused(folder: Folder, errors: Errors) -> None:
    table = """
        indicator,reporter,period,value,unit,sources
        turnover,BLR,2024,133,million USD,press
        turnover,BLR,2024,134,million USD,press
        """
    (problem,) = errors(folder(**TRADE, **{"observations.csv": table}))
    assert problem == (
        "observations.csv:3: the id “turnover-BLR-2024” is taken by another record of "
        "observations (observations.csv:2). Give one of them another id."
    )


def test_a_joint_record_may_not_refer_to_a_private_one(folder: Folder, errors: Errors) -> None:
    root = folder("""
        documents:
          - {id: position, title: Our position, kind: memorandum, visibility: BLR}
        commitments:
          - id: m1
            title: Measure
            document: position
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:6:15: this record refers to “position”, which not all its readers may "
        "see. A private record may refer to a joint one, never the reverse."
    )


def test_a_private_record_may_not_refer_to_one_of_the_other_side(
    folder: Folder, errors: Errors
) -> None:
    root = folder("""
        documents: [{id: theirs, title: Theirs, kind: memorandum, visibility: KGZ}]
        commitments: [{id: ours, title: Ours, document: theirs, visibility: BLR}]
        """)
    assert len(errors(root)) == 1


def test_a_private_record_may_refer_to_joint_ones_and_its_own(
    folder: Folder, errors: Errors
) -> None:
    root = folder("""
        documents:
          - {id: roadmap, title: Roadmap, kind: roadmap}
          - {id: position, title: Position, kind: memorandum, visibility: BLR}
        commitments:
          - {id: m1, title: M, document: roadmap, visibility: BLR}
          - {id: m2, title: M, document: position, visibility: BLR}
        """)
    assert errors(root) == []


def test_a_third_country_cannot_have_a_private_record(folder: Folder, errors: Errors) -> None:
    root = folder("bodies: [{id: b, name: B, kind: bank, visibility: RUS}]\n")
    assert errors(root) == [
        "programme.yaml:1:51: visibility “RUS” is neither joint nor a party. Use joint, BLR or KGZ."
    ]


def test_a_document_is_not_in_force_before_it_is_signed(folder: Folder, errors: Errors) -> None:
    root = folder("""
        documents:
          - id: roadmap
            title: Roadmap
            kind: roadmap
            signed: 2025-09-29
            in_force: 2025-08
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:6:15: “in_force” (2025-08) is before “signed” (2025-09-29). "
        "Correct one of the two dates."
    )


def test_a_measure_is_not_due_before_it_starts(folder: Folder, errors: Errors) -> None:
    root = folder("commitments: [{id: m, title: M, start: 2026-07, due: 2026-06}]\n")
    (problem,) = errors(root)
    assert "“due” (2026-06) is before “start” (2026-07)" in problem


def test_a_document_signed_in_the_year_it_was_agreed_is_in_order(
    folder: Folder, errors: Errors
) -> None:
    root = folder("documents: [{id: d, title: D, kind: treaty, agreed: 2025, signed: 2025-03}]\n")
    assert errors(root) == []


def test_a_year_between_does_not_hide_dates_that_run_backwards(
    folder: Folder, errors: Errors
) -> None:
    root = folder("""
        documents:
          - {id: d, title: D, kind: treaty, negotiated: 2025-06, agreed: 2025, signed: 2025-01}
        """)
    assert len(errors(root)) == 1


def test_a_programme_made_in_a_notebook_is_checked_without_a_folder(folder: Folder) -> None:
    programme = open_programme(folder("bodies: [{id: b, name: B, kind: bank}]\n"))
    wrong = programme.with_fields(bodies=programme.bodies * 2)
    assert [problem.place for problem in check(wrong)] == [Place("programme")]
