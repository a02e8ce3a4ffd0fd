"""Rules as data: what must stand where for a verdict, in order; the first that holds decides.

A rule names what it gives, under ``when`` the features that must all be there (alternatives apart
by ``|``), under ``unless`` those that forbid it, and an example and a counter-example, which are
run as tests. Features are the names of terms (``goal``, ``goal/noun``) in the scopes ``clause``,
``sentence``, ``before`` and ``near``, and what the readers find out, under ``is``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bilat.reading.data import load

Features = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Condition:
    """In one scope: every one of these (alternatives inside)."""

    scope: str
    terms: tuple[tuple[str, ...], ...]

    def all_in(self, features: Features) -> bool:
        known = features.get(self.scope, frozenset())
        for either in self.terms:  # noqa: SIM110 - a loop is quicker, and this is asked often
            if known.isdisjoint(either):
                return False
        return True

    def any_in(self, features: Features) -> bool:
        known = features.get(self.scope, frozenset())
        for either in self.terms:  # noqa: SIM110 - as above
            if not known.isdisjoint(either):
                return True
        return False


@dataclass(frozen=True)
class Rule:
    """gives: the verdict. confidence: of what it finds, 0 to 1. why: for a person who asks."""

    name: str
    gives: str
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    manner: str
    confidence: float
    optional: bool
    data: Mapping[str, Any]

    def holds(self, features: Features) -> bool:
        return all(c.all_in(features) for c in self.when) and not any(
            c.any_in(features) for c in self.unless
        )


@lru_cache(maxsize=32)
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of one file, in order."""
    return tuple(_rule(name, row) for row in load("rules", name))


def verdict(name: str, features: Features) -> Rule | None:
    """The first rule of the file that holds."""
    return next((rule for rule in rules(name) if rule.holds(features)), None)


def _rule(file: str, row: Mapping[str, Any]) -> Rule:
    return Rule(
        name=f"{file}.{row['name']}",
        gives=str(row["gives"]),
        when=conditions(row.get("when", {})),
        unless=conditions(row.get("unless", {})),
        manner=str(row.get("manner", "reported")),
        confidence=float(row.get("confidence", 0.8)),
        optional=bool(row.get("optional", False)),
        data=row,
    )


def conditions(row: Mapping[str, Sequence[str]]) -> tuple[Condition, ...]:
    """Of ``when`` or ``unless``, as they are written."""
    return tuple(
        Condition(scope, tuple(tuple(str(one).split("|")) for one in wanted))
        for scope, wanted in row.items()
    )


def named(found: Iterable[Any]) -> frozenset[str]:
    """Terms as features: their group, and group/value."""
    out: set[str] = set()
    for term in found:
        out.add(term.group)
        out.add(term.name)
    return frozenset(out)


@lru_cache(maxsize=500)
def leaves(name: str) -> bool:
    """Whether the rule of this name, ``file.rule``, leaves what it finds."""
    file = name.partition(".")[0]
    return any(rule.name == name and rule.gives == "left" for rule in rules(file))
