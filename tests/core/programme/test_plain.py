"""A record as the plain data that a file holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from tests.core.programme.strategies import programmes

from bilat.programme import Deal, Document, Observation, Programme, Project
from bilat.programme.plain import plain


def test_what_is_only_a_default_is_left_out() -> None:
    record = Document.model_validate({"id": "d", "title": "D", "kind": "roadmap", "place": None})
    assert plain(record) == {"id": "d", "title": "D", "kind": "roadmap"}


def test_the_id_comes_first_and_the_origin_last() -> None:
    record = Document.model_validate(
        {"sources": ["s"], "note": "N", "kind": "roadmap", "title": "D", "id": "d", "place": "Osh"}
    )
    assert list(plain(record)) == ["id", "title", "kind", "place", "sources", "note"]


def test_periods_and_units_become_text_and_days_stay_days() -> None:
    record = Observation.model_validate(
        {
            "indicator": "i",
            "period": "2024-01/2024-06",
            "reporter": "BLR",
            "value": "12.50",
            "unit": "million USD",
            "vintage": "2024-12-01",
        }
    )
    assert plain(record) == {
        "id": "i-BLR-2024-01-2024-06-2024-12-01",
        "indicator": "i",
        "period": "2024-H1",
        "reporter": "BLR",
        "value": Decimal("12.5"),
        "unit": "million USD",
        "vintage": date(2024, 12, 1),
    }


def test_a_whole_amount_is_a_whole_number() -> None:
    record = Deal.model_validate(
        {"id": "d", "title": "D", "facility": "f", "amount": {"amount": "5.00", "currency": "USD"}}
    )
    amount = plain(record)["amount"]["amount"]
    assert (amount, type(amount)) == (5, int)


def test_a_list_of_codes_is_a_list() -> None:
    assert plain(Project(id="p", title="P", products=("0402",)))["products"] == ["0402"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programmes())
def test_plain_data_makes_the_same_programme_again(programme: Programme) -> None:
    assert Programme.model_validate(plain(programme)) == programme
