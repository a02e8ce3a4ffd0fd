"""What a proposal becomes in the folder, and what only a person can say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.core.reading.readings import figure, goal, proposal

from bilat.programme import KINDS, Programme, open_programme
from bilat.reading.proposal import Proposal
from bilat.reading.records import Mapped, to_record
from bilat.vocabulary import Period

HELD = """
sources: [{id: press, title: Communiqué, publisher: Press service}]
indicators:
  - {id: turnover, title: {en: Mutual trade, ru: Взаимная торговля}, measures: turnover,
     unit: million USD}
  - {id: exports-kgz, title: Exports, measures: exports, exporter: KGZ, unit: million USD}
  - {id: students, title: Students, measures: count, unit: students}
  - {id: guests, title: Guests, measures: count, unit: students}
figures:
  - {id: turnover-2024-blr, indicator: turnover, period: 2024, side: BLR, stated: 2025, value: 1,
     sources: [press]}
"""
Map = Callable[[Proposal], Mapped]


@pytest.fixture
def programme(folder: Callable[..., Path]) -> Programme:
    return open_programme(folder(HELD))


@pytest.fixture
def mapped(programme: Programme) -> Map:
    return lambda item: to_record(item, programme, "press", stated=Period.parse("2025-09-29"))


def asked(mapped: Mapped) -> dict[str, tuple[str, ...]]:
    return {question.name: question.choices for question in mapped.questions}


def fields(mapped: Mapped) -> dict[str, Any]:
    """A record that is ready, as the folder would hold it; it must be one that the folder takes."""
    assert asked(mapped) == {}
    assert KINDS[mapped.section].model_validate(dict(mapped.fields))
    return dict(mapped.fields)


def test_a_figure_is_written_in_the_unit_of_its_indicator(mapped: Map) -> None:
    item = figure(21_500_000.0, "KGZ", "2025-01/2025-06", qualifier="more than", growth_pct=9.5)
    assert fields(mapped(item)) | {"growth": float(fields(mapped(item))["growth"])} == {
        "id": "turnover-2025-01-2025-06-kgz",
        "indicator": "turnover",
        "period": "2025-01/2025-06",
        "side": "KGZ",
        "stated": "2025-09-29",
        "value": pytest.approx(21.5),
        "unit": "million USD",
        "growth": 9.5,
        "qualifier": "more_than",
        "sources": ["press"],
    }


def test_what_one_side_imports_the_other_exports(mapped: Map) -> None:
    item = figure(1_000_000, "BLR", indicator="imports")
    assert fields(mapped(item))["indicator"] == "exports-kgz"


def test_an_id_that_is_taken_gets_a_number(mapped: Map) -> None:
    assert fields(mapped(figure(2_000_000, "BLR", "2024")))["id"] == "turnover-2024-blr-2"


def test_a_side_a_period_a_currency_and_an_indicator_are_asked_for_not_guessed(
    mapped: Map,
) -> None:
    assert asked(mapped(figure(1, None))) == {"side": ("BLR", "KGZ")}
    assert asked(mapped(figure(1, "BLR", ""))) == {"period": ()}
    assert asked(mapped(figure(1, "BLR", currency="EUR"))) == {"value": ()}
    assert asked(mapped(figure(60, "KGZ", indicator="students", currency=None))) == {
        "indicator_id": ("students", "guests")
    }
    assert asked(mapped(figure(60, "KGZ", indicator="exports"))) == {"exporter": ("BLR", "KGZ")}
    assert list(asked(mapped(figure(60, "KGZ", indicator="investment")))) == ["indicator_id"]


def test_without_a_day_of_publication_the_day_is_asked_for(programme: Programme) -> None:
    assert asked(to_record(figure(1, "BLR"), programme, "press")) == {"stated": ()}


def test_an_answer_is_taken_like_what_was_read(mapped: Map) -> None:
    item = figure(60, "KGZ", indicator="students", currency=None, indicator_id="guests")
    assert fields(mapped(item))["indicator"] == "guests"


def test_a_goal_keeps_its_horizon_as_said_and_gets_a_title_in_both_languages(mapped: Map) -> None:
    found = fields(mapped(goal("BLR", horizon_years=5, by=None)))
    assert found["title"]["en"] == "Mutual trade: 500 million USD"
    assert set(found["title"]) == {"en", "ru"}
    assert (found["value"], found["unit"]) == (500, "million USD")
    assert found["statements"] == [
        {"side": "BLR", "announced": "2025-09-29", "horizon_years": 5, "sources": ["press"]}
    ]


def test_a_goal_that_is_only_a_multiple_needs_its_value(mapped: Map) -> None:
    item = proposal("target", side="BLR", indicator="turnover", value=None, multiple=3)
    assert list(asked(mapped(item))) == ["value"]


def test_a_speaker_is_kept_with_the_side(mapped: Map) -> None:
    item = proposal(
        "figure",
        side="BLR",
        speaker="A. Minister",
        indicator="turnover",
        value=1_000_000,
        currency="USD",
        period="2025",
    )
    assert fields(mapped(item))["speaker"] == {"name": "A. Minister", "side": "BLR"}


def test_a_session_a_visit_and_a_document(mapped: Map) -> None:
    session = fields(
        mapped(
            proposal(
                "contact",
                type="commission",
                ordinal=12,
                place="Bishkek",
                date="2024-11",
                status="held",
            )
        )
    )
    assert (session["kind"], session["number"], session["held"]) == ("session", 12, "2024-11")
    visit = fields(mapped(proposal("contact", type="visit", date="2025-11", status="planned")))
    assert (visit["planned"], "held" in visit) == ("2025-11", False)
    signed = proposal("document", type="roadmap", until=2030, status="signed")
    assert asked(mapped(signed)) == {"date": ("2025-09-29",)}
    drafted = fields(mapped(proposal("document", type="plan", until=2026, status="drafted")))
    assert (drafted["kind"], drafted["negotiated"], drafted["expires"]) == (
        "programme",
        "2025-09-29",
        2026,
    )
    assert set(asked(mapped(proposal("document", type="letter", date="2025")))) == {
        "type",
        "status",
    }


def test_a_proposed_measure_names_the_side_that_proposes_it(mapped: Map) -> None:
    found = fields(mapped(proposal("commitment", manner="proposed", side="BLR")))
    assert found["proposed_by"] == "BLR"
    assert found["title"] == {"en": "Elevators are assembled."}
    assert "proposed_by" not in fields(mapped(proposal("commitment", manner="agreed")))


def test_works_money_and_people(mapped: Map) -> None:
    plant = proposal("project", product="dairy plant", activity="construction", place="Talas")
    found = fields(mapped(plant))
    assert (found["title"]["en"], found["stage"], found["place"]) == (
        "Construction: dairy plant",
        "preparing",
        "Talas",
    )
    credit = proposal("finance", instrument="credit", value=50_000_000.0, currency="USD")
    assert fields(mapped(credit))["limit"] == {"amount": 50_000_000, "currency": "USD"}
    assert list(asked(mapped(proposal("finance", instrument="barter")))) == ["instrument"]
    banks = mapped(proposal("finance", instrument="bank agreement", date="2025-09-29"))
    assert (banks.section, fields(banks)["signed"]) == ("documents", "2025-09-29")
    assert fields(mapped(proposal("exchange", area="sports")))["area"] == "sport"
    assert fields(mapped(proposal("link", type="regional")))["kind"] == "regions"
    assert set(asked(mapped(proposal("link")))) == {"type"}


@pytest.mark.parametrize(
    ("instrument", "title"),
    [("fund", "Joint fund"), ("subsidy", "Interest subsidy"), ("bonds", "Bonds")],
)
def test_money_without_a_kind_of_its_own_keeps_its_name_and_its_words(
    mapped: Map, instrument: str, title: str
) -> None:
    result = mapped(proposal("finance", instrument=instrument))
    found = fields(result)
    assert (result.section, found["kind"], found["title"]["en"]) == ("facilities", "credit", title)
    assert found["note"] == {"en": "Elevators are assembled."}
    assert ("subsidy" in found) == (instrument == "subsidy")


def test_settlements_in_national_currencies_are_a_measure(mapped: Map) -> None:
    result = mapped(proposal("finance", instrument="settlement"))
    assert result.section == "commitments"
    assert fields(result)["title"]["en"] == "Settlements in national currencies"
    assert fields(result)["note"] == {"en": "Elevators are assembled."}


@pytest.mark.parametrize(
    ("kind", "record", "title"),
    [
        ("declaration", "declaration", "Declaration"),
        ("convention", "treaty", "Convention"),
        ("plan", "programme", "Plan of measures until 2027"),
    ],
)
def test_a_paper_keeps_its_own_name(mapped: Map, kind: str, record: str, title: str) -> None:
    until = 2027 if kind == "plan" else None
    paper = proposal("document", type=kind, status="signed", date="2025-09-29", until=until)
    found = fields(mapped(paper))
    assert (found["kind"], found["title"]["en"]) == (record, title)


def test_twin_cities_are_called_by_their_names(mapped: Map) -> None:
    found = fields(mapped(proposal("link", type="cities", partners="Osh – Vitebsk")))
    assert (found["kind"], found["title"]["en"]) == ("cities", "Twin cities: Osh – Vitebsk")


def test_what_one_side_looks_for_can_be_matched(mapped: Map) -> None:
    found = fields(mapped(proposal("link", side="KGZ", type="demand", wants="requests")))
    (interest,) = found["interests"]
    assert (interest["side"], interest["wants"]) == ("KGZ", "requests")
    assert interest["text"] == {"en": "Elevators are assembled."}
    assert list(asked(mapped(proposal("link", type="demand", wants="offers")))) == ["side"]
