"""Checks of what measures and projects should add: units that fit, nothing counted twice."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.language import say
from bilat.programme.agreements import Commitment
from bilat.programme.complaints import Complaint, complain
from bilat.programme.effects import Effect
from bilat.programme.numbers import Indicator
from bilat.programme.programme import Programme
from bilat.programme.projects import Project
from bilat.programme.record import Record


def effect_of(record: Record) -> Effect | None:
    return record.effect if isinstance(record, Commitment | Project) else None


def effect_fits(programme: Programme, record: Record) -> Iterator[Complaint]:
    """The effect, priced if it counts units, is in the unit of its indicator."""
    effect = effect_of(record)
    indicator = effect and programme.find(Indicator, effect.indicator)
    if effect is None or indicator is None:
        return
    price = effect.unit_price
    if price and effect.unit.is_money:
        yield complain(
            say("an effect in money has a price a unit as well"),
            say("Give units and their price, or money alone"),
            "effect",
            "unit_price",
        )
    elif (price.currency if price else effect.unit.base) != indicator.unit.base:
        yield complain(
            say(
                "the effect is in {unit}, its indicator in {wanted}",
                unit=price.currency if price else effect.unit,
                wanted=indicator.unit,
            ),
            say("Use the unit of the indicator; for goods that are counted add “unit_price”"),
            "effect",
            "unit_price" if price else "unit",
        )


def effect_has_start(programme: Programme, record: Record) -> Iterator[Complaint]:
    effect = effect_of(record)
    if effect is not None and effect.start is None:
        yield complain(
            say("the effect does not say when it starts: the outlook leaves it out"),
            say("Add “start” with the year or month from which it works"),
            "effect",
            severity="warning",
        )


def effect_stated_once(programme: Programme, record: Record) -> Iterator[Complaint]:
    """A project that carries out a commitment adds the same trade, not the same again."""
    if not isinstance(record, Project) or record.effect is None:
        return
    for index, name in enumerate(record.commitments):
        commitment = programme.find(Commitment, name)
        if (
            commitment
            and commitment.effect
            and commitment.effect.indicator == record.effect.indicator
        ):
            yield complain(
                say(
                    "both this project and its commitment “{name}” state an effect; the outlook "
                    "counts the project’s only",
                    name=name,
                ),
                say("Take the effect out of one of them"),
                "commitments",
                index,
                severity="warning",
            )


def excludes_others(programme: Programme, record: Record) -> Iterator[Complaint]:
    if not isinstance(record, Commitment | Project):
        return
    both = set(record.excludes) & {record.id, *record.depends_on}
    for name in sorted(both):
        yield complain(
            say("it cannot exclude “{name}”, which is itself or which it depends on", name=name),
            say("Take it out of “excludes” or of “depends_on”"),
            "excludes",
        )
