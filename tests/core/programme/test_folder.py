"""Opening a programme folder: sections add up; bad records are problems beside the good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bilat.errors import FolderMissing, ProgrammeInvalid
from bilat.programme import load, open_programme

Folder = Callable[..., Path]
Errors = Callable[[Path], list[str]]


def test_a_folder_without_programme_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FolderMissing, match=r"no programme\.yaml here\. Name the folder"):
        load(tmp_path)


def test_a_head_alone_is_a_programme(folder: Folder) -> None:
    programme = open_programme(folder())
    assert (programme.id, programme.sides) == ("blr-kgz", ("BLR", "KGZ"))


def test_an_address_may_be_text(folder: Folder) -> None:
    assert open_programme(str(folder())).id == "blr-kgz"


def test_sections_may_stand_in_three_places_and_add_up(folder: Folder) -> None:
    root = folder(
        """
        sources:
          - {id: a, title: In the programme, publisher: P}
        """,
        **{
            "sources.yaml": "- {id: b, title: In a list, publisher: P}\n",
            "sources.csv": "id,title,publisher\nc,In a table,P\n",
        },
    )
    assert [source.id for source in open_programme(root).sources] == ["a", "b", "c"]


def test_records_of_one_file_may_refer_to_those_of_another(folder: Folder) -> None:
    root = folder(
        "bodies: [{id: ministry, name: Ministry, kind: ministry}]\n",
        **{"commitments.yaml": "- {id: m1, title: Measure, owners: [ministry]}\n"},
    )
    assert open_programme(root).commitments[0].owners == ("ministry",)


def test_good_records_come_back_beside_a_bad_one(folder: Folder) -> None:
    root = folder("""
        sources:
          - {id: a, title: One, publisher: P}
          - {id: b, title: Two}
          - {id: c, title: Three, publisher: P}
        """)
    loaded = load(root)
    assert loaded.programme is not None
    assert [source.id for source in loaded.programme.sources] == ["a", "c"]
    assert [problem.place.line for problem in loaded.errors] == [3]


def test_a_refused_record_may_still_be_referred_to(folder: Folder, errors: Errors) -> None:
    root = folder("""
        sources:
          - {id: press, title: One}
        bodies:
          - {id: mfa, name: MFA, kind: ministry, sources: [press]}
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:2:5: the key “publisher” is missing. "
        "Add it: a record of this kind cannot do without."
    )


def test_a_record_with_a_misspelt_key_is_kept_without_it(folder: Folder) -> None:
    root = folder("""
        sources:
          - {id: a, title: One, publisher: P, adress: x}
        """)
    loaded = load(root)
    assert loaded.programme is not None
    assert loaded.programme.sources[0].address is None


def test_a_misspelt_key_does_not_hide_a_wrong_value(folder: Folder) -> None:
    root = folder("""
        documents:
          - id: roadmap
            titel: Roadmap
            title: Roadmap
            kind: raodmap
        """)
    assert [problem.place.line for problem in load(root).errors] == [3, 5]


def test_all_problems_come_at_once_in_the_order_of_the_files(folder: Folder) -> None:
    root = folder(
        """
        sources:
          - {id: a, title: One}
        documents:
          - {id: d, title: Roadmap, kind: roadmap, signed: 2024-13}
        """,
        **{
            "bodies.csv": "id,name,kind\nb1,Bank,bank\nb2,Bank,bnak\n",
            "contacts.yaml": "- {id: c, title: Visit, kind: visit, host: RUS}\n",
        },
    )
    assert [f"{p.place.file}:{p.place.line}" for p in load(root).errors] == [
        "bodies.csv:3",
        "contacts.yaml:1",
        "programme.yaml:2",
        "programme.yaml:4",
    ]


def test_opening_a_folder_with_errors_raises_with_all_of_them(folder: Folder) -> None:
    root = folder("""
        sources:
          - {id: a, title: One}
          - {id: b, publisher: P}
        """)
    with pytest.raises(ProgrammeInvalid, match="The programme has 2 errors") as invalid:
        open_programme(root)
    assert [problem.place.line for problem in invalid.value.problems] == [2, 3]


def test_opening_a_folder_with_mere_warnings_does_not_raise(folder: Folder) -> None:
    root = folder("documents: [{id: d, title: Roadmap, kind: roadmap}]\n")
    assert [problem.severity for problem in load(root).problems] == ["warning"]
    assert open_programme(root).documents[0].id == "d"


