"""One record of a number in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from bilat.reading.calendars import When
from bilat.reading.rules import Features, Rule
from bilat.reading.subject import Subject


@dataclass(slots=True)
class Statement:
    """One record in the making. growth and multiple as the labelling rules have them.

    features: what could be said of its number in its place.
    """

    kind: str
    subject: Subject
    rule: Rule
    first: int
    last: int
    value: float | None = None
    currency: str | None = None
    growth: float | None = None
    multiple: float | None = None
    qualifier: str | None = None
    exporter: str | None = None
    when: When | None = None
    period: str | None = None
    by: int | None = None
    horizon: int | None = None
    base: bool = False
    features: Features = field(default_factory=dict)
    part: bool = False
