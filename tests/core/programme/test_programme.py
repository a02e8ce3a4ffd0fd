"""Finding one's way in a programme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from bilat.programme import Body, Programme, Source, open_programme

Folder = Callable[..., Path]


@pytest.fixture
def programme(folder: Folder) -> Programme:
    return open_programme(
        folder("""
        sources: [{id: mfa, title: A page of the ministry, publisher: MFA}]
        bodies:
          - {id: mfa, name: {en: MFA, ru: МИД}, kind: ministry}
          - {id: bank, name: Bank, kind: bank}
        """)
    )


def test_a_record_is_found_by_kind_and_id(programme: Programme) -> None:
    body, source = programme.find(Body, "mfa"), programme.find(Source, "mfa")
    assert (body, source) == (programme.bodies[0], programme.sources[0])


@pytest.mark.parametrize("record_id", ["mof", None])
def test_what_is_not_there_is_not_found(programme: Programme, record_id: str | None) -> None:
    assert programme.find(Body, record_id) is None


def test_records_come_in_the_order_of_the_sections(programme: Programme) -> None:
    assert [(record.section, record.id) for record in programme.records()] == [
        ("sources", "mfa"),
        ("bodies", "mfa"),
        ("bodies", "bank"),
    ]


def test_each_side_knows_the_other(programme: Programme) -> None:
    assert (programme.other("BLR"), programme.other("KGZ")) == ("KGZ", "BLR")


def test_a_side_is_called_by_the_usual_name_of_its_country(programme: Programme) -> None:
    assert programme.side_name("KGZ") == {"en": "Kyrgyzstan", "ru": "Кыргызстан"}


def test_a_side_may_have_a_name_of_its_own(folder: Folder) -> None:
    root = folder(
        """
        id: two
        title: Two
        parties: [{code: BLR, name: Republic of Belarus}, {code: KGZ}]
        """,
        head=False,
    )
    assert open_programme(root).side_name("BLR") == "Republic of Belarus"


def test_a_third_country_is_shown_by_its_code(programme: Programme) -> None:
    assert programme.side_name("RUS") == "RUS"


@pytest.mark.parametrize(
    ("section", "label"),
    [("sources", "A page of the ministry"), ("bodies", {"en": "MFA", "ru": "МИД"})],
)
def test_a_record_is_called_by_its_title_or_name(
    programme: Programme, section: str, label: object
) -> None:
    assert programme.section(section)[0].label == label


def test_a_programme_with_another_section_leaves_the_first_as_it_was(programme: Programme) -> None:
    fewer = programme.with_fields(bodies=programme.bodies[1:])
    assert fewer.find(Body, "mfa") is None
    assert programme.find(Body, "mfa") is not None


def test_a_record_cannot_be_changed_behind_the_registers_back(programme: Programme) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        programme.bodies[0].kind = "bank"  # type: ignore[misc]
