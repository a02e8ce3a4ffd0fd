"""A ministry asks: do its measures find the finance that they need, and which do not?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.core.finance.lines.line_notation import deals, facilities, figures, programme_of, usd

from bilat.finance.lines import Needs, Rates, line_of, needs_of, place, planned_needs
from bilat.outlook.plan.results import Step

TRADE = "indicators: [{id: trade, title: Trade, measures: turnover, unit: million USD}]"
AS_OF = date(2025, 10, 1)


def project(
    name: str, start: str, need: float, line: str = "l", more: str = "", currency: str = "USD"
) -> str:
    facility = f"facility: {line}, " if line else ""
    return (
        f"  - {{id: {name}, title: The {name}, sources: [s], effect: {{indicator: trade, "
        f"likely: 5, low: 4, high: 6, unit: million USD, start: {start}, {facility}{more}"
        f"finance: {{amount: {need}, currency: {currency}}}}}}}"
    )


def needs(line: str, *projects: str, more: str = "", rates: Rates | None = None) -> Needs:
    programme = programme_of(TRADE, facilities(f"id: l, {line}"), more, "projects:", *projects)
    wanted, left = needs_of(programme, AS_OF, rates or Rates())
    lines = {
        facility.id: (facility, line_of(programme, facility, AS_OF, rates or Rates()))
        for facility in programme.facilities
    }
    return place(wanted, lines, AS_OF, rates or Rates(), left)


def told(found: Needs) -> list[tuple[object, ...]]:
    return [(item.year, item.need, item.offer, item.gap) for item in found.years]


def test_measures_take_the_room_in_the_order_of_their_start() -> None:
    """100: plant 60 in 2026 leaves 40; mill 50 in 2027 finds no room; shop 30 does."""
    found = needs(
        f"limit: {usd(100)}",
        project("shop", "2027-06", 30),
        project("mill", "2027-03", 50),
        project("plant", "2026", 60),
    )
    assert told(found) == [(2026, 60, 100, 0), (2027, 80, 40, 50)]
    (stopped,) = [item for item in found.placed if item.missing]
    assert stopped.need.id == "projects/mill"
    assert str(stopped.why) == "Line has room for 40 USD only"


def test_a_measure_that_can_be_smaller_goes_ahead_in_part() -> None:
    found = needs(f"limit: {usd(100)}", project("plant", "2026", 160, more="smallest: 50, "))
    assert told(found) == [(2026, 160, 100, 60)]
    assert found.placed[0].granted == 100
    assert "in part" in str(found.placed[0].why)
    too_small = needs(f"limit: {usd(100)}", project("plant", "2026", 260, more="smallest: 50, "))
    assert too_small.placed[0].granted == 0


def test_the_chance_makes_the_expected_need() -> None:
    found = needs(f"limit: {usd(100)}", project("plant", "2026", 60, more="chance: 25, "))
    assert [figures(item.need, item.expected) for item in found.years] == [(60, 15)]


def test_deals_that_there_are_take_of_the_offer() -> None:
    held = deals(f"id: a, title: A, facility: l, amount: {usd(70)}, signed: 2025, stage: signed")
    found = needs(f"limit: {usd(100)}", project("plant", "2026", 60), more=held)
    assert told(found) == [(2026, 60, 30, 60)]


def test_a_deal_for_the_project_covers_its_need() -> None:
    own = deals(
        f"id: a, title: A, facility: l, project: plant, amount: {usd(45)}, signed: 2025, "
        "stage: signed"
    )
    found = needs(f"limit: {usd(100)}", project("plant", "2026", 60), more=own)
    assert told(found) == [(2026, 15, 55, 0)]
    asked = own.replace("signed: 2025, stage: signed", "stage: asked")
    found = needs(f"limit: {usd(100)}", project("plant", "2026", 60), more=asked)
    assert told(found) == [(2026, 60, 100, 0)]


def test_a_deal_in_another_currency_covers_its_project_at_a_rate_only() -> None:
    own = deals(
        "id: a, title: A, facility: l, project: plant, amount: {amount: 40, currency: EUR}, "
        "signed: 2025, stage: signed"
    )
    lot = project("plant", "2026", 60)
    bare = needs(f"limit: {usd(100)}", lot, more=own)
    assert [deal.id for deal in bare.placed[0].need.unrated] == ["a"]
    rated = needs(f"limit: {usd(100)}", lot, more=own, rates=Rates("USD", {"EUR": Decimal("1.1")}))
    assert told(rated) == [(2026, 16, 56, 0)]
    stated = own.replace("stage: signed", "stage: signed, limit_rate: 1.2")
    assert told(needs(f"limit: {usd(100)}", lot, more=stated)) == [(2026, 12, 52, 0)]


def test_a_revolving_line_offers_what_comes_back() -> None:
    """80 drawn in 2025, repaid by 31 December 2026: 2026 still ends with all of it free."""
    loan = deals(
        f"id: a, title: A, facility: l, amount: {usd(80)}, signed: 2025-01-01, stage: drawn, "
        f"terms: {{amount: {usd(80)}, start: 2025-01-01, months: 30, repayment: bullet, every: 6, "
        "rate: {percent: 0}}"
    )
    lot = (project("plant", "2026", 60), project("mill", "2027", 60))
    still = needs(f"limit: {usd(100)}", *lot, more=loan)
    turning = needs(f"limit: {usd(100)}, revolving: true", *lot, more=loan)
    assert [figures(year, gap) for year, _, _, gap in told(still)] == [(2026, 60), (2027, 60)]
    assert [figures(year, gap) for year, _, _, gap in told(turning)] == [(2026, 60), (2027, 0)]


def test_a_measure_whose_goods_are_barred_finds_no_room() -> None:
    lot = project("plant", "2026", 60, more="products: ['9301'], ")
    found = needs(f"limit: {usd(100)}, eligibility: {{barred: ['93']}}", lot)
    assert told(found) == [(2026, 60, 100, 60)]
    assert "HS 9301 is barred" in str(found.placed[0].why)
    other = needs(f"limit: {usd(100)}, eligibility: {{barred: ['24']}}", lot)
    assert told(other) == [(2026, 60, 100, 0)]


def test_a_line_that_is_closed_offers_nothing() -> None:
    found = needs(f"limit: {usd(100)}, available: 2025/2026", project("mill", "2027", 50))
    assert told(found) == [(2027, 50, 0, 50)]
    assert str(found.placed[0].why) == "Line cannot be drawn in 2027"


def test_without_a_limit_nobody_can_say() -> None:
    found = needs("currency: USD", project("plant", "2026", 60))
    assert told(found) == [(2026, 60, None, None)]
    assert str(found.placed[0].why) == "the limit of its line is not stated"


def test_a_need_without_a_line_is_a_gap() -> None:
    found = needs(f"limit: {usd(100)}", project("plant", "2026", 60, line=""))
    assert [figures(item.facility, item.gap) for item in found.years] == [("l", 0), (None, 60)]


def test_a_need_in_another_currency_needs_a_rate() -> None:
    lot = project("plant", "2026", 50, currency="EUR")
    bare = needs(f"limit: {usd(100)}", lot)
    assert [need.id for need in bare.unrated] == ["projects/plant"]
    rated = needs(f"limit: {usd(100)}", lot, rates=Rates("USD", {"EUR": Decimal("1.1")}))
    assert told(rated) == [(2026, 55, 100, 0)]


def test_what_cannot_be_counted_is_told() -> None:
    lot = project("plant", "2026", 60).replace("start: 2026, ", "")
    found = needs(f"limit: {usd(100)}", lot)
    assert found.placed == ()
    assert [item.id for item in found.left_out] == ["projects/plant"]


def test_what_works_already_needs_nothing_new() -> None:
    lot = project("plant", "2024", 60).replace("sources: [s]", "sources: [s], stage: operating")
    assert needs(f"limit: {usd(100)}", lot).placed == ()


def test_a_plan_has_its_own_years_and_scale() -> None:
    programme = programme_of(
        TRADE,
        facilities(f"id: l, limit: {usd(100)}"),
        "projects:",
        project("plant", "2026", 60),
        project("mill", "2026", 50),
    )
    wanted, _left = needs_of(programme, AS_OF, Rates())
    steps = [Step("projects/plant", "The plant", 2028, 2028.0, 0.5, None)]
    (found,) = planned_needs(wanted, steps)
    assert figures(found.id, found.year, found.amount.amount) == ("projects/plant", 2028, 30)
