"""Whatever is typed into a form, what is wrong with it is said in words, in either language."""

from __future__ import annotations

import re

import pytest
from tests.office.pages.forms_of_records import example, full, sent_of

from bilat.language import Words
from bilat.programme import KINDS
from bilat_office.pages.forms.reading import FormWrong, document_of
from bilat_office.pages.forms.shapes import Shape, shapes_of
from bilat_office.pages.forms.shown import shown_form

PYDANTIC = re.compile(r"Input should|String should|should (be|have)|required|permitted|Value error")
WRONG = ("soon", "-7", "14,1", "2027-13-45", "1e999", "NaN", "0.123456789", "9" * 90, "é" * 200)
SHAPES = ("x", "[]", "- x", "- [a]", "a: b", "- a: b", "[[[[1]]]]", "- {on: [1], percent: {}}")


def faults(section: str, typed: dict[str, str]) -> FormWrong | None:
    try:
        document_of(section, typed, {"id": "a"})
    except FormWrong as wrong:
        return wrong
    return None


@pytest.mark.parametrize("section", KINDS)
def test_a_wrong_value_in_any_field_is_told_in_our_words(section: str) -> None:
    typed = sent_of(section, full(section))
    told = set()
    for value in WRONG:
        wrong = faults(section, {name: value for name in typed if not name.endswith("-is")})
        assert wrong is not None
        for place, messages in wrong.at.items():
            assert place == "" or f"f_{place}" in "\n".join(typed)
            told |= {str(message) for message in messages}
    assert not [text for text in told if PYDANTIC.search(text)]
    assert not [text for text in told if "cannot be read here" in text]


@pytest.mark.parametrize("section", KINDS)
def test_yaml_of_another_shape_is_told_in_our_words(section: str) -> None:
    for value in SHAPES:
        wrong = faults(section, {f"f_{name}": value for name in KINDS[section].model_fields})
        told = [str(each) for found in (wrong.at if wrong else {}).values() for each in found]
        assert not [text for text in told if PYDANTIC.search(text)]
        assert not [text for text in told if "cannot be read here" in text]


@pytest.mark.parametrize("section", KINDS)
def test_what_is_needed_and_left_out_is_named(section: str) -> None:
    wrong = faults(section, {})
    needed = {name for name, shape in shapes_of(KINDS[section]).items() if shape.is_required}
    assert wrong is not None
    assert set(wrong.errors) >= needed - {"id", "indicator"} or section == "observations"
    assert {str(each) for found in wrong.at.values() for each in found} <= {
        "This is needed.",
        "At least one entry is needed here.",
    }


@pytest.mark.parametrize(
    ("section", "name", "value", "said"),
    [
        ("contacts", "f_held", "28.11.2024", "write 2024, 2025-H1, 2025-Q2, 2024-11"),
        ("contacts", "f_starts", "noon", "“noon” is no time of day. Write hours and minutes"),
        ("contacts", "f_number", "twelve", "“twelve” is no whole number. Write digits alone"),
        ("contacts", "f_number", "0", "0 is too small: write 1 or more."),
        ("contacts", "f_kind", "dream", "“dream” is not among the choices: visit, session"),
        ("contacts", "f_cancelled", "perhaps", "“perhaps” is neither yes nor no."),
        ("bodies", "f_email", "nowhere", "Write it as in office@ministry.example."),
        ("bodies", "f_at-lat", "95", "95 is too large: write 90 or less."),
        ("bodies", "f_at-lat", "14,1", "“14,1” is no number. Write digits, with a point"),
        ("projects", "f_products", "8428\n84", ""),
        ("projects", "f_products", "8428\nlifts", "“lifts” does not have the right form."),
        ("targets", "f_unit", "USd", "did you mean USD?"),
        ("deals", "f_amount-amount", "0.12345", "too many digits after the point: write 4"),
        ("deals", "f_amount-amount", "9" * 30, "is too long: write 24 digits or fewer."),
        ("deals", "f_terms-start", "1850-01-01", "is too small: write 1900-01-01 or more."),
        ("deals", "f_terms-taxes-0-percent", "x", "“x” is no number."),
        ("outlooks", "f_years-0-levels", "1\n2", "There are 2 entries; 7 or more are needed."),
        ("outlooks", "f_years-0-levels", "1\n" * 8, "There are too many entries; write 7 or"),
        ("outlooks", "f_made", "tomorrow", "“tomorrow” is no day. Write year, month, day"),
        ("facilities", "f_provisions-is", "1", "At least one entry is needed here."),
        ("deals", "f_terms-rate-index", "é" * 90, "Write 80 characters or fewer."),
        ("deals", "f_terms-advance-is", "1", "“percent” or “amount” is needed here"),
        ("commitments", "f_evidence", "- {on: [", "This is no YAML: see line 1"),
        ("commitments", "f_evidence", "- {zoo: 1}", "There is no such field. Take it out."),
    ],
)
def test_what_is_wrong_is_said_with_what_is_expected(
    section: str, name: str, value: str, said: str
) -> None:
    wrong = faults(section, {name: value})
    assert wrong is not None
    place = name.removeprefix("f_").removesuffix("-is")
    told = [str(each) for at, found in wrong.at.items() for each in found if at.startswith(place)]
    assert said in " ".join(told) if said else not told


def test_an_id_is_told_with_an_example() -> None:
    with pytest.raises(FormWrong) as wrong:
        document_of("commitments", {"f_title__en": "x"}, {"id": "no id!"})
    assert "as in roadmap-2030." in str(wrong.value.at["id"][0])


@pytest.mark.parametrize("section", KINDS)
def test_every_field_is_told_from_its_type(section: str) -> None:
    """None is left to YAML; no list to choose from lies inside another list without its entry."""

    def kinds(shapes: list[Shape]) -> set[str]:
        found = {shape.kind for shape in shapes}
        inner = [each for shape in shapes for each in (*shape.fields.values(), shape.item) if each]
        return found | (kinds(inner) if inner else set())

    assert "yaml" not in kinds(list(shapes_of(KINDS[section]).values()))


def test_every_error_leads_to_an_input_of_its_page() -> None:
    typed = {f"f_{name}": "x" for name in ("terms-start", "terms-fees-0-percent", "amount-amount")}
    wrong = faults("deals", typed)
    assert wrong is not None
    form = shown_form("deals", {}, example(), Words("en"), typed, wrong.at)
    assert {each["anchor"] for each in form["errors"]} >= {"f_terms-start", "f_title__en"}
    assert all(each["anchor"] for each in form["errors"])
    assert "Terms › Fees › Fee 1 › Percent" in {each["label"] for each in form["errors"]}