def test_without_a_readable_head_there_is_no_programme(folder: Folder, errors: Errors) -> None:
    root = folder("id: blr-kgz\nparties: [{code: BLR}, {code: KGZ}]\n", head=False)
    assert load(root).programme is None
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:1:1: the key “title” is missing. "
        "Add it: a record of this kind cannot do without."
    )


def test_without_a_readable_head_the_records_are_still_looked_at(folder: Folder) -> None:
    root = folder("sources: [{id: a, title: One}]\nid: blr-kgz\n", head=False)
    assert {problem.subject for problem in load(root).errors} == {
        "sources[0].publisher",
        "title",
        "parties",
    }


def test_broken_yaml_is_one_problem_with_its_line(folder: Folder, errors: Errors) -> None:
    (problem,) = errors(folder("sources:\n  - {id: a\nbodies: []\n"))
    assert problem.startswith("programme.yaml:3:7: this is not valid YAML: ")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("", "a group of keys"), ("just words\n", "a group of keys"), ("- a\n", "a group of keys")],
)
def test_a_file_that_is_no_programme_says_what_it_should_be(
    folder: Folder, errors: Errors, text: str, wanted: str
) -> None:
    (problem,) = errors(folder(text, head=False))
    assert problem.startswith(f"programme.yaml:1:1: {wanted} is expected here.")


def test_a_section_that_is_no_list_says_so(folder: Folder, errors: Errors) -> None:
    (problem,) = errors(folder("sources:\n  id: a\n"))
    assert problem.startswith("programme.yaml:2:3: a list of records is expected here.")


def test_a_file_of_a_section_that_is_no_list_says_so(folder: Folder, errors: Errors) -> None:
    (problem,) = errors(folder(**{"figures.yaml": "id: a\n"}))
    assert problem.startswith("figures.yaml:1:1: a list of records is expected here.")


def test_a_record_that_is_a_word_says_so(folder: Folder, errors: Errors) -> None:
    (problem,) = errors(folder("sources:\n  - press\n"))
    assert problem.startswith("programme.yaml:2:5: a group of keys is expected here, not “press”.")


def test_an_empty_section_and_an_empty_file_hold_no_records(folder: Folder) -> None:
    root = folder("sources:\n", **{"figures.yaml": "", "observations.csv": ""})
    assert list(open_programme(root).records()) == []


def test_a_third_party_is_one_too_many(folder: Folder, errors: Errors) -> None:
    root = folder(
        """
        id: three
        title: Three
        parties: [{code: BLR}, {code: KGZ}, {code: UZB}]
        """,
        head=False,
    )
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:3:10: “parties” has 3 entries; it needs 2. "
        "Add what is missing, or take out what is too much."
    )


def test_an_unknown_country_is_not_also_a_missing_party(folder: Folder, errors: Errors) -> None:
    root = folder(
        """
        id: two
        title: Two
        parties: [{code: BLR}, {code: KGS}]
        """,
        head=False,
    )
    (problem,) = errors(root)
    assert "“KGS” is not a country code of ISO 3166" in problem


def test_a_record_remembers_the_file_that_it_came_from(folder: Folder) -> None:
    root = folder(**{"sources.csv": "id,title,publisher\na,One,P\n"})
    assert load(root).origins["sources", "a"].file.name == "sources.csv"


def test_a_problem_names_the_field_that_it_is_about(folder: Folder) -> None:
    root = folder("sources: [{id: a, title: One, publisher: P, published: soon}]\n")
    assert [problem.subject for problem in load(root).errors] == ["sources[0].published"]


@pytest.mark.parametrize(
    ("name", "meant"), [("figures.yml", "figures.yaml"), ("observation.csv", "observations.csv")]
)
def test_a_file_with_nearly_the_name_of_a_section_is_not_left_out_in_silence(
    folder: Callable[..., Path], name: str, meant: str
) -> None:
    (problem,) = load(folder(**{name: "[]", "notes.txt": "mine"})).problems
    assert (problem.place.file, problem.severity) == (name, "warning")
    assert meant in str(problem.remedy)


def test_a_time_zone_that_does_not_exist_is_said(
    folder: Callable[..., Path], errors: Callable[[Path], list[str]]
) -> None:
    root = folder(
        "id: x\ntitle: T\nparties: [{code: BLR, time_zone: Europe/Mensk}, {code: KGZ}]\n",
        head=False,
    )
    (problem,) = errors(root)
    assert "“Europe/Mensk” is no time zone; write it as in Europe/Minsk" in problem
