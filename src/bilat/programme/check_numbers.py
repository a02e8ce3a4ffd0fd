"""Checks of the number records: units that fit, targets after their baseline, sources given."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bilat.language import Message, say
from bilat.programme.check_effects import (
    effect_fits,
    effect_has_start,
    effect_stated_once,
    excludes_others,
)
from bilat.programme.complaints import Complaint, complain
from bilat.programme.numbers import (
    Estimate,
    Figure,
    Indicator,
    Observation,
    Target,
    TargetStatement,
)
from bilat.programme.programme import Programme
from bilat.programme.projects import Project
from bilat.programme.record import Record
from bilat.vocabulary import Unit

Rule = Callable[[Programme, Record], Iterator[Complaint]]


def _indicator(programme: Programme, record: Record) -> Iterator[Complaint]:
    if not isinstance(record, Indicator):
        return
    if (record.measures == "exports") != (record.exporter is not None):
        yield complain(
            say("an indicator of exports names its exporter, and only such a one does"),
            say("Add “exporter” with the side where the goods come from, or change “measures”"),
            "measures",
        )
    if record.measures in ("turnover", "exports") and not record.unit.is_money:
        yield complain(
            say("trade is measured in money, not in {unit}", unit=record.unit),
            say("Use a unit such as “million USD”, or “measures: count”"),
            "unit",
        )


def _units_fit(programme: Programme, record: Record) -> Iterator[Complaint]:
    if not isinstance(record, Observation | Figure | Target):
        return
    indicator = programme.find(Indicator, record.indicator)
    if indicator and record.unit and record.unit.base != indicator.unit.base:
        yield _misfit(record.unit, indicator.unit, "unit")
    for index, statement in enumerate(record.statements if isinstance(record, Target) else ()):
        base = statement.baseline and statement.baseline.unit
        if indicator and base and base.base != indicator.unit.base:
            yield _misfit(base, indicator.unit, "statements", index, "baseline", "unit")


def _misfit(unit: Unit, wanted: Unit, *path: str | int) -> Complaint:
    return complain(
        say(
            "the unit “{unit}” does not fit the indicator, which is in {wanted}",
            unit=unit,
            wanted=wanted,
        ),
        say("Convert the value, and name the rate in the note; or use another indicator"),
        *path,
    )


def _figure(programme: Programme, record: Record) -> Iterator[Complaint]:
    if not isinstance(record, Figure):
        return
    if record.value is None and record.growth is None and record.multiple is None:
        yield complain(
            say("a figure without a number"),
            say("Add “value”, “growth” or “multiple”"),
        )
    if (record.multiple is None) != (record.of is None):
        yield complain(
            say("“multiple” and “of” belong together"),
            say("Say how many times which period: multiple: 1.5, of: 2021"),
            "of" if record.multiple is None else "multiple",
        )
    if record.stated.end < record.period.start:
        yield complain(
            say("stated before the period began"),
            say("Correct “stated” or “period”; a plan for the future is a target"),
            "stated",
        )


def _stated_somewhere(programme: Programme, record: Record) -> Iterator[Complaint]:
    """A number without a source is hearsay."""
    if isinstance(record, Figure | Observation) and not record.sources:
        yield complain(
            say("a figure or observation without a source"),
            say("Add “sources” with the id of the page or table that says so"),
        )
    if isinstance(record, Target):
        for index, statement in enumerate(record.statements):
            if not (statement.sources or statement.assumption or record.sources):
                yield complain(
                    say("an announced target without a source"),
                    say("Add “sources”, or mark it “assumption: true” with author and reason"),
                    "statements",
                    index,
                )


def _target(programme: Programme, record: Record) -> Iterator[Complaint]:
    if not isinstance(record, Target):
        return
    if record.value == 0:
        yield complain(
            say("a target of zero"),
            say("Write the value that is to be reached"),
            "value",
        )
    for index, statement in enumerate(record.statements):
        for what, remedy, key in _times(statement):
            yield complain(what, remedy, "statements", index, key)


def _times(statement: TargetStatement) -> Iterator[tuple[Message, Message, str]]:
    by, baseline = statement.by, statement.baseline
    if by and by.end < statement.announced.start:
        yield (
            say("announced after its own date"),
            say("Correct “announced” or “by”"),
            "by",
        )
    if by and baseline and by.end <= baseline.period.end:
        yield (
            say(
                "the target date {by} is not after its baseline {period}",
                by=by,
                period=baseline.period,
            ),
            say("Correct “by” or the period of the baseline"),
            "by",
        )
    if baseline and baseline.period.start > statement.starts.end:
        yield (
            say("the baseline is later than the announcement"),
            say("The baseline is the last level known when the target was announced"),
            "baseline",
        )


def _estimates(programme: Programme, record: Record) -> Iterator[Complaint]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if not isinstance(value, Estimate):
            continue
        low = value.likely if value.low is None else value.low
        high = value.likely if value.high is None else value.high
        if not low <= value.likely <= high:
            yield complain(
                say("low, likely and high are not in this order"),
                say("Write low ≤ likely ≤ high"),
                name,
            )
        if not (value.sources or value.assumption or record.sources or record.assumption):
            yield complain(
                say("an estimate that nobody has stated"),
                say("Add “sources”, or “assumption: true” with author and reason"),
                name,
            )


def _chance(programme: Programme, record: Record) -> Iterator[Complaint]:
    if isinstance(record, Project) and record.chance:
        top = record.chance.high or record.chance.likely
        if record.chance.unit.base != "percent" or top > 100:
            yield complain(
                say("a chance is between 0 and 100 percent"),
                say("Write unit: percent and a number up to 100"),
                "chance",
            )


NUMBER_RULES: tuple[Rule, ...] = (
    _indicator,
    _units_fit,
    _figure,
    _stated_somewhere,
    _target,
    _estimates,
    _chance,
    effect_fits,
    effect_has_start,
    effect_stated_once,
    excludes_others,
)
"""Each looks at one record and says what is wrong with it."""
