"""Countries as texts name them: names and adjectives, cities, in every case form.

Names come from CLDR (Babel); adjectives, peoples, other names and cities from the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from bilat.reading.data import load
from bilat.vocabulary.countries import is_country


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """alpha-3 → alpha-2."""
    aliases = get_global("territory_aliases")
    return {code: aliases[code][0] for code in aliases if len(code) == 3 and is_country(code)}


def country_phrases(language: str) -> Iterator[tuple[str, str, str]]:
    """(group, code or place, phrase): ``country`` by name, ``people`` by adjective, ``city``."""
    territories = Locale.parse(language).territories
    own = load("lexicon", "countries")
    for code, alpha2 in _codes().items():
        name = str(territories.get(alpha2, ""))
        if name and code not in own["unlike"] and len(name) > 3 and "(" not in name:
            yield "country", code, _literal(name) if language == "en" else name
    for code, words in own["names"].items():
        yield from (("country", code, _name(name, language)) for name in words.get(language, ()))
    for code, words in own["adjectives"].items():
        yield from (("people", code, _name(name, language)) for name in words.get(language, ()))
    for city, (_code, russian) in load("lexicon", "cities").items():
        for name in russian if language == "ru" else [city]:
            yield "city", city, _name(name, language)


def _name(name: str, language: str) -> str:
    return _literal(name) if language == "en" and "=" not in name else name


def _literal(phrase: str) -> str:
    return " ".join("=" + word.lstrip("=") for word in phrase.replace("&", "and").split())


def country_of(city: str) -> str | None:
    """The country of a city that the lexicon knows."""
    found = load("lexicon", "cities").get(city)
    return str(found[0]) if found else None
