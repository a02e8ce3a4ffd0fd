"""The programme's sectors are lists of codes with reasons."""

from __future__ import annotations

import re

import pytest

from bilat.potential.sectors import SectorUnknown, is_primary, sector_of, sectors


def test_a_sector_is_found_by_its_title_in_either_language() -> None:
    assert sector_of("Mechanical engineering") is sector_of("машиностроение")
    with pytest.raises(SectorUnknown, match=r"“shipping” is no sector\. Known are: agriculture"):
        sector_of("shipping")


def test_lifts_are_machines_and_needed_for_housing() -> None:
    assert sector_of("mechanical engineering").holds("842810")
    assert sector_of("housing").holds("842810")
    assert sector_of("housing").holds("8428"), "the heading holds the lifts"
    assert not sector_of("roads").holds("842810")
    assert {one.id for one in sectors() if one.meant == "demand"} == {"ecology", "housing", "roads"}


def test_every_code_and_reason_is_usable() -> None:
    for one in sectors():
        assert all(re.fullmatch(r"\d{2}|\d{4}|\d{6}", code) for code in one.codes), one.id
        assert len(one.codes) == len(set(one.codes)), one.id
        for group in one.groups:
            assert isinstance(group.reason, dict)
            assert group.reason["en"].endswith(".")
            assert group.reason["ru"].endswith(".")


def test_crude_oil_is_primary_and_petrol_is_processed() -> None:
    assert is_primary("270900")
    assert not is_primary("271012")
