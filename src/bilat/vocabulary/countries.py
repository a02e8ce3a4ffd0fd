"""Countries by ISO 3166 alpha-3 code, with names and time zones from CLDR (through Babel)."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global
from pydantic import AfterValidator, WithJsonSchema

from bilat.language import say
from bilat.vocabulary.text_type import Unreadable, refuse

# CLDR's Russian keeps the Soviet-era name; the state's own name in Russian is another.
_NAMES = {("KGZ", "ru"): "Кыргызстан"}


# CLDR resolves more than ISO 3166-1 lists: retired states (ISO 3166-3) and private-use codes.
_RETIRED = frozenset(("ANT", "BUR", "DDR", "FXX", "NTZ", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"))
_PRIVATE = re.compile(r"AAA|Q[M-Z].|X..|ZZ.")


@lru_cache(maxsize=1)
def _alpha2() -> dict[str, str]:
    """alpha-3 → alpha-2 of today's countries, from CLDR."""
    aliases = get_global("territory_aliases")
    return {
        code: aliases[code][0]
        for code in aliases
        if len(code) == 3
        and code.isalpha()
        and code not in _RETIRED
        and not _PRIVATE.fullmatch(code)
    }


def is_country(code: str) -> bool:
    """True for an ISO 3166 alpha-3 code such as BLR."""
    return code in _alpha2()


def country_name(code: str, lang: str) -> str:
    """The country's short name in ``lang``; the code itself if no name is known."""
    if (code, lang) in _NAMES:
        return _NAMES[code, lang]
    return str(Locale.parse(lang).territories.get(_alpha2().get(code, ""), code))


# CLDR's primary zones: countries of several zones where one stands for the whole.
_PRIMARY = {
    "CHL": "America/Santiago",
    "CHN": "Asia/Shanghai",
    "DEU": "Europe/Berlin",
    "ECU": "America/Guayaquil",
    "ESP": "Europe/Madrid",
    "MHL": "Pacific/Majuro",
    "MYS": "Asia/Kuala_Lumpur",
    "NZL": "Pacific/Auckland",
    "PRT": "Europe/Lisbon",
    "UKR": "Europe/Kyiv",
    "UZB": "Asia/Tashkent",
}


def time_zone(code: str) -> str:
    """An IANA time zone of the country: CLDR's primary one, else the most used one.

    The time zone database lists the zones of a country with the most used first.
    """
    if code in _PRIMARY:
        return _PRIMARY[code]
    territory = _alpha2().get(code, "")
    return next((zone for zone, owner in _zones() if owner == territory), "UTC")


@lru_cache(maxsize=1)
def _zones() -> list[tuple[str, str]]:
    """(zone, alpha-2) in the order of the time zone database."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return [(zone, territory) for territory, _place, zone, *_rest in rows]


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse(
            Unreadable(say("“{name}” is no time zone; write it as in Europe/Minsk", name=name))
        ) from None
    return name


TimeZone = Annotated[
    str,
    AfterValidator(_check_zone),
    WithJsonSchema({"type": "string", "examples": ["Europe/Minsk"]}),
]
"""An IANA name."""


def _check_country(code: str) -> str:
    if not is_country(code):
        raise refuse(
            Unreadable(say("“{code}” is not a country code of ISO 3166 (three letters)", code=code))
        )
    return code


CountryCode = Annotated[
    str,
    AfterValidator(_check_country),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["BLR"]}),
]
