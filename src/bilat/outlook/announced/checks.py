"""Rules across the cells of a row and across rows: dates, amounts, verdict, restatement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bilat.language import Message, say
from bilat.outlook.announced.row import Row
from bilat.outlook.announced.shown import Share, Year
from bilat.outlook.announced.target import HOPELESS_SHARE, MET_SHARE, AnnouncedTarget

Complaint = tuple[str, Message, Message]
"""Column, what is wrong, what to do."""


def complaints(row: Row, target: AnnouncedTarget) -> Iterator[Complaint]:
    """What contradicts itself inside one row."""
    if target.side_a == target.side_b:
        yield "side_b", say("both sides are {code}", code=target.side_a), say("Name the partner")
    yield from _dates(row, target)
    yield from _together(target)
    if target.is_scored:
        yield from _verdict(target)
    elif _has_reached(target):
        yield (
            "met",
            say("its outcome reaches the target, but it is not marked as met"),
            say("Write yes under met, or correct outcome_usd"),
        )


def restatement_complaint(
    target: AnnouncedTarget, others: Mapping[str, AnnouncedTarget | None]
) -> Complaint | None:
    """``others``: every id of the file; None for a row that could not be read."""
    origin = target.restated_from
    if origin is None:
        return None
    remedy = say("Name the id of the earlier statement of the same pair, or leave it empty")
    if origin not in others or origin == target.id:
        return "restated_from", say("“{id}” is no other row of this file", id=origin), remedy
    earlier = others[origin]
    if earlier is None:
        return None
    if earlier.pair != target.pair:
        return "restated_from", say("{id} is a target of another pair", id=origin), remedy
    if earlier.announced.start > target.announced.end:
        return "restated_from", say("{id} was announced later than this", id=origin), remedy
    return None


def _dates(row: Row, target: AnnouncedTarget) -> Iterator[Complaint]:
    announced = target.announced.start.year
    deadline = Year(target.deadline_year)
    if target.horizon < 0:
        yield (
            "deadline_year",
            say("the deadline {year} is before the announcement", year=deadline),
            say("Correct announced or deadline_year"),
        )
    elif row.text("horizon_years") not in ("", str(target.horizon)):
        yield (
            "horizon_years",
            say(
                "{years} years do not lead to {year}",
                years=row.text("horizon_years"),
                year=deadline,
            ),
            say("Write {years}, or leave it empty: it is computed", years=target.horizon),
        )
    if target.baseline_year and target.baseline_year > min(announced, target.deadline_year - 1):
        yield (
            "baseline_year",
            say("the baseline {year} is after the start", year=Year(target.baseline_year)),
            say("Give a year before the deadline and not after the announcement"),
        )
    if target.outcome_year and not announced <= target.outcome_year <= target.deadline_year:
        yield (
            "outcome_year",
            say("the outcome of {year} is outside its term", year=Year(target.outcome_year)),
            say("Give a year from the announcement to the deadline"),
        )


def _together(target: AnnouncedTarget) -> Iterator[Complaint]:
    for name, year, amount in (
        ("baseline", target.baseline_year, target.baseline_usd),
        ("outcome", target.outcome_year, target.outcome_usd),
    ):
        if (year is None) != (amount is None):
            yield (
                f"{name}_usd",
                say("it has a year or an amount of the {what}, not both", what=name),
                say("Give {what}_year and {what}_usd, or neither", what=name),
            )
    if (target.outcome_usd is None) != (target.source_outcome == ""):
        yield (
            "source_outcome_url",
            say("an outcome and its source go together"),
            say("Give outcome_usd with source_outcome_url, or neither"),
        )


def _verdict(target: AnnouncedTarget) -> Iterator[Complaint]:
    """met against the numbers, by the stated rule."""
    if target.reached is None or target.outcome_year is None:
        yield (
            "met",
            say("it is marked {met} without an outcome", met=target.met),
            say("Give outcome_year and outcome_usd, or write pending or unknown"),
        )
    elif _has_reached(target) != (target.met == "yes"):
        yield (
            "met",
            say(
                "it is marked {met}, but reached {reached} of the target",
                met=target.met,
                reached=Share(target.reached, 1),
            ),
            say("A target is met from {share} of it on", share=Share(float(MET_SHARE))),
        )
    elif target.met == "no" and target.outcome_year < target.deadline_year:
        yield from _early_miss(target, target.outcome_year)


def _early_miss(target: AnnouncedTarget, year: int) -> Iterator[Complaint]:
    hopeless = target.reached is not None and target.reached < float(HOPELESS_SHARE)
    if year < target.deadline_year - 1 or not hopeless:
        yield (
            "outcome_year",
            say("a miss is read in {year}, before the deadline", year=Year(year)),
            say(
                "Give the deadline's year, or the year before it where that stood below {share}",
                share=Share(float(HOPELESS_SHARE)),
            ),
        )


def _has_reached(target: AnnouncedTarget) -> bool:
    outcome = target.outcome_usd
    return outcome is not None and outcome >= MET_SHARE * target.target_usd
