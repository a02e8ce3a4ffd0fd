"""Which projects could be scaled up, what that adds to the target by year, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.brief.facts.scaling import ScaleFact, ScalingFact
from bilat.language import Message, say
from bilat.programme.names import STAGE
from bilat.vocabulary import Unit
from bilat_office.pages.exports import table_file
from bilat_office.pages.lists import leaves, page_number, part_of
from bilat_office.pages.projects.listing import TONE
from bilat_office.pages.projects.standing import scaling_unshown
from bilat_office.pages.projects.views import CRUMB
from bilat_office.pages.reckoning import programme_of
from bilat_office.pages.visit import Visit, page, visit_of


@dataclass(frozen=True)
class Shown:
    """One project; its amounts are in the unit of the target."""

    fact: ScaleFact
    expected: list[str]

    @property
    def stage(self) -> Message:
        return STAGE[self.fact.stage]

    @property
    def tone(self) -> str:
        return TONE[self.fact.stage]


@require_safe
@page
def scale_up(request: HttpRequest) -> HttpResponse:
    """The projects with a stated effect that are neither stopped nor scaled up yet."""
    visit = visit_of(request)
    programme_of(visit)
    facts = scaling_unshown(visit)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        return _file(visit, facts, "xlsx" if kind == "xlsx" else "csv")
    part, number, pages = part_of(facts.projects, page_number(request.GET))
    context = {
        "facts": facts,
        "unit": Unit.parse(facts.display_unit) if facts.display_unit else None,
        "rows": [Shown(item, _amounts(visit, facts, item.expected)) for item in part],
        "sums": _amounts(visit, facts, facts.expected),
        "added": _amounts(visit, facts, facts.added),
        "total": len(facts.projects),
        "leaves": leaves(number, pages),
        "number": number,
        "pages": pages,
        "breadcrumbs": [CRUMB],
    }
    return render(request, "projects/scale_up.html", context)


def _amounts(visit: Visit, facts: ScalingFact, amounts: tuple[float, ...]) -> list[str]:
    if facts.display_unit is None:
        return []
    scale = Unit.parse(facts.display_unit).scale
    return [visit.words.number(amount / scale, 1) for amount in amounts]


def _file(visit: Visit, facts: ScalingFact, kind: Any) -> HttpResponse:
    words = visit.words
    labels: list[Message] = [
        say("Id"), say("Project"), say("Stage"), say("Units now"), say("Of the year"),
        say("Units then"), say("Chance, %"),
    ]  # fmt: skip
    years = [
        words(say("Adds in {year}, {unit}", year=str(year), unit=facts.unit))
        for year in facts.years
    ]
    ends = (
        say("Finance needed"), say("Finance missing"), say("Cost to the budgets"),
        say("Open measures"), say("Why nothing is added"),
    )  # fmt: skip
    heading = [*map(words, labels), *(years if facts.unit else ()), *map(words, ends)]
    rows = (_cells(visit, facts, item) for item in facts.projects)
    return table_file("scale-up", kind, heading, rows)


def _cells(visit: Visit, facts: ScalingFact, item: ScaleFact) -> list[str]:
    show = visit.words.show
    blank = ("",) * len(facts.years)
    added = [f"{amount:.0f}" for amount in item.expected] or blank
    return [
        item.id, show(item.title), visit.words(STAGE[item.stage]), _units(item.units_from),
        str(item.from_year or ""), _units(item.units_to),
        "" if item.chance is None else f"{item.chance * 100:.0f}",
        *(added if facts.unit else ()),
        *(show(money) if money else "" for money in (item.finance, item.missing, item.cost)),
        "; ".join(show(title) for _name, title in item.open_measures),
        show(item.why_not) if item.why_not else "",
    ]  # fmt: skip


def _units(count: Decimal | None) -> str:
    return "" if count is None else f"{count:f}"
