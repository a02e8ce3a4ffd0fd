"""Numbers that are followed, stated or aimed at: indicators, observations, figures, targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from bilat.language import Text
from bilat.programme.parties import Person
from bilat.programme.record import Model, Provenance, Record, Refers, Side, SourceRef
from bilat.vocabulary import Period, Unit

IndicatorRef = Annotated[str, Refers("indicators"), Field(description="Id of an indicator.")]
NotNegative = Annotated[Decimal, Field(ge=0)]

Measures = Literal["turnover", "exports", "count", "share"]
Qualifier = Literal["about", "almost", "more_than", "less_than", "up_to"]
Valuation = Literal["FOB", "CIF"]


class Indicator(Record):
    """A number followed over time."""

    section: ClassVar[str] = "indicators"

    title: Text
    measures: Measures
    """Turnover of the pair, exports of one side, a count or a share."""
    unit: Unit
    exporter: Side | None = None
    """Of exports: the side where the goods come from, whoever reports them."""
    sector: str | None = None


def _without_required_id(schema: dict[str, Any]) -> None:
    """The reader makes the id where a file leaves it out."""
    schema["required"] = [name for name in schema["required"] if name != "id"]


class Observation(Record):
    """One value of an indicator as a statistics office published it."""

    section: ClassVar[str] = "observations"
    model_config = ConfigDict(json_schema_extra=_without_required_id)

    indicator: IndicatorRef
    period: Period
    reporter: Side
    """Whose statistics."""
    value: NotNegative
    unit: Unit
    valuation: Valuation | None = None
    vintage: date | None = None
    """The day this version was published or taken."""

    @model_validator(mode="before")
    @classmethod
    def _name_itself(cls, data: Any) -> Any:
        """Tables of observations need no ids: indicator, reporter, period and vintage make one."""
        if not isinstance(data, dict) or data.get("id"):
            return data
        parts = (data.get(key) for key in ("indicator", "reporter", "period", "vintage"))
        name = "-".join(str(part).replace("/", "-") for part in parts if part)
        return {**data, "id": name or "observation"}


class Figure(Record):
    """A number that someone stated. Two sides may state different ones: both stay."""

    section: ClassVar[str] = "figures"

    indicator: IndicatorRef
    period: Period
    side: Side
    """For which side it was said."""
    speaker: Person | None = None
    stated: Period
    """When it was said or published."""
    value: NotNegative | None = None
    unit: Unit | None = None
    """Left out, the unit of the indicator."""
    growth: Annotated[Decimal, Field(ge=-100)] | None = None
    """Stated growth in per cent against the same period of the year before."""
    multiple: Annotated[Decimal, Field(gt=0)] | None = None
    """Stated as so many times the level of another period."""
    of: Period | None = None
    """The other period, with which a multiple compares."""
    qualifier: Qualifier | None = None
    """Of the value, else of the growth or multiple."""


class Baseline(Model):
    """The level from which one side counts."""

    period: Period
    value: NotNegative
    unit: Unit | None = None
    sources: tuple[SourceRef, ...] = ()


class TargetStatement(Provenance):
    """One side's announcement of a target, in its own terms."""

    side: Side
    announced: Period
    counted_from: Period | None = None
    """From when a horizon counts, if not from the announcement: a target that is announced again,
    by the same side or the other, keeps its first date."""
    by: Period | None = None
    """The date or year by which it is to be reached."""
    horizon_years: Annotated[int, Field(ge=1, le=50)] | None = None
    """So many years, as in “within five years”; the year that it means is computed, not stored."""
    baseline: Baseline | None = None
    speaker: Person | None = None
    repeated: tuple[Period, ...] = ()
    """When the same side announced it again in the same terms."""

    @property
    def starts(self) -> Period:
        """From when a horizon counts."""
        return self.counted_from or self.announced


class Target(Record):
    """A value that an indicator is to reach. The sides may name different dates for it."""

    section: ClassVar[str] = "targets"

    title: Text
    indicator: IndicatorRef
    value: NotNegative
    unit: Unit
    document: Annotated[str, Refers("documents")] | None = None
    contact: Annotated[str, Refers("contacts")] | None = None
    """The session or visit where it was agreed."""
    statements: Annotated[tuple[TargetStatement, ...], Field(min_length=1)]


class Estimate(Provenance):
    """A quantity with its spread. Stated by a source, or an assumption marked as such."""

    likely: NotNegative
    low: NotNegative | None = None
    high: NotNegative | None = None
    unit: Unit
