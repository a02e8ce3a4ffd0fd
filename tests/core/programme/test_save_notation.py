"""One changed field is one changed line: comments, order and notation stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.core.programme.edits import (
    ANNOTATED,
    edit,
    saved_and_opened,
    with_fields,
    with_record,
    without_record,
)

from bilat.programme import open_programme, save

Folder = Callable[..., Path]


def test_one_changed_field_is_one_changed_line(folder: Folder) -> None:
    root = folder(ANNOTATED)
    assert edit(root, with_fields("sources", "press-a", publisher="BelTA")) == [
        "-    publisher: Press service",
        "+    publisher: BelTA",
    ]


def test_a_changed_field_keeps_its_quotes_and_its_remark_in_its_column(folder: Folder) -> None:
    root = folder(ANNOTATED)
    assert edit(root, with_fields("sources", "press-a", title="Statement")) == [
        '-    title: "Communiqué"   # as printed',
        '+    title: "Statement"    # as printed',
    ]


def test_a_record_on_one_line_stays_on_one_line(folder: Folder) -> None:
    root = folder(ANNOTATED)
    assert edit(root, with_fields("bodies", "mfa", kind="agency")) == [
        "-  - {id: mfa, name: MFA, kind: ministry}   # one for each side?",
        "+  - {id: mfa, name: MFA, kind: agency}   # one for each side?",
    ]


def test_a_field_taken_out_is_one_line_less(folder: Folder) -> None:
    root = folder("""
        documents:
          - id: roadmap
            title: Roadmap
            place: Minsk   # or Bishkek?
            kind: roadmap
        """)
    assert edit(root, with_fields("documents", "roadmap", place=None)) == [
        "-    place: Minsk   # or Bishkek?"
    ]


def test_a_changed_head_leaves_the_rest(folder: Folder) -> None:
    root = folder(ANNOTATED)
    changed = edit(root, lambda programme: programme.model_copy(update={"keys": "two"}))
    assert changed == ["+keys: two"]


def test_a_new_record_of_a_section_in_the_middle_is_only_added(folder: Folder) -> None:
    root = folder("bodies:\n  - {id: mfa, name: MFA, kind: ministry}\nlinks: []\n")
    assert edit(root, with_record("bodies", id="bank", name="Bank", kind="bank")) == [
        "+  - id: bank",
        "+    name: Bank",
        "+    kind: bank",
    ]


def test_a_record_taken_out_leaves_the_others(folder: Folder) -> None:
    root = folder("""
        bodies:
          # the ministry
          - {id: mfa, name: MFA, kind: ministry}
          - {id: bank, name: Bank, kind: bank}   # which?
        """)
    assert edit(root, without_record("bodies", "bank")) == [
        "-  - {id: bank, name: Bank, kind: bank}   # which?"
    ]


def test_a_list_without_indentation_keeps_none(folder: Folder) -> None:
    root = folder("""
        sources:
        - id: press
          title: One
          publisher: P
        """)
    assert edit(root, with_fields("sources", "press", title="Two")) == [
        "-  title: One",
        "+  title: Two",
    ]


def test_observations_in_yaml_are_found_by_the_name_they_give_themselves(folder: Folder) -> None:
    root = folder("""
        sources: [{id: press, title: P, publisher: P}]
        indicators: [{id: trade, title: T, measures: turnover, unit: USD}]
        observations:
          - indicator: trade
            reporter: BLR
            period: 2024-01/2024-06   # six months
            value: 12.50
            unit: USD
            sources: [press]
        """)
    assert edit(root, with_fields("observations", "trade-BLR-2024-01-2024-06", value=13)) == [
        "-    value: 12.50",
        "+    value: 13",
    ]


TWO_SECTIONS = """
    sources:
      - id: press
        title: One
        publisher: P

    # Who acts.
    bodies: []
    """


def test_a_section_keeps_its_heading_when_the_record_before_it_goes(folder: Folder) -> None:
    root = folder(TWO_SECTIONS)
    edit(root, without_record("sources", "press"))
    assert "# Who acts.\nbodies:" in (root / "programme.yaml").read_text(encoding="utf-8")


def test_a_section_keeps_its_heading_when_a_record_is_added_before_it(folder: Folder) -> None:
    root = folder(TWO_SECTIONS)
    edit(root, with_record("sources", id="table", title="Table", publisher="P"))
    assert "# Who acts.\nbodies:" in (root / "programme.yaml").read_text(encoding="utf-8")


def test_a_section_keeps_its_heading_when_a_field_is_added_before_it(folder: Folder) -> None:
    root = folder(TWO_SECTIONS)
    edit(root, with_fields("sources", "press", licence="CC BY 4.0"))
    assert "# Who acts.\nbodies:" in (root / "programme.yaml").read_text(encoding="utf-8")


UNUSUAL = {
    "document mark": b"---\n- id: mfa\n  name: MFA\n  kind: ministry\n",
    "no last line end": b"- id: mfa\n  name: MFA\n  kind: ministry",
    "aligned": b"- id:   mfa\n  name: MFA\n  kind: ministry\n",
    "tilde": b"- id: mfa\n  name: MFA\n  kind: ministry\n  email: ~\n",
    "plain text on two lines": (
        b"- id: mfa\n  name: MFA\n  kind: ministry\n  note: a remark on\n    two lines\n"
    ),
    "line ends of Windows": b"- id: mfa\r\n  name: MFA\r\n  kind: ministry\r\n",
    "byte order mark": b"\xef\xbb\xbf- id: mfa\n  name: MFA\n  kind: ministry\n",
}


@pytest.mark.parametrize(
    "listed", [*UNUSUAL.values(), b"", b"# - {id: mfa}\n"], ids=[*UNUSUAL, "empty", "remarks"]
)
def test_an_unusual_file_that_did_not_change_is_left_alone(folder: Folder, listed: bytes) -> None:
    root = folder(ANNOTATED.replace("mfa", "bank"), **{"bodies.yaml": listed})
    change = with_fields("sources", "press-a", publisher="BelTA")
    assert save(change(open_programme(root)), root) == [root / "programme.yaml"]


@pytest.mark.parametrize("listed", UNUSUAL.values(), ids=UNUSUAL)
def test_an_unusual_file_differs_only_where_it_changed(folder: Folder, listed: bytes) -> None:
    root = folder(**{"bodies.yaml": listed})
    save(with_fields("bodies", "mfa", name="Ministry")(open_programme(root)), root)
    assert (root / "bodies.yaml").read_bytes() == listed.replace(b"MFA", b"Ministry")


def test_braces_around_one_key_stay(folder: Folder) -> None:
    root = folder(
        """
        keys: solo
        id: blr-kgz
        title: Belarus and Kyrgyzstan
        parties: [{code: BLR}, {code: KGZ}]
        """,
        head=False,
    )
    edit(root, lambda programme: programme.model_copy(update={"title": "Two countries"}))
    assert "parties: [{code: BLR}, {code: KGZ}]" in (root / "programme.yaml").read_text()


@pytest.mark.parametrize("record_id", ["0012", "1.10"])
def test_a_record_with_a_number_for_an_id_keeps_its_remark(folder: Folder, record_id: str) -> None:
    root = folder(f"""
        bodies:
          - id: {record_id}   # by the register of companies
            name: Works
            kind: company
        """)
    edit(root, with_fields("bodies", record_id, name="Factory"))
    text = (root / "programme.yaml").read_text(encoding="utf-8")
    assert f"id: {record_id}   # by the register of companies" in text


def test_a_number_with_underscores_stays_as_it_is(folder: Folder) -> None:
    root = folder("""
        facilities:
          - {id: line, title: Line, kind: credit, limit: {amount: 500_000.50, currency: USD}}
        """)
    edit(root, with_fields("facilities", "line", kind="leasing"))
    assert "amount: 500_000.50" in (root / "programme.yaml").read_text(encoding="utf-8")


def test_an_observation_whose_period_is_corrected_keeps_its_id(folder: Folder) -> None:
    root = folder("""
        sources: [{id: press, title: P, publisher: P}]
        indicators: [{id: trade, title: T, measures: turnover, unit: USD}]
        observations:
          - {indicator: trade, reporter: BLR, period: 2024, value: 1, unit: USD, sources: [press]}
        """)
    changed = with_fields("observations", "trade-BLR-2024", period="2023")(open_programme(root))
    assert saved_and_opened(changed, root) == changed


def test_a_field_taken_out_leaves_the_remark_above_the_next(folder: Folder) -> None:
    root = folder("""
        documents:
          - id: roadmap
            title: Roadmap
            place: Minsk
            # in both languages
            kind: roadmap
        """)
    assert edit(root, with_fields("documents", "roadmap", place=None)) == ["-    place: Minsk"]


@pytest.mark.parametrize(
    "record",
    [
        (
            "- id: mfa   # or both?\n  name: MFA\n  kind: ministry\n"
            "  visibility: BLR\n  note: Ask.\n"
            "- {id: bank, name: Bank, kind: bank}\n"
        ),
        "# or both?\n- {id: mfa, name: MFA, kind: ministry, visibility: BLR, note: Ask.}\n",
    ],
    ids=["in lines", "in braces"],
)
def test_the_last_two_fields_taken_out_leave_the_remarks(folder: Folder, record: str) -> None:
    root = folder(**{"bodies.yaml": record})
    save(with_fields("bodies", "mfa", visibility="joint", note=None)(open_programme(root)), root)
    text = (root / "bodies.yaml").read_text(encoding="utf-8")
    assert "# or both?" in text
    assert "Ask." not in text


def test_a_key_of_the_head_and_a_field_of_the_last_record_leave_the_remarks(folder: Folder) -> None:
    root = folder(
        """
        id: blr-kgz
        title: Belarus and Kyrgyzstan
        parties: [{code: BLR}, {code: KGZ}]
        # Who acts.
        bodies:
          - id: mfa
            name: MFA
            kind: ministry
        """,
        head=False,
    )
    programme = with_fields("bodies", "mfa", note="Ask.")(open_programme(root))
    save(programme.model_copy(update={"keys": "two"}), root)
    assert "# Who acts.\nbodies:" in (root / "programme.yaml").read_text(encoding="utf-8")


def test_a_small_number_is_written_out(folder: Folder) -> None:
    root = folder("""
        projects:
          - id: elevators
            title: Elevators
            local_content: 5
        """)
    assert edit(root, with_fields("projects", "elevators", local_content="0.0000001")) == [
        "-    local_content: 5",
        "+    local_content: 0.0000001",
    ]
