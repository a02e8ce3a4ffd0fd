"""What holds a project up, what it adds when scaled up, and where the regions are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bilat.brief.charts import picture
from bilat.brief.charts.map import Line, Spot, map_chart
from bilat.brief.charts.output import output_chart
from bilat.brief.facts.links import links_facts
from bilat.brief.facts.places import places_facts
from bilat.brief.facts.projects import projects_facts
from bilat.brief.facts.scaling import scaling_facts
from bilat.language import Words
from bilat.outlook.measures import Measure
from bilat.outlook.working import stated_additions
from bilat.programme import Programme

TODAY = date(2026, 7, 1)


def programme(**sections: Any) -> Programme:
    return Programme.model_validate(
        {
            "id": "isl-nzl",
            "title": "Trade",
            "parties": [{"code": "ISL"}, {"code": "NZL"}],
            **sections,
        }
    )


def project(**fields: Any) -> dict[str, Any]:
    return {"id": "pumps", "title": "Pumps", "stage": "preparing", **fields}


def held(**sections: Any) -> list[tuple[str, str]]:
    made = programme(**sections)
    pumps = next(one for one in projects_facts(made, TODAY).projects if one.id == "pumps")
    return [(hold.rule, str(hold.words)) for hold in pumps.holds if not hold.doubtful]


def test_a_late_measure_holds_and_so_does_one_that_it_depends_on() -> None:
    measures = [
        {"id": "works", "title": "Build the works", "due": "2027", "depends_on": ["permit"]},
        {"id": "permit", "title": "Give the permit", "due": "2025"},
    ]
    found = held(projects=[project(commitments=["works"])], commitments=measures)
    assert found == [("late_measure", "late since 2025: Give the permit")]


def test_what_is_complete_holds_nothing() -> None:
    done = {"on": "2025-02-01", "grade": "complete", "text": "Given"}
    measures = [{"id": "permit", "title": "Permit", "due": "2025", "evidence": [done]}]
    assert held(projects=[project(commitments=["permit"])], commitments=measures) == []


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"kind": "memorandum", "agreed": "2025"}, "not signed yet: Contract"),
        ({"kind": "agreement", "signed": "2025"}, "signed, not in force yet: Contract"),
        ({"kind": "memorandum", "signed": "2025"}, None),
        ({"kind": "agreement", "in_force": "2025"}, None),
        ({"kind": "programme", "signed": "2020", "expires": "2025"}, "expired: Contract"),
    ],
)
def test_a_document_that_does_not_hold_yet(document: dict[str, str], says: str | None) -> None:
    papers = [{"id": "contract", "title": "Contract", **document}]
    found = held(projects=[project(document="contract")], documents=papers)
    assert found == ([("document", says)] if says else [])


@pytest.mark.parametrize(
    ("since", "stage", "is_held"),
    [
        ("2025-07-01", "preparing", True),
        ("2025-07-02", "preparing", False),
        ("2020", "operating", False),
        ("2020", "stopped", False),
    ],
)
def test_a_year_at_one_stage_is_long(since: str, stage: str, is_held: bool) -> None:
    assert bool(held(projects=[project(since=since, stage=stage)])) is is_held


def test_a_project_waits_for_another() -> None:
    others = [project(depends_on=["grid"]), {"id": "grid", "title": "Grid"}]
    assert held(projects=others) == [("waits", "waits for Grid")]
    others[1]["stage"] = "operating"
    assert held(projects=others) == []


EFFECT = {
    "indicator": "exports",
    "likely": 100,
    "unit": "units",
    "unit_price": {"amount": 10000, "currency": "USD"},
    "start": "2027",
    "ramp_years": 2,
    "chance": 50,
    "displaced": 20,
    "finance": {"amount": 500000, "currency": "USD"},
    "facility": "line",
}
MONEY: dict[str, Any] = {
    "indicators": [
        {"id": "exports", "title": "Exports", "measures": "exports", "unit": "million USD",
         "exporter": "ISL"},
    ],
    "targets": [
        {"id": "more", "title": "More", "indicator": "exports", "value": 5, "unit": "million USD",
         "statements": [{"side": "ISL", "announced": "2025", "by": "2030"}]},
    ],
}  # fmt: skip


def line(**fields: Any) -> list[dict[str, Any]]:
    return [{"id": "line", "title": "Line", "kind": "credit", "available": "2025/2030", **fields}]


def test_finance_without_room_holds_and_unknown_room_is_to_be_cleared_up() -> None:
    small = line(limit={"amount": 100000, "currency": "USD"})
    found = held(projects=[project(effect=EFFECT)], facilities=small, **MONEY)
    assert [rule for rule, _words in found] == ["finance"]
    made = programme(projects=[project(effect=EFFECT)], facilities=line(), **MONEY)
    (pumps,) = projects_facts(made, TODAY).projects
    assert not pumps.is_held
    assert [hold.doubtful for hold in pumps.holds] == [True]


def test_scaling_up_by_hand() -> None:
    """100 × 10,000 USD less a fifth: 800,000 a year in full. 2027 has a quarter of it, the first
    year of an even rise over two; 2028 three quarters; from 2029 all of it."""
    years = [
        {"year": 2024, "units": 90},
        {"year": 2025, "units": 40, "planned_units": 50},
        {"year": 2025, "side": "NZL", "units": 38},
    ]
    made = programme(projects=[project(effect=EFFECT, years=years)], facilities=line(), **MONEY)
    facts = scaling_facts(made, projects_facts(made, TODAY), TODAY)
    (row,) = facts.projects
    assert facts.years == (2026, 2027, 2028, 2029, 2030)
    assert row.added == pytest.approx((0, 200_000, 600_000, 800_000, 800_000))
    assert row.expected == pytest.approx(tuple(one / 2 for one in row.added))
    assert (row.units_from, row.from_year, row.units_to) == (Decimal(38), 2025, Decimal(138))


def test_what_cannot_be_counted_says_why() -> None:
    effect = {name: value for name, value in EFFECT.items() if name != "start"}
    made = programme(projects=[project(effect=effect)], facilities=line(), **MONEY)
    (row,) = scaling_facts(made, projects_facts(made, TODAY), TODAY).projects
    assert row.added == ()
    assert "does not say when it starts" in str(row.why_not)


def test_what_works_already_adds_nothing() -> None:
    begun = Measure(id="m", title="m", likely=12.0, start=2020.0, begun=True)
    assert stated_additions(begun, (2026, 2027)) == (0.0, 0.0)
    assert stated_additions(begun, ()) == ()


BODIES = [
    {"id": "north", "name": "North", "party": "ISL", "kind": "region",
     "at": {"lat": 65.7, "lon": -18.1}},
    {"id": "south", "name": "South", "party": "NZL", "kind": "region",
     "at": {"lat": -45.9, "lon": 170.5}},
    {"id": "works", "name": "Works", "party": "ISL", "kind": "company", "parent": "north"},
]  # fmt: skip
LINKS = [{"id": "l", "title": "L", "kind": "companies", "bodies": ["works", "south"]}]


def test_a_company_belongs_to_its_region_and_a_project_to_the_nearest_half() -> None:
    sites = [project(partners=["works"], at={"lat": -44, "lon": 169})]
    made = programme(bodies=BODIES, links=LINKS, projects=sites)
    facts = places_facts(made, links_facts(made, TODAY), projects_facts(made, TODAY))
    assert [(one.id, one.links, one.projects) for one in facts.places] == [
        ("north", 1, 1), ("south", 1, 0)]  # fmt: skip
    assert [(pair.first, pair.second, pair.links) for pair in facts.pairs] == [
        ("north", "south", 1)]  # fmt: skip
    assert [site.side for site in facts.sites] == ["NZL"]


def test_the_map_names_places_meridians_and_hemispheres() -> None:
    spots = [
        Spot("north", "North", 0, 65.7, -18.1),
        Spot("seat", "Seat", 0, 65.7, -18.1),
        Spot("south", "South", 1, -45.9, 170.5),
        Spot("pumps", "Pumps", 1, -45.0, 170.0, "project"),
    ]
    lines = [Line("north", "south"), Line("north", "nowhere")]
    drawn = map_chart(spots, lines, ("Iceland", "New Zealand"), Words("en"))
    svg = picture(drawn, "svg", "en").decode()
    for label in ("North", "South", "Pumps", "Iceland", "18° W", "66° N", "46° S", "170° E"):
        assert f">{label}</t" in svg, label


def test_the_map_of_one_side_has_one_half() -> None:
    drawn = map_chart([Spot("a", "A", 1, 10.0, 20.0)], [], ("X", "Y"), Words("en"))
    svg = picture(drawn, "svg", "en").decode()
    assert ">Y</t" in svg
    assert ">X</t" not in svg


def test_output_has_a_bar_for_each_count() -> None:
    years = [{"year": 2025, "units": 4}, {"year": 2025, "side": "NZL", "units": 3}]
    (pumps,) = projects_facts(programme(projects=[project(years=years)]), TODAY).projects
    drawn = output_chart(pumps.years, Words("en"))
    svg = picture(drawn, "svg", "en").decode()
    assert "2025 NZL" in svg
    assert output_chart((), Words("en")) is None
