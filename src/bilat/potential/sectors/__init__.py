"""Sectors of a programme as lists of product codes, and which goods are primary: data with reasons.

A sector is a YAML file of this folder: what it is called, whether it is meant as what one side
makes or as what the other needs, and its codes, each list with the reason why it is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from bilat.errors import BilatError
from bilat.language import Text, pick, say

PRIMARY = "primary"
"""The list of goods that are grown, caught or dug and hardly worked."""


@dataclass(frozen=True)
class Group:
    """Codes of the Harmonized System with their reason; a shorter code holds for all under it."""

    codes: tuple[str, ...]
    reason: Text


@dataclass(frozen=True)
class Sector:
    """meant: ``supply`` for what somebody makes, ``demand`` for what somebody needs."""

    id: str
    title: Text
    meant: Literal["supply", "demand"]
    groups: tuple[Group, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for group in self.groups for code in group.codes)

    def holds(self, product: str) -> bool:
        """Also true of a product of fewer digits than a code that stands under it."""
        return any(product.startswith(code) or code.startswith(product) for code in self.codes)


class SectorUnknown(BilatError):
    """No list of codes has this name."""

    def __init__(self, name: str) -> None:
        known = ", ".join(str(pick(one.title, "en")) for one in sectors())
        super().__init__(say("“{name}” is no sector. Known are: {known}", name=name, known=known))


def sector_of(name: str) -> Sector:
    """By id or by title in any language, in any case. Raises SectorUnknown."""
    wanted = name.strip().casefold()
    for one in sectors():
        titles = one.title.values() if isinstance(one.title, dict) else [one.title]
        if wanted in {one.id.casefold(), *(str(title).casefold() for title in titles)}:
            return one
    raise SectorUnknown(name)


@cache
def sectors() -> tuple[Sector, ...]:
    """All but the list of primary goods, by id."""
    return tuple(one for one in _all() if one.id != PRIMARY)


def is_primary(product: str) -> bool:
    return product.startswith(_primary())


@cache
def _primary() -> tuple[str, ...]:
    return next(one.codes for one in _all() if one.id == PRIMARY)


@cache
def _all() -> tuple[Sector, ...]:
    folder: Any = files(__name__)
    found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(_sector(name, (folder / name).read_text(encoding="utf-8")) for name in found)


def _sector(name: str, text: str) -> Sector:
    data = yaml.safe_load(text)
    groups = tuple(Group(tuple(one["codes"]), one["reason"]) for one in data["groups"])
    return Sector(name.removesuffix(".yaml"), data["title"], data["meant"], groups)
