"""What is said with a base rate: how it was counted, its limits, why a model's chance differs."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from bilat.language import Message, say, say_many
from bilat.outlook.announced.base_rate import BaseRate
from bilat.outlook.announced.shown import Share, Year

FEW = 10
"""Fewer targets of a size than this say little about it."""


def notes(base: BaseRate) -> tuple[Message, ...]:
    """How the class was counted and what it cannot know, each a sentence."""
    return tuple(_notes(base))


def why_they_differ(base: BaseRate, chance: float) -> Message:
    """Three sentences on the base rate beside the model's ``chance`` of the same target.

    The two differ where the chance is outside the 80 % interval of the estimate.
    """
    low, high = base.estimate.interval_80
    if chance > high:
        reason = _model_is_higher()
    elif chance < low:
        reason = _model_is_lower(base)
    else:
        reason = say(
            "The two agree within that interval, from different evidence: the model knows this "
            "series, the class knows how promises ended."
        )
    return say(
        "{figures} {reason} {demand}",
        figures=_figures(base, chance),
        reason=reason,
        demand=_demand(base),
    )


def _figures(base: BaseRate, chance: float) -> Message:
    low, high = base.estimate.interval_80
    return say(
        "The model gives {chance}; of announced targets that asked for as much, about {share} were "
        "met (80% interval {low} to {high}, {targets} targets of {pairs} pairs).",
        chance=Share(chance),
        share=Share(base.estimate.chance),
        low=Share(low),
        high=Share(high),
        targets=base.estimate.targets,
        pairs=base.estimate.pairs,
    )


def _model_is_higher() -> Message:
    return say(
        "The model is higher: it follows this one series, so fast recent growth or large swings "
        "raise its chance, while the class follows promises, which are chosen for their ambition "
        "and met the shocks of their years. Name what makes this case different before relying on "
        "the higher one."
    )


def _model_is_lower(base: BaseRate) -> Message:
    for other in base.alternatives:
        if other.choice == "without-leading-country" and other.estimate:
            return say(
                "The model is lower: this series gives it little reason for such growth, while "
                "successes are reported more readily than misses and a few booming pairs lift the "
                "class ({alternative}: {share}).",
                alternative=other.name,
                share=Share(other.estimate.chance),
            )
    return say(
        "The model is lower: this series gives it little reason for such growth, while successes "
        "are reported more readily than misses, which lifts the class."
    )


def _demand(base: BaseRate) -> Message:
    growth = base.asked.required_growth
    known = [
        target.required_growth
        for target in base.standing.settled
        if target.required_growth is not None
    ]
    if growth is None or not known:
        return say("What growth the target asks for is not known, so it was not compared.")
    return say(
        "This target asks for {growth} a year, the median announced one asked for {median}.",
        growth=Share(growth),
        median=Share(median(known)),
    )


def _notes(base: BaseRate) -> Iterator[Message]:
    yield say_many(
        "{met} of {n} announced target with a deadline up to {year} was met ({pairs} pairs).",
        "{met} of {n} announced targets with a deadline up to {year} were met ({pairs} pairs).",
        n=base.overall.targets,
        met=base.overall.met,
        year=Year(base.standing.through),
        pairs=base.overall.pairs,
    )
    yield say(
        "Counted apart: {open} still open, {unknown} whose outcome was not found, and {early} met "
        "ahead of a later deadline, because misses of that deadline cannot be known yet.",
        open=len(base.standing.open),
        unknown=len(base.standing.unknown),
        early=len(base.standing.reached_early),
    )
    yield _restated(base)
    yield from _memory(base)
    yield from _limits(base)
    yield say(
        "The class holds goals that were reported and remembered; those dropped in silence are "
        "missing from it."
    )


def _restated(base: BaseRate) -> Message:
    settled = base.standing.settled
    again = [target for target in settled if target.restated_from is not None]
    met = sum(target.met == "yes" for target in again)
    return say(
        "Goals that restate an earlier one: {met} of {n} met; first statements: {first_met} of "
        "{first}.",
        met=met,
        n=len(again),
        first_met=base.overall.met - met,
        first=len(settled) - len(again),
    )


def _memory(base: BaseRate) -> Iterator[Message]:
    settled = base.standing.settled
    recalled = [target for target in settled if target.outcome_from_memory]
    if recalled:
        met = sum(target.met == "yes" for target in recalled)
        yield say(
            "Outcomes read on a page: {read_met} of {read} met; from memory: {met} of {n}. Pages "
            "report successes more readily, so neither share alone is the base rate.",
            read_met=base.overall.met - met,
            read=len(settled) - len(recalled),
            met=met,
            n=len(recalled),
        )


def _limits(base: BaseRate) -> Iterator[Message]:
    growth = base.asked.required_growth
    if growth is not None and growth <= 0:
        yield say("The level already reaches the target; the class has few goals so low.")
    elif base.estimate.is_outside:
        yield say(
            "The target is outside what the class has seen; the nearest that was asked for stands "
            "in for it."
        )
    yield from _short_successes(base)
    yield from _size(base)


def _short_successes(base: BaseRate) -> Iterator[Message]:
    """Where those of its band that were met had less time: why the estimate is below the count."""
    band, horizon = base.comparable, base.asked.horizon
    if band is None or band.rate is None or not band.rate.met or horizon is None:
        return
    longest = max(target.horizon for target in band.targets if target.met == "yes")
    if longest < horizon:
        yield say_many(
            "Of those that asked for {band}, {met} of {targets} were met, none of them over more "
            "than {n} year.",
            "Of those that asked for {band}, {met} of {targets} were met, none of them over more "
            "than {n} years.",
            n=longest,
            band=band.label,
            met=band.rate.met,
            targets=band.rate.targets,
        )


def _size(base: BaseRate) -> Iterator[Message]:
    level = base.asked.level
    sizes = [float(target.target_usd) for target in base.standing.settled]
    smaller = sum(size <= (level or 0.0) for size in sizes)
    if level is None or smaller >= FEW:
        return
    smallest = round(min(sizes) / 1e6)
    if not smaller:
        yield say(
            "Every settled target was larger than this one (the smallest: {smallest} million "
            "dollars), so the class says nothing about its size.",
            smallest=smallest,
        )
        return
    yield say_many(
        "Only {n} settled target was no larger than this one (the smallest: {smallest} million "
        "dollars), so the class says little about its size.",
        "Only {n} settled targets were no larger than this one (the smallest: {smallest} million "
        "dollars), so the class says little about its size.",
        n=smaller,
        smallest=smallest,
    )
