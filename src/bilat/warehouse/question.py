"""A question: which reports, and as known on which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, fields, replace
from datetime import date
from functools import wraps
from inspect import Parameter, signature
from typing import Any, Concatenate, ParamSpec, TypeVar

Conditions = ParamSpec("Conditions")
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Question:
    """Conditions that all hold; None is no condition.

    start, months: the period itself. since, until: periods that begin from since to before until.
    as_of: of the vintages of a number the latest that was published by that day counts.
    """

    reporter: str | None = None
    partner: str | None = None
    flow: str | None = None
    product: str | None = None
    classification: str | None = None
    dataset: str | None = None
    since: date | None = None
    until: date | None = None
    start: date | None = None
    months: int | None = None
    _: KW_ONLY
    as_of: date

    @property
    def asked(self) -> dict[str, Any]:
        """The conditions that there are, by their names in `bilat.warehouse.queries`."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in values if value is not None}

    @property
    def ranges(self) -> dict[str, tuple[Any, Any]]:
        """Lowest and highest value of the columns that matter, to choose files by."""
        ranges = {name: (value, value) for name, value in self.asked.items()}
        for name in ("since", "until", "as_of"):
            ranges.pop(name, None)
        if self.start is None and (self.since is not None or self.until is not None):
            ranges["start"] = (self.since, self.until)
        return {**ranges, "vintage": (None, self.as_of)}

    def turned(self) -> Question:
        """The same of the other side: reporter and partner change places."""
        return replace(self, reporter=self.partner, partner=self.reporter)


def asks(
    question: Callable[Conditions, Question],
) -> Callable[
    [Callable[[Asked, Question], Answer]], Callable[Concatenate[Asked, Conditions], Answer]
]:
    """A method that answers a question takes its conditions: ``flows("BLR", as_of=day)``."""

    def taking(
        method: Callable[[Asked, Question], Answer],
    ) -> Callable[Concatenate[Asked, Conditions], Answer]:
        @wraps(method)
        def ask(
            asked: Asked, /, *conditions: Conditions.args, **named: Conditions.kwargs
        ) -> Answer:
            return method(asked, question(*conditions, **named))

        itself = Parameter("self", Parameter.POSITIONAL_ONLY)
        taken = signature(question).parameters.values()
        told = signature(method).replace(parameters=[itself, *taken])
        ask.__signature__ = told  # type: ignore[attr-defined] # what help() shows
        return ask

    return taking
