"""Does a text say something new, repeat what is known, update it, or contradict it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.core.reading.readings import figure, goal, proposal

from bilat.language import Words
from bilat.programme import Programme, open_programme
from bilat.reading.proposal import Proposal
from bilat.reading.relation import Relation, relate
from bilat.vocabulary import Period

HELD = """
sources: [{id: press, title: Communiqué, publisher: Press service}]
indicators:
  - {id: turnover, title: Trade, measures: turnover, unit: million USD}
  - {id: exports-kgz, title: Exports, measures: exports, exporter: KGZ, unit: million USD}
figures:
  - {id: blr-9m, indicator: turnover, period: 2024-01/2024-09, side: BLR, stated: 2024-11-28,
     value: 135, unit: million USD, qualifier: almost, sources: [press]}
  - {id: blr-2024, indicator: turnover, period: 2024, side: BLR, stated: 2025, growth: 15,
     qualifier: more_than, sources: [press]}
  - {id: kgz-exports, indicator: exports-kgz, period: 2025-H1, side: KGZ, stated: 2025,
     value: 22, sources: [press]}
targets:
  - id: turnover-500
    title: 500 million of trade
    indicator: turnover
    value: 500
    unit: million USD
    sources: [press]
    statements: [{side: BLR, announced: 2024-11, horizon_years: 5}]
contacts:
  - {id: session-12, title: Session, kind: session, number: 12, held: 2024-11, place: Bishkek,
     sources: [press]}
  - {id: visit, title: Visit, kind: visit, planned: 2025-09, place: {en: Minsk, ru: Минск},
     sources: [press]}
documents:
  - {id: roadmap-2030, title: Roadmap to 2030, kind: roadmap, negotiated: 2025, expires: 2030,
     sources: [press]}
  - {id: package, title: Package, kind: package, negotiated: 2025-09-29, sources: [press]}
  - {id: digital, title: Memorandum on digital development, kind: memorandum, signed: 2025-09-29,
     sources: [press]}
commitments:
  - {id: contacts, title: Hold bilateral official contacts regularly, sources: [press]}
  - {id: settling, title: Settlements in national currencies, sources: [press]}
projects:
  - {id: elevators, title: {en: Joint assembly of elevators}, stage: preparing, sources: [press]}
facilities:
  - {id: leasing, title: Leasing, kind: leasing, sources: [press]}
  - {id: credit, title: Credit, kind: credit, limit: {amount: 50000000, currency: USD},
     sources: [press]}
  - {id: fund, title: Joint fund for farms, kind: credit, sources: [press]}
exchanges: [{id: sport, title: Sport, area: sport, sources: [press]}]
links:
  - {id: osh-vitebsk, title: {en: "Twin cities: Osh – Vitebsk"}, kind: cities, sources: [press]}
