"""What was learned, as a table of numbers: writing it, and reading the one of the package."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from bilat.outlook.history.learning import Learned
from bilat.outlook.history.panel import Array
from bilat.outlook.history.shape import SHARES, Shape
from bilat.outlook.history.traits import LOCATION, SCALE

DIGITS = 5


@cache
def shipped() -> Learned:
    """The table of the package, made by ``scripts/learn_growth.py``."""
    text = (files("bilat.outlook") / "learned.json").read_text(encoding="utf-8")
    return from_table(json.loads(text))


def to_table(learned: Learned) -> dict[str, Any]:
    """What was learned as names and plain numbers; docs/methods/reference-class.md explains it."""
    return {
        "source": learned.source,
        "location": _named(LOCATION, learned.location),
        "middle": dict(zip(LOCATION, _rounded(learned.middle), strict=True)),
        "scale": _named(SCALE, learned.scale),
        "rebound": list(learned.rebound),
        "shock": _rounded(learned.shape.shock),
        "dependence": _rounded(learned.shape.dependence),
        "shares": [float(f"{share:.6g}") for share in SHARES],
        "quantiles": _rounded(learned.shape.quantiles),
    }


def from_table(table: dict[str, Any]) -> Learned:
    """The inverse of `to_table`. KeyError for a missing name: code and table must agree."""
    shape = Shape(
        quantiles=np.array(table["quantiles"]),
        shock=np.array(table["shock"]),
        dependence=np.array(table["dependence"]),
    )
    return Learned(
        location=np.array([table["location"][name] for name in LOCATION]).T,
        scale=np.array([table["scale"][name] for name in SCALE]).T,
        middle=np.array([table["middle"][name] for name in LOCATION]),
        shape=shape,
        rebound=(table["rebound"][0], table["rebound"][1]),
        source=table["source"],
    )


def _named(names: tuple[str, ...], by_horizon: Array) -> dict[str, Any]:
    return dict(zip(names, _rounded(by_horizon.T), strict=True))


def _rounded(numbers: Array) -> Any:
    return np.round(numbers, DIGITS).tolist()
