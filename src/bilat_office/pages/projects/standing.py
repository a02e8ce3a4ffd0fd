"""How the projects stand, reckoned once for as long as everything is as it was."""

from __future__ import annotations

from collections.abc import Iterable

from bilat.brief.facts.finance_need import NeedFact
from bilat.brief.facts.holding import HoldFact
from bilat.brief.facts.projects import ProjectsFact, ProjectStanding, projects_facts
from bilat.brief.facts.scaling import ScalingFact, scaling_facts
from bilat.register.kinds import Name
from bilat_office.pages.reckoning import facts_of, made_once, programme_unshown
from bilat_office.pages.visit import Visit


def projects_unshown(visit: Visit) -> ProjectsFact:
    """As the person may see them. Whoever shows them says so: `programme_of`, `saw_private`."""
    return facts_of(visit, projects_facts)


def scaling_unshown(visit: Visit) -> ScalingFact:
    def made() -> ScalingFact:
        return scaling_facts(programme_unshown(visit), projects_unshown(visit), visit.today)

    return made_once(visit, "scaling", made)


def named_by(item: ProjectStanding) -> Iterable[Name]:
    """The records that its page names."""
    yield from (("commitments", name) for name, _title in item.measures)
    yield from (("bodies", end.id) for end in item.partners)
    yield from (("deals", deal.id) for deal in item.deals)
    yield from _of_holds(item.holds)
    yield from _of_need(item.need)
    for section, name in (("documents", item.document), ("links", item.link)):
        if name:
            yield section, name
    if item.room:
        yield "facilities", item.room.id


def _of_holds(holds: Iterable[HoldFact]) -> Iterable[Name]:
    for hold in holds:
        section, _slash, name = (hold.ref or "").partition("/")
        if name:
            yield section, name


def _of_need(need: NeedFact | None) -> Iterable[Name]:
    if need and need.facility:
        yield "facilities", need.facility
