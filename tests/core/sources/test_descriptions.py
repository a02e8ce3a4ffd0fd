"""Descriptions: every one that comes with Bilat is whole, and a wrong one says where."""

from __future__ import annotations

from typing import Any

import pytest

from bilat.sources import DatasetInvalid, DatasetUnknown, dataset, datasets
from bilat.sources.dataset import Areas
from bilat.sources.partners import Atlas, is_area, m49
from bilat.vocabulary import is_country


@pytest.mark.parametrize("spec", datasets(), ids=lambda spec: str(spec.id))
def test_every_description_is_whole(spec: Any) -> None:
    assert dataset(spec.id) is spec
    assert spec.address.startswith("https://")
    assert all(is_area(code) for code in spec.partner.aliases.values())
    assert spec.values
    assert spec.flow.values or all(value.flow for value in spec.values)


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(DatasetUnknown, match="Did you mean “kgz-nsc”"):
        dataset("kgz-ncs")


def test_a_wrong_key_and_a_missing_one_have_their_lines(file: Any) -> None:
    own = file("own.yaml", "id: own\ntitel: Own\nkind: tabel\n")
    with pytest.raises(DatasetInvalid) as caught:
        dataset(own)
    told = [f"{problem.place}: {problem.what}" for problem in caught.value.problems]
    assert "own.yaml:2:1: unknown key “titel”" in told
    assert "own.yaml:3:7: “tabel” is not known here" in told
    assert any("the key “publisher” is missing" in text for text in told)


def test_broken_yaml_has_its_line(file: Any) -> None:
    with pytest.raises(DatasetInvalid, match=r"own\.yaml:2"):
        dataset(file("own.yaml", "id: own\nid: twice\n"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Киргизия", "KGZ"),
        ("Кыргызстан", "KGZ"),
        ("Корея, Республика", "KOR"),
        ("Великобритания", "GBR"),
        ("ЮАР", "ZAF"),
        ("СССР", "SUN"),
        ("Виргинские Острова, Сша", "VIR"),
        ("Trinidad and Tobago", "TTO"),
        ("St. Kitts & Nevis", "KNA"),
        ("Côte d’Ivoire", "CIV"),
        ("viet nam", "VNM"),
    ],
)
def test_names_in_two_languages(name: str, code: str) -> None:
    area = Atlas(Areas()).find(name)
    assert area is not None
    assert area.code == code


def test_letters_of_countries() -> None:
    three = Atlas(Areas(by="alpha3"))
    found = {code: three.find(code) for code in ("kgz", "SUN", "WLD", "_X", "XYZ")}
    kinds = {code: area and area.kind for code, area in found.items()}
    assert kinds == {
        "kgz": "country",
        "SUN": "country",
        "WLD": "world",
        "_X": "unspecified",
        "XYZ": None,
    }


def test_no_name_means_no_country() -> None:
    for by in ("name", "alpha2", "alpha3", "m49"):
        assert Atlas(Areas(by=by)).find("") is None
        assert Atlas(Areas(by=by)).find(None) is None


@pytest.mark.parametrize(
    ("number", "code"),
    {
        "4": "AFG",
        "8": "ALB",
        "398": "KAZ",
        "842": "USA",
        "757": "CHE",
        "699": "IND",
        "251": "FRA",
        "579": "NOR",
        "490": "TWN",
        "810": "SUN",
        "492": "MCO",
    }.items(),
)
def test_numbers_of_countries(number: str, code: str) -> None:
    assert m49()[number].code == code


def test_every_number_means_something() -> None:
    countries = [area.code for area in m49().values() if area.kind == "country"]
    assert len({code for code in countries if is_country(code)}) >= 245
    assert [code for code in countries if not is_area(code)] == []
