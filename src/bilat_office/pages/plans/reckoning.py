"""A plan, computed once for as long as the programme, the day and the question are the same."""

from __future__ import annotations

import pickle
from time import monotonic

from django.core.cache import cache

from bilat.brief import Brief
from bilat.brief.facts.plan import PlanningFact
from bilat.brief.planning import Demand, with_plan
from bilat.outlook.plan import Progress
from bilat.register.canonical import digest
from bilat_office.pages.latest import Latest
from bilat_office.pages.reckoning import KEPT_FOR, LUCK, brief_of, programme_of, standing
from bilat_office.pages.visit import Visit

SECONDS = 12.0
"""For the search and the budgets beside it; after them the best that was found is shown, with its
bound."""
PLANS: Latest[PlanningFact] = Latest(32)


def plan_if_known(visit: Visit, demand: Demand) -> Brief | None:
    """Today's brief with this plan, when it has been computed; nothing is computed here."""
    found = _known(_key(visit, demand))
    if found is None:
        return None
    return brief_of(visit).model_copy(update={"planning": found})


def plan_of(visit: Visit, demand: Demand) -> Brief:
    """The same, computed where it is not known. Raises NoAnswer."""
    known = plan_if_known(visit, demand)
    if known is not None:
        return known
    brief = brief_of(visit)
    made = with_plan(brief, programme_of(visit), demand, LUCK, _Bounded(SECONDS))
    if made.planning is not None:
        _keep(_key(visit, demand), made.planning)
    return made


class _Bounded:
    """Ends a search when the time of all of them is over."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def __call__(self, _progress: Progress) -> bool:
        return monotonic() > self._end


def _key(visit: Visit, demand: Demand) -> str:
    rates = sorted(demand.rates.items())
    limits = (demand.budget, demand.currency, rates, demand.starts)
    asked = repr((demand.target.id, demand.chance, demand.year, demand.side, limits))
    return f"pages:plan:{standing(visit).key}:{visit.today}:{digest(asked.encode())}"


def _keep(key: str, planning: PlanningFact) -> None:
    PLANS.put(key, planning)
    cache.set(key, pickle.dumps(planning), timeout=KEPT_FOR)


def _known(key: str) -> PlanningFact | None:
    found = PLANS.get(key)
    if found is None and (stored := cache.get(key)) is not None:
        found = pickle.loads(stored)  # noqa: S301 (written above, into the office's own database)
        PLANS.put(key, found)
    return found
