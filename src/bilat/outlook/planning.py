"""From a programme to the question of a plan: one date, one side's statistics, what limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.outlook.chances import baseline_of, target_outlook
from bilat.outlook.plan import Question, question
from bilat.outlook.target import Chance, Luck, TargetOutlook
from bilat.programme import Programme, Target
from bilat.trade import BOTH


@dataclass(frozen=True)
class Asked:
    """A question, with the year of its date and the statistics that it starts from."""

    year: int
    side: str
    question: Question


def plan_question(
    programme: Programme,
    target: Target,
    as_of: date,
    luck: Luck,
    *,
    year: int | None = None,
    side: str | None = None,
) -> Asked:
    """year: of one of the announced dates; side: whose statistics (a party or ``both``). Left out,
    those that give the best chance. Raises NoAnswer where there is nothing to plan for."""
    outlook = target_outlook(programme, target, as_of)
    if outlook is None:
        raise NoAnswer(say("{target}: nobody has announced it by then", target=target.id))
    if not outlook.measures:
        raise NoAnswer(
            say(
                "{target}: no measure or project states an effect that can be counted. Add "
                "“effect” with “start” to commitments and projects",
                target=target.id,
            )
        )
    deadline, chance = _chosen(outlook, year, side)
    rng = luck.rng()
    baseline, edges = baseline_of(chance, luck.draws, rng)
    asked = question(
        baseline,
        edges,
        float(outlook.level),
        outlook.measures,
        rng=rng,
        assumptions=luck.assumptions,
    )
    return Asked(deadline, chance.series.side, asked)


def _chosen(outlook: TargetOutlook, year: int | None, side: str | None) -> tuple[int, Chance]:
    found = [
        (item.deadline, chance)
        for item in outlook.announcements
        for chance in item.chances
        if item.deadline and year in (None, item.deadline)
        if chance.series.side == side or (side is None and chance.series.side != BOTH)
    ]
    if not found:
        raise NoAnswer(
            say(
                "{target}: there is no forecast for {year} by the statistics of {side}; choose a "
                "date and statistics that the outlook has",
                target=outlook.target.id,
                year=str(year) if year else say("any date"),
                side=side or say("any side"),
            )
        )
    return max(found, key=lambda pair: pair[1].chance)
