"""Countries by code, named as their own people and their partners name them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bilat.vocabulary import country_name, is_country, time_zone


@pytest.mark.parametrize(
    ("code", "english", "russian"),
    [
        ("BLR", "Belarus", "Беларусь"),
        ("KGZ", "Kyrgyzstan", "Кыргызстан"),
        ("KAZ", "Kazakhstan", "Казахстан"),
        ("UZB", "Uzbekistan", "Узбекистан"),
    ],
)
def test_a_country_has_its_usual_name(code: str, english: str, russian: str) -> None:
    assert (country_name(code, "en"), country_name(code, "ru")) == (english, russian)


def test_kyrgyzstan_is_named_as_it_names_itself_in_russian_only() -> None:
    assert country_name("KGZ", "de") == "Kirgisistan"


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert country_name("XYZ", "en") == "XYZ"


@pytest.mark.parametrize("code", ["BLR", "KGZ", "CHN", "GBR"])
def test_alpha_3_codes_are_known(code: str) -> None:
    assert is_country(code)


@pytest.mark.parametrize("code", ["BY", "blr", "XYZ", "EUR", "419", ""])
def test_anything_else_is_no_country(code: str) -> None:
    assert not is_country(code)


@pytest.mark.parametrize("code", ["DDR", "BUR", "ZAR"])
def test_a_state_that_is_gone_is_no_party(code: str) -> None:
    assert not is_country(code)


@pytest.mark.parametrize(
    ("code", "zone"),
    [("BLR", "Europe/Minsk"), ("KGZ", "Asia/Bishkek"), ("CHN", "Asia/Shanghai")],
)
def test_calendars_get_the_time_of_the_country(code: str, zone: str) -> None:
    assert time_zone(code) == zone
    assert ZoneInfo(zone).key == zone


@pytest.mark.parametrize(
    ("code", "zone"), [("UZB", "Asia/Tashkent"), ("ESP", "Europe/Madrid"), ("PRT", "Europe/Lisbon")]
)
def test_a_country_of_several_zones_gets_the_primary_one(code: str, zone: str) -> None:
    assert time_zone(code) == zone


def test_an_unknown_code_has_universal_time() -> None:
    assert time_zone("XYZ") == "UTC"
