"""A level of one period."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bilat.language import Message
from bilat.vocabulary import Period

PointKind = Literal["observed", "stated", "derived"]


@dataclass(frozen=True)
class Point:
    """A level of one period, in the base unit of its indicator (dollars, persons).

    part_months: set when a year was made from a part of it. error: log standard error, where the
    value is an estimate.
    """

    period: Period
    value: Decimal
    kind: PointKind
    sources: tuple[str, ...] = ()
    method: Message | None = None
    qualifier: str | None = None
    part_months: int | None = None
    error: float = 0.0

    @property
    def year(self) -> int:
        return self.period.start.year
