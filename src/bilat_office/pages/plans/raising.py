"""A plan as a point of the agenda, in every language.

An agenda is read by both sides: of the plan's measures those of the joint records are named, and
no chance, since a side's own plan also counts what it keeps to itself.
"""

from __future__ import annotations

from django.http import QueryDict

from bilat import LANGUAGES
from bilat.brief.facts.listing import Parted
from bilat.brief.facts.plan import PlanningFact, StepFact
from bilat.language import Words, say
from bilat.vocabulary import Quantity, Unit
from bilat_office.pages.plans.asked import asked_of, fields_of
from bilat_office.pages.plans.reckoning import plan_if_known
from bilat_office.pages.reckoning import programme_unshown, standing
from bilat_office.pages.visit import Visit


def plan_raised(visit: Visit, question: str) -> dict[str, str] | None:
    """question: of the plan's address. None where this plan is not known, or takes no measure that
    both sides know."""
    programme = programme_unshown(visit)
    fields = fields_of(programme, visit.office.side_names, visit.today)
    demand = asked_of(QueryDict(question), programme, fields).demand
    answer = plan_if_known(visit, demand) if demand else None
    if demand is None or answer is None or answer.planning is None:
        return None
    steps = joint_steps(visit, answer.planning)
    if not steps or not _is_joint(visit, "targets", demand.target.id):
        return None
    target = next(item for item in answer.targets if item.id == demand.target.id)
    point = say(
        "Decide on the measures of a plan for {amount} by {year}: {measures}",
        amount=Quantity(target.value, Unit.parse(target.display_unit)),
        year=str(answer.planning.year),
        measures=Parted(tuple(step.title for step in steps)),
    )
    return {lang: Words(lang)(point) for lang in LANGUAGES}


def joint_steps(visit: Visit, planning: PlanningFact) -> tuple[StepFact, ...]:
    """Without what the own side keeps to itself."""
    return tuple(step for step in planning.plan.steps if _is_joint(visit, *_name(step.id)))


def _is_joint(visit: Visit, section: str, record_id: str) -> bool:
    return (section, record_id) not in standing(visit).private


def _name(reference: str) -> tuple[str, str]:
    section, slash, record_id = reference.rpartition("/")
    return (section, record_id) if slash else ("commitments", record_id)
