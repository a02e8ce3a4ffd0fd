"""What a plan says: steps, chance, proof, explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bilat.language import Message, Text, say
from bilat.outlook.plan.limits import Limit
from bilat.vocabulary import Money

METHOD = say(
    "mixed-integer programme over scenarios of the measures, the chance in each given by the "
    "distribution of the baseline; checked on fresh draws"
)


@dataclass(frozen=True)
class Step:
    """A measure that the plan takes. year: of its planned start; start: the same day as stated, in
    that year. scale: share of it that is carried out. begun: it works already."""

    id: str
    title: Text
    year: int
    start: float
    scale: float
    cost: Money | None
    begun: bool = False


@dataclass(frozen=True)
class Check:
    """scenarios: the chance in those that the plan was made for. fresh: in ``draws`` others, with
    its standard error. without: in the same, without any measure."""

    scenarios: float
    fresh: float
    error: float
    without: float
    draws: int

    @property
    def optimism(self) -> float:
        """By how much the scenarios flatter the plan that was chosen on them."""
        return self.scenarios - self.fresh


@dataclass(frozen=True)
class Loss:
    """What the plan would be without one measure. also: ids of those that depend on it."""

    id: str
    also: tuple[str, ...]
    chance: float
    words: Message


@dataclass(frozen=True)
class Binding:
    """A limit that holds the plan back. used, amount, more: money in its currency, or starts. gain:
    of the chance on fresh draws, or money saved, if there were so much more: at least this."""

    limit: Limit
    used: float
    amount: float
    more: float
    gain: float
    words: Message


@dataclass(frozen=True)
class Plan:
    """goal: the greatest chance, or the least cost with a chance of at least ``asked``.

    bound: no plan has a greater chance in the scenarios, or costs less. gap: between the plan and
    the bound, as a share of the plan's value. closed: the gap asked for was reached. parts: of the
    space that were looked into.
    """

    goal: Literal["chance", "cost"]
    asked: float | None
    steps: tuple[Step, ...]
    cost: float
    currency: str | None
    chance: Check
    bound: float
    gap: float
    closed: bool
    parts: int
    losses: tuple[Loss, ...] = ()
    bindings: tuple[Binding, ...] = ()
    method: Message = METHOD


@dataclass(frozen=True)
class Lifted:
    """The greatest chance found if one limit did not hold."""

    limit: Message
    chance: float
    words: Message


@dataclass(frozen=True)
class Shortfall:
    """No plan within the limits has the chance asked for.

    proven: none can have it in the scenarios; else none was found. nearest: the plan with the
    greatest chance. lifted: without each limit in turn, the most helpful first. needed: the
    cheapest plan with that chance if money did not limit, None where there is none.
    """

    asked: float
    proven: bool
    nearest: Plan
    lifted: tuple[Lifted, ...]
    needed: Plan | None
    words: Message


@dataclass(frozen=True)
class Point:
    """One point of the frontier."""

    budget: Money
    plan: Plan