"""
Relate = Callable[[Proposal], Relation]


@pytest.fixture
def programme(folder: Callable[..., Path]) -> Programme:
    return open_programme(folder(HELD))


@pytest.fixture
def related(programme: Programme) -> Relate:
    return lambda item: relate(item, programme, stated=Period.parse("2025-09-29"))


def told(relation: Relation) -> str:
    assert relation.difference is not None
    return Words("en")(relation.difference)


def test_the_other_sides_number_for_the_same_period_contradicts(related: Relate) -> None:
    relation = related(figure(68_000_000, "KGZ"))
    assert (relation.kind, relation.records) == ("contradicts", (("figures", "blr-9m"),))
    assert told(relation) == (
        "the text says 68 million USD, BLR almost 135 million USD for January–September 2024"
    )


@pytest.mark.parametrize("value", [135_000_000, 134_600_000])
def test_the_same_number_rounded_otherwise_is_a_repetition(related: Relate, value: int) -> None:
    assert related(figure(value, "BLR")) == Relation("repeats", (("figures", "blr-9m"),))


def test_a_side_that_corrects_its_own_number_contradicts_itself(related: Relate) -> None:
    assert related(figure(142_000_000, "BLR")).kind == "contradicts"


def test_two_round_numbers_close_to_each_other_are_not_one(related: Relate) -> None:
    item = figure(23_000_000, "KGZ", "2025-01/2025-06", indicator="exports", exporter="KGZ")
    assert related(item).records == (("figures", "kgz-exports"),)
    assert related(item).kind == "contradicts"


def test_another_period_or_a_currency_of_another_kind_is_new(related: Relate) -> None:
    assert related(figure(68_000_000, "KGZ", "2025-01/2025-09")).kind == "new"
    assert related(figure(68_000_000, "KGZ", currency="EUR")).kind == "new"


def test_the_other_side_saying_the_same_is_a_statement_of_its_own(related: Relate) -> None:
    relation = related(figure(135_000_000, "KGZ"))
    assert (relation.kind, told(relation)) == ("new", "BLR states the same")


def test_a_value_where_only_growth_was_known_is_an_update(related: Relate) -> None:
    relation = related(figure(158_000_000, "BLR", "2024"))
    assert (relation.kind, relation.records) == ("updates", (("figures", "blr-2024"),))
    assert relation.takes == ("value", "unit")


def test_a_growth_said_a_little_differently_repeats_and_another_contradicts(
    related: Relate,
) -> None:
    same = figure(None, "BLR", "2024", growth_pct=15.6, currency=None)
    other = figure(None, "KGZ", "2024", growth_pct=9, currency=None)
    assert related(same).kind == "repeats"
    assert told(related(other)) == "the text says 9% growth, BLR 15% growth for 2024"


def test_three_years_against_five_contradict_whoever_says_it(related: Relate) -> None:
    relation = related(goal("KGZ", horizon_years=3))
    assert (relation.kind, relation.records) == ("contradicts", (("targets", "turnover-500"),))
    assert told(relation) == "the text says within 3 years; BLR: within 5 years"
    assert related(goal("BLR", horizon_years=3)).kind == "contradicts"


def test_a_goal_announced_again_repeats_by_its_horizon_or_by_its_year(related: Relate) -> None:
    assert related(goal("BLR", horizon_years=5)).kind == "repeats"
    assert related(goal("BLR", by=2029)).kind == "repeats"
    assert related(goal("BLR")).kind == "repeats"
    assert related(goal("BLR", by=2030)).kind == "contradicts"


def test_the_other_side_taking_up_the_goal_is_an_update(related: Relate) -> None:
    relation = related(goal("KGZ", horizon_years=5))
    assert (relation.kind, relation.takes) == ("updates", ("statements",))
    assert told(relation) == "KGZ has not said so before"


def test_another_level_is_another_goal_unless_it_is_for_the_same_year(related: Relate) -> None:
    assert related(goal("BLR", value=1_000_000_000, by=2035)).kind == "new"
    relation = related(goal("BLR", value=1_000_000_000, by=2029))
    assert (
        told(relation) == "the text says 1,000 million USD by 2029, the programme 500 million USD"
    )


def session(**fields: Any) -> Proposal:
    known = {"type": "commission", "ordinal": 12, "status": "held"}
    return proposal("contact", **{**known, **fields})


def test_a_session_is_known_by_its_number_and_its_date_may_be_another(related: Relate) -> None:
    assert related(session(place="Bishkek", date="2024-11")).kind == "repeats"
    assert related(session(place=None, date=None)).kind == "repeats"
    assert related(session(place="Бишкек", date="2024-11")).kind == "repeats"
    relation = related(session(place="Bishkek", date="2024-10"))
    assert told(relation) == "the text says October 2024, the programme November 2024"
    assert related(session(place="Osh", date="2024-11")).kind == "contradicts"
    assert related(session(ordinal=13, date="2025-11")).kind == "new"


def test_a_day_within_the_known_month_is_more_exact(related: Relate) -> None:
    relation = related(session(place="Bishkek", date="2024-11-28"))
    assert (relation.kind, relation.takes) == ("updates", ("held",))


def test_a_planned_visit_that_was_held_is_an_update(related: Relate) -> None:
    visit = proposal("contact", type="visit", place="Minsk", date="2025-09-29", status="held")
    relation = related(visit)
    assert (relation.kind, relation.records) == ("updates", (("contacts", "visit"),))
    assert told(relation) == "it was planned, and has been held"


def document(**fields: Any) -> Proposal:
    return proposal(
        "document", "A new roadmap for the period until 2030 was signed today.", **fields
    )


def test_a_roadmap_that_was_negotiated_and_is_signed_is_an_update(related: Relate) -> None:
    relation = related(document(type="roadmap", until=2030, status="signed"))
    assert (relation.kind, relation.takes) == ("updates", ("signed",))
    assert related(document(type="roadmap", until=None, status="to be signed")).kind == "repeats"
    assert related(document(type="roadmap", until=2027, status="in force")).kind == "new"


def test_a_memorandum_is_known_by_its_title_and_its_date_may_be_another(related: Relate) -> None:
    text = "A memorandum on digital development was signed."
    known = proposal("document", text, text=text, type="memorandum", status="signed")
    assert related(known).records == (("documents", "digital"),)
    dated = proposal(
        "document", text, text=text, type="memorandum", status="signed", date="2024-05"
    )
    assert related(dated).kind == "contradicts"
    assert related(document(type="memorandum", until=None, status="signed")).kind == "new"


def test_a_package_is_that_of_the_day_of_the_text(related: Relate) -> None:
    relation = related(document(type="package", until=None, status="to be signed"))
    assert relation.records == (("documents", "package"),)
    assert related(document(type="package", until=None, status="signed")).kind == "updates"


def test_a_meeting_on_the_day_of_another_contact_is_new_and_that_is_told(
    folder: Callable[..., Path],
) -> None:
    held = HELD.replace("planned: 2025-09,", "held: 2025-09-29,")
    meeting = proposal("contact", type="meeting", place="Minsk", date="2025-09-29")
    relation = relate(meeting, open_programme(folder(held)))
    assert (relation.kind, relation.records) == ("new", (("contacts", "visit"),))
    assert told(relation) == "on that day the programme has this, at that place"


def test_a_measure_is_known_by_the_words_of_its_title(related: Relate) -> None:
    text = "I suggest we systematize the holding of mutual bilateral official contacts."
    assert related(proposal("commitment", text, text=text)).kind == "repeats"
    assert related(proposal("commitment")).kind == "new"


def test_a_project_is_known_by_its_product_and_moves_on(related: Relate) -> None:
    relation = related(proposal("project", product="elevators", activity="assembly", place=None))
    assert (relation.kind, told(relation)) == ("updates", "stage: preparing → operating")
    planned = proposal(
        "project", manner="planned", product="elevators", activity="assembly", place=None
    )
    assert related(planned).kind == "repeats"
    assert related(proposal("project", product="buses", activity="assembly")).kind == "new"


def test_money_is_held_against_the_facility_of_its_kind(related: Relate) -> None:
    fifty: dict[str, Any] = {"value": 50_000_000.0, "currency": "USD"}
    assert related(proposal("finance", instrument="leasing")).kind == "repeats"
    assert related(proposal("finance", instrument="leasing", **fifty)).takes == ("limit",)
    assert related(proposal("finance", instrument="credit", **fifty)).kind == "repeats"
    other = proposal("finance", instrument="credit", value=70_000_000.0, currency="USD")
    assert related(other).kind == "contradicts"
    assert related(proposal("finance", instrument="bank agreement")).kind == "new"


def test_an_area_of_exchange_is_there_or_not(related: Relate) -> None:
    assert related(proposal("exchange", area="sport")).kind == "repeats"
    assert related(proposal("exchange", area="science")).kind == "new"
    assert related(proposal("link", type="regions")).kind == "new"


@pytest.mark.parametrize(
    ("instrument", "record"),
    [("fund", ("facilities", "fund")), ("settlement", ("commitments", "settling"))],
)
def test_money_is_found_again_under_its_own_name(
    related: Relate, instrument: str, record: tuple[str, str]
) -> None:
    relation = related(proposal("finance", instrument=instrument))
    assert (relation.kind, relation.records) == ("repeats", (record,))


def test_a_subsidy_of_one_of_two_credits_is_a_record_of_its_own(related: Relate) -> None:
    assert related(proposal("finance", instrument="subsidy")).kind == "new"
    assert related(proposal("finance", instrument="bonds")).kind == "new"


def test_twin_cities_are_the_same_by_their_names(related: Relate) -> None:
    same = related(proposal("link", type="cities", partners="Osh – Vitebsk"))
    assert (same.kind, same.records) == ("repeats", (("links", "osh-vitebsk"),))
    assert related(proposal("link", type="cities", partners="Batken – Gomel")).kind == "new"
