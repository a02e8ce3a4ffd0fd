"""The published JSON Schema, with which editors complete and check a programme file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from tests.core.programme.strategies import programmes

from bilat.programme import KINDS, Programme, programme_schema, save, scaffold, section_schema
from bilat.programme.yaml_text import YamlText

VALIDATOR = Draft202012Validator(programme_schema())


def data_in(path: Path) -> Any:
    return YamlText(path.name, path.read_text(encoding="utf-8")).read()[0]


def complaints(data: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(data)]


@pytest.fixture
def started(tmp_path: Path) -> dict[str, Any]:
    """The data of a programme that someone has just started."""
    scaffold("BLR", "KGZ", tmp_path, as_of=date(2026, 3, 1))
    data: dict[str, Any] = data_in(tmp_path / "programme.yaml")
    return data


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(programme_schema())


@pytest.mark.parametrize("section", KINDS)
def test_the_schema_of_every_section_is_one(section: str) -> None:
    Draft202012Validator.check_schema(section_schema(section))


def test_a_new_programme_fits_the_schema(started: dict[str, Any]) -> None:
    assert complaints(started) == []


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programmes())
def test_whatever_is_saved_fits_the_schema(programme: Programme) -> None:
    with TemporaryDirectory() as place:
        save(programme, place)
        assert complaints(data_in(Path(place) / "programme.yaml")) == []


def test_an_unknown_key_does_not_fit(started: dict[str, Any]) -> None:
    (complaint,) = complaints({**started, "commitmens": []})
    assert "'commitmens' was unexpected" in complaint


def test_an_unknown_key_inside_a_record_does_not_fit(started: dict[str, Any]) -> None:
    started["bodies"][0]["nme"] = "MFA"
    (complaint,) = complaints(started)
    assert "'nme' was unexpected" in complaint


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("2024-01/2024-09", True),
        ("2025-Q2", True),
        (2024, True),
        ("28.11.2024", False),
        ("2025-Q5", False),
    ],
)
def test_dates_have_the_notations_that_are_read(
    started: dict[str, Any], written: str | int, fits: bool
) -> None:
    document = {"id": "d", "title": "D", "kind": "roadmap", "signed": written}
    assert (complaints({**started, "documents": [document]}) == []) is fits


@pytest.mark.parametrize(
    ("title", "fits"),
    [
        ("Trade", True),
        ({"en": "Trade", "ky": "Соода"}, True),
        ({"rus": "Торговля"}, False),
        ({}, False),
    ],
)
def test_a_text_is_one_or_one_for_each_language(
    started: dict[str, Any], title: Any, fits: bool
) -> None:
    assert (complaints({**started, "title": title}) == []) is fits


def test_a_file_of_one_section_is_a_list_of_its_records() -> None:
    validator = Draft202012Validator(section_schema("bodies"))
    assert validator.is_valid([{"id": "mfa", "name": "MFA", "kind": "ministry"}])
    assert not validator.is_valid({"id": "mfa", "name": "MFA", "kind": "ministry"})
    assert not validator.is_valid([{"id": "mfa", "name": "MFA", "kind": "minister"}])


def test_an_editor_tells_what_a_field_means() -> None:
    source = programme_schema()["$defs"]["Source"]["properties"]
    assert source["address"]["description"] == "Web address, or where the paper is kept."


def test_an_observation_needs_no_id() -> None:
    validator = Draft202012Validator(section_schema("observations"))
    row = {"indicator": "trade", "reporter": "BLR", "period": 2024, "value": 1, "unit": "USD"}
    assert validator.is_valid([row])
