"""Signs that are weighed together where no single rule is sure.

A sign holds under the same conditions as a rule does; the weights of those that hold are added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bilat.reading.data import load
from bilat.reading.rules import Condition, Features, conditions


@dataclass(frozen=True)
class Sign:
    """weight: above nought for, below nought against."""

    name: str
    weight: float
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]

    def holds(self, features: Features) -> bool:
        return all(c.all_in(features) for c in self.when) and not any(
            c.any_in(features) for c in self.unless
        )


@lru_cache(maxsize=8)
def scales(name: str) -> dict[str, tuple[float, tuple[Sign, ...]]]:
    """By the name of the scale: what is enough, and the signs."""
    return {
        row["scale"]: (float(row["enough"]), tuple(_sign(one) for one in row["signs"]))
        for row in load("signs", name)
    }


def _sign(row: dict[str, object]) -> Sign:
    return Sign(
        str(row["name"]),
        float(str(row["weight"])),
        conditions(row.get("when", {})),  # type: ignore[arg-type]
        conditions(row.get("unless", {})),  # type: ignore[arg-type]
    )


def signs_of(name: str, scale: str, features: Features) -> list[Sign]:
    """Those that hold."""
    return [sign for sign in scales(name)[scale][1] if sign.holds(features)]


def is_enough(name: str, scale: str, features: Features) -> bool:
    """Whether the signs that hold weigh enough together."""
    enough = scales(name)[scale][0]
    return sum(sign.weight for sign in signs_of(name, scale, features)) >= enough
