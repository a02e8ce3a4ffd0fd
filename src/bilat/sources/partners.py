"""Which country a name or code means: CLDR's names, the codes of M49, and what a dataset adds."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.core import get_global

from bilat.programme.yaml_text import YamlText
from bilat.sources.dataset import Areas
from bilat.sources.report import UNSPECIFIED, WORLD
from bilat.vocabulary import country_name, is_country

_MARKS = re.compile(r"[^0-9a-zа-яґєіїўәғқңөұүһ]+")
_SHORT = {"&": " and ", "st.": " saint ", "о-ва": " острова ", "о-в": " остров "}
"""CLDR's short forms → as tables write them."""


@dataclass(frozen=True)
class Area:
    """A country, a group of them, the world, or a rest; `kind` is one of PARTNER_KINDS."""

    code: str
    kind: str = "country"


@dataclass(frozen=True)
class Atlas:
    """What a dataset's column of areas can say."""

    spec: Areas
    beside: Mapping[str, str] = field(default_factory=dict)
    """Code → alpha-3 by the publisher's own table."""

    def find(self, text: str | None) -> Area | None:
        """The area; None when the text is not known. What the dataset says goes first."""
        key = self._key(text or "")
        if is_area(self.beside.get(key, "")):
            return Area(self.beside[key])
        return self._own.get(key) or self._common.get(key) if key else None

    def nearest(self, text: str) -> str | None:
        """The known writing that is most like ``text``."""
        if self.spec.by != "name":
            return None
        names = {**self._own_written, **_written(self.spec.languages)}
        near = difflib.get_close_matches(plain(text), list(names), n=1, cutoff=0.6)
        return names[near[0]] if near else None

    def _key(self, text: str) -> str:
        if self.spec.by == "name":
            return plain(text)
        code = text.strip().upper()
        if self.spec.by == "m49" and code:
            return code.lstrip("0") or "0"
        return code

    @cached_property
    def _own(self) -> dict[str, Area]:
        areas = {name: Area(code) for name, code in self.spec.aliases.items()}
        areas |= {name: Area(rest, "unspecified") for name, rest in self.spec.rests.items()}
        areas |= {name: Area(group, "group") for name, group in self.spec.groups.items()}
        areas |= {name: Area(WORLD, "world") for name in self.spec.world}
        first = self.spec.unspecified[:1]
        areas |= {
            name: Area(UNSPECIFIED if name in first else name, "unspecified")
            for name in self.spec.unspecified
        }
        return {self._key(name): area for name, area in areas.items()}

    @cached_property
    def _own_written(self) -> dict[str, str]:
        own = (*self.spec.aliases, *self.spec.groups, *self.spec.world, *self.spec.unspecified)
        return {plain(name): name for name in own}

    @cached_property
    def _common(self) -> dict[str, Area]:
        if self.spec.by == "name":
            return names(self.spec.languages)
        return {"m49": m49, "alpha2": _by_alpha2, "alpha3": _by_alpha3}[self.spec.by]()


def plain(text: str) -> str:
    """A name without case, accents and punctuation: «Виргинские Острова, Сша» is «… США»."""
    folded = text.casefold()
    for short, full in _SHORT.items():
        folded = folded.replace(short, full)
    bare = unicodedata.normalize("NFKD", folded)
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return _MARKS.sub(" ", letters).strip()


@cache
def alpha2_codes() -> dict[str, str]:
    """alpha-3 → alpha-2 of today's countries, from CLDR."""
    aliases = get_global("territory_aliases")
    return {code: to[0] for code, to in aliases.items() if is_country(code)}


@cache
def names(languages: tuple[str, ...]) -> dict[str, Area]:
    """Plain name → country, in these languages."""
    return {plain(name): Area(code) for name, code in _spoken(languages)}


@cache
def _written(languages: tuple[str, ...]) -> dict[str, str]:
    return {plain(name): name for name, _code in _spoken(languages)}


def _spoken(languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(name, alpha-3): CLDR's names first, then the ones that tables use beside them."""
    codes = alpha2_codes()
    for language in languages:
        territories = Locale.parse(language).territories
        for code, two in codes.items():
            if two in territories:
                yield territories[two], code
                yield country_name(code, language), code
        for code, written in _yaml("names").get(language, {}).items():
            yield from ((name, code) for name in written)


@cache
def m49() -> dict[str, Area]:
    """Numeric code without leading zeros → area; those of Comtrade and BACI included."""
    three = {two: code for code, two in alpha2_codes().items()}
    numbers = {
        code.lstrip("0"): Area(three[to[0]])
        for code, to in get_global("territory_aliases").items()
        if code.isdigit() and len(to) == 1 and to[0] in three
    }
    special = _yaml("areas")
    numbers |= {code: Area(country) for code, country in special["countries"].items()}
    numbers |= {code: Area(WORLD, "world") for code in special["world"]}
    numbers |= {code: Area(UNSPECIFIED, "unspecified") for code in special["unspecified"]}
    numbers |= {code: Area(name, "unspecified") for code, name in special["rests"].items()}
    return numbers | {code: Area(name, "group") for code, name in special["groups"].items()}


@cache
def _by_alpha2() -> dict[str, Area]:
    return {two: Area(code) for code, two in alpha2_codes().items()}


@cache
def _by_alpha3() -> dict[str, Area]:
    codes = [*alpha2_codes(), *_yaml("areas")["historic"]]
    areas = {code: Area(code) for code in codes}
    return areas | {WORLD: Area(WORLD, "world"), UNSPECIFIED: Area(UNSPECIFIED, "unspecified")}


def is_area(code: str) -> bool:
    """True for the alpha-3 code of a country of today or of a state that is no more."""
    return is_country(code) or code in _yaml("areas")["historic"]


@cache
def _yaml(name: str) -> Any:
    file: Any = files("bilat.sources") / "codes" / f"{name}.yaml"
    data, problems = YamlText(f"{name}.yaml", file.read_text(encoding="utf-8")).read()
    assert not problems, problems  # noqa: S101 (a file of the package)
    return data
