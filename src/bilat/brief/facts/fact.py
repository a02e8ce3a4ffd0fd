"""What all facts of a brief share: frozen, typed, and every number with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, PlainSerializer, SerializationInfo, WithJsonSchema

from bilat.language import Message, Words
from bilat.trade import Point, Series
from bilat.vocabulary import Period, Quantity, Unit

WORDS = "words"
"""Key of the serialisation context that holds the `Words` of the reader."""


def _rendered(
    value: Message | str | Mapping[str, str] | None, info: SerializationInfo
) -> str | None:
    words = (info.context or {}).get(WORDS) or Words("en")
    return None if value is None else str(words(value))


Said = Annotated[
    Any,
    PlainSerializer(_rendered, return_type=str),
    WithJsonSchema({"type": "string"}),
]
"""A message, or a text of the programme, that JSON gets in the reader's language."""
MaybeSaid = Annotated[
    Any,
    PlainSerializer(_rendered, return_type=str | None),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "null"}]}),
]


class Fact(BaseModel):
    """Frozen; arbitrary values are checked where they were made."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True, extra="forbid")


class Level(Fact):
    """A value of one period as one side has it, in the base unit (dollars, persons)."""

    side: str
    period: Period
    value: Decimal
    unit: str
    kind: Literal["observed", "stated", "derived"]
    qualifier: str | None = None
    method: MaybeSaid = None
    sources: tuple[str, ...] = ()

    @classmethod
    def of(cls, point: Point, series: Series) -> Level:
        return cls(
            side=series.side,
            period=point.period,
            value=point.value,
            unit=series.indicator.unit.base,
            kind=point.kind,
            qualifier=point.qualifier,
            method=point.method,
            sources=point.sources,
        )

    def in_unit(self, unit: str) -> Quantity:
        """The value as people read it, in ``unit`` (same base as the level's own)."""
        return Quantity(self.value, Unit.parse(unit), self.qualifier)
