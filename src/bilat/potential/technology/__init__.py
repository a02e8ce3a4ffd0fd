"""How much technology is in what is traded, after Lall (2000): data with their sources.

``sitc3_lall.csv``: the 261 groups of SITC Rev. 3 and the category that Lall, S. (2000), “The
Technological Structure and Performance of Developing Country Manufactured Exports, 1985–98”,
Oxford Development Studies 28(3), gives each, in the Rev. 3 version that UNCTAD publishes.

``hs_sitc3.csv``: codes of the Harmonized System, 1992 to 2022, and the group each falls in by the
conversion tables of the UN Statistics Division (1992 to 2007 as the World Bank's WITS has them).
A heading stands for its codes where all of them fall in one group.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from bilat.potential.presence import Vector

CATEGORIES = ("PP", "RB1", "RB2", "LT1", "LT2", "MT1", "MT2", "MT3", "HT1", "HT2")
"""Primary; resource-based of agriculture, other; low (textiles, garments and footwear; other),
medium (automotive, process, engineering) and high technology (electronic and electrical; other)."""
UNCLASSIFIED = "NC"
ADVANCED = CATEGORIES[5:]
"""Medium and high technology."""


@cache
def category_of(product: str) -> str:
    """Of a product of 2, 4 or 6 digits; a shorter code only where all under it are of one category.

    >>> category_of("870110"), category_of("520100"), category_of("851713")
    ('MT3', 'PP', 'HT1')
    >>> category_of("8517"), category_of("710812")
    ('HT1', 'NC')
    """
    groups, lists = _groups(), _categories()
    for length in range(len(product), 3, -1):
        if group := groups.get(product[:length]):
            return lists[group]
    under = {lists[group] for code, group in groups.items() if code.startswith(product)}
    return under.pop() if len(under) == 1 else UNCLASSIFIED


def categories_of(products: Sequence[str]) -> tuple[str, ...]:
    return tuple(category_of(code) for code in products)


def contents(categories: Sequence[str], trade: Vector) -> Mapping[str, float]:
    """Category → its share in the trade (m,) of products of these categories, with what is not
    classified; NaN where nothing is traded."""
    amounts = dict.fromkeys((*CATEGORIES, UNCLASSIFIED), 0.0)
    for category, value in zip(categories, trade, strict=True):
        amounts[category] += float(value)
    total = sum(amounts.values())
    return {name: value / total if total else float("nan") for name, value in amounts.items()}


def advanced(shares: Mapping[str, float]) -> float:
    """The share of medium and high technology together."""
    return sum(shares[name] for name in ADVANCED)


@cache
def _groups() -> Mapping[str, str]:
    """Code of the Harmonized System, 4 or 6 digits → group of SITC Rev. 3."""
    return _table("hs_sitc3.csv")


@cache
def _categories() -> Mapping[str, str]:
    """Group of SITC Rev. 3 → category."""
    return _table("sitc3_lall.csv")


def _table(name: str) -> dict[str, str]:
    """Of two columns. Raises ValueError where a code comes twice."""
    with (files(__name__) / name).open(encoding="utf-8") as file:
        rows = [(code, value) for code, value in list(csv.reader(file))[1:]]
    table = dict(rows)
    if len(table) != len(rows):
        raise ValueError(name)
    return table
