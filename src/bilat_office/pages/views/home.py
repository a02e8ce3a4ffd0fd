"""Home: is the target in reach, what is late, what awaits my key, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bilat.brief import Brief
from bilat.brief.charts import picture
from bilat.brief.charts.target import path_chart
from bilat.brief.facts.meetings import meetings_facts
from bilat.brief.facts.roadmap import OwnerRow
from bilat.brief.facts.targets import AnnouncementFact, ChanceFact, TargetFact
from bilat.brief.story.names import VERDICT, VERDICT_TONE
from bilat.brief.story.target import best_chance
from bilat.language import Words
from bilat.programme import KeptOutlook, Programme
from bilat.trade import BOTH
from bilat.vocabulary import Quantity, Unit
from bilat_office.pages.addresses import (
    address_of_carrying,
    address_of_measure,
    address_of_reference,
)
from bilat_office.pages.measures import measures_of
from bilat_office.pages.reckoning import (
    brief_if_known,
    brief_of,
    chart_of,
    facts_of,
    programme_of,
)
from bilat_office.pages.visit import Visit, page, visit_of

DECISIONS, CONTACTS, MEASURES = 8, 5, 10
"""So many of each stand on the home page."""


@require_safe
@page
def home(request: HttpRequest) -> HttpResponse:
    """What has to be computed comes with a second request, unless it is at hand."""
    visit = visit_of(request)
    programme = programme_of(visit)
    roadmap = facts_of(visit, measures_of).facts
    meetings = facts_of(visit, meetings_facts)
    brief = brief_if_known(visit)
    late = [row for row in roadmap.owners if row.late]
    context = {
        "late": [_late(row) for row in late],
        "late_count": len(roadmap.in_state("late")),
        "due_soon_count": len(roadmap.in_state("due_soon")),
        "open_count": len(roadmap.in_state("late", "due_soon", "under_way", "no_date")),
        "ahead": meetings.ahead[:CONTACTS],
        "overdue": [item for item in meetings.cadences if item.state == "overdue"],
        "awaiting": visit.office.awaiting,
        "outlook": brief and _outlook(visit, programme, brief),
    }
    return render(request, "pages/home.html", context)


@require_safe
@page
def outlook(request: HttpRequest) -> HttpResponse:
    """The computed part: alone for htmx, as a page of its own without a script."""
    visit = visit_of(request)
    brief = brief_of(visit)
    alone = request.headers.get("HX-Request") == "true"
    template = "pages/home_outlook.html" if alone else "pages/outlook.html"
    return render(request, template, {"outlook": _outlook(visit, programme_of(visit), brief)})


@dataclass(frozen=True)
class Late:
    """One body with what it is late with."""

    name: Any
    side: str | None
    id: str
    late: int
    total: int


@dataclass(frozen=True)
class ChanceRow:
    """The chance by one side's date and one side's statistics, and what it was before."""

    announced_by: Any
    deadline: int | None
    statistics: Any
    chance: float
    with_measures: float | None
    before: float | None
    made: Any
    median: Quantity
    low: Quantity
    high: Quantity

    @property
    def moved(self) -> float | None:
        """Since the outlook that was kept last, as a share."""
        return None if self.before is None else self.chance - self.before


@dataclass(frozen=True)
class Gap:
    """One measure: what it adds in the year of the date."""

    title: Any
    address: str
    adds: Quantity
    chance: float


def _late(row: OwnerRow) -> Late:
    owner = row.owner
    name = owner.name if owner else None
    side, id_ = (owner.side, owner.id) if owner else (None, "")
    return Late(name, side, id_, row.late, row.total)


def _outlook(visit: Visit, programme: Programme, brief: Brief) -> dict[str, Any]:
    shown = {"decisions": _decisions(visit, brief), "as_of": brief.as_of}
    if not brief.targets:
        return shown
    target = brief.targets[0]
    unit = Unit.parse(target.display_unit)
    pair = best_chance(target)
    best = pair[1] if pair else None
    return {
        **shown,
        "target": target,
        "value": Quantity(target.value, unit),
        "unit": unit,
        "verdict": VERDICT[target.verdict],
        "tone": VERDICT_TONE[target.verdict],
        "charts": list(_charts(visit, brief, target)),
        "levels": [_level(visit, level, unit) for level in reversed(target.history[-20:])],
        "chances": list(_chances(visit, programme, target, unit)),
        "gaps": _gaps(target, best, unit),
        "missing": _missing(target, best, unit),
    }


def _decisions(visit: Visit, brief: Brief) -> list[dict[str, Any]]:
    return [
        {
            "title": item.title,
            "reason": item.reason,
            "address": _where(visit, brief, item.refs),
        }
        for item in brief.decisions[:DECISIONS]
    ]


def _where(visit: Visit, brief: Brief, refs: Sequence[str]) -> str:
    """The page on which it is done: several measures have the list that holds them all."""
    pairs = [ref.partition("/")[::2] for ref in refs]
    if [section for section, _id in pairs] == ["documents"] * 2 and visit.may("draft"):
        return address_of_carrying(pairs[0][1], pairs[1][1])
    ids = {id_ for section, id_ in pairs if section == "commitments"}
    measures = [item for item in brief.roadmap.commitments if item.id in ids]
    states = {item.state for item in measures}
    if len(measures) > 1 and len(states) == 1:
        return f"{reverse('roadmap')}?state={states.pop()}"
    if len(measures) > 1 and not any(item.owners for item in measures):
        return f"{reverse('roadmap')}?by=owner"
    return address_of_reference(refs[0]) if refs else ""


def _charts(visit: Visit, brief: Brief, target: TargetFact) -> Iterator[dict[str, Any]]:
    """One drawing a side, so that they stand below one another on a narrow screen."""
    sides = [side for side in brief.sides if any(p.side == side.code for p in target.history)]
    for place, side in enumerate(sides):

        def draw(words: Words, place: int = place) -> bytes:
            return picture(path_chart(brief, target.id, words).hconcat[place], "svg", words.lang)

        yield {"svg": chart_of(visit, f"path-{target.id}-{side.code}", draw), "side": side.name}


def _level(visit: Visit, level: Any, unit: Unit) -> dict[str, Any]:
    return {
        "period": level.period,
        "side": visit.office.side_name(level.side) if level.side != BOTH else None,
        "value": Quantity(level.value, unit, level.qualifier),
    }


def _chances(
    visit: Visit, programme: Programme, target: TargetFact, unit: Unit
) -> Iterator[ChanceRow]:
    for announcement in target.announcements:
        for chance in announcement.chances:
            if chance.side == BOTH:
                continue
            before = _kept(programme, target.id, announcement, chance, visit)
            simulated = chance.with_measures
            yield ChanceRow(
                announced_by=visit.office.side_name(announcement.side),
                deadline=announcement.deadline,
                statistics=visit.office.side_name(chance.side),
                chance=chance.chance,
                with_measures=simulated.chance_with if simulated else None,
                before=None if before is None else float(before.chance),
                made=before.made if before else None,
                median=Quantity(chance.median, unit),
                low=Quantity(chance.low80, unit),
                high=Quantity(chance.high80, unit),
            )


def _kept(
    programme: Programme,
    target: str,
    announcement: AnnouncementFact,
    chance: ChanceFact,
    visit: Visit,
) -> KeptOutlook | None:
    """The last outlook of another day on the same date by the same statistics."""
    found = [
        item
        for item in programme.outlooks
        if item.target == target
        and item.statistics == chance.side
        and item.deadline == announcement.deadline
        and item.made < visit.today
    ]
    return max(found, key=lambda item: item.made, default=None)


def _gaps(target: TargetFact, best: ChanceFact | None, unit: Unit) -> list[Gap]:
    if best is None or best.with_measures is None:
        return []
    titles = {measure.id: measure.title for measure in target.measures}
    return [
        Gap(
            titles[item.id],
            address_of_measure(item.id),
            Quantity(item.adds, unit),
            item.chance,
        )
        for item in best.with_measures.contributions[:MEASURES]
    ]


def _missing(target: TargetFact, best: ChanceFact | None, unit: Unit) -> Quantity | None:
    """From the middle of the most favourable forecast to the target; None when nothing is."""
    if best is None or best.median >= float(target.value):
        return None
    return Quantity(float(target.value) - best.median, unit)
