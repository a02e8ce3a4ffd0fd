"""Numbers of exchange: each side's own, against what was planned; drawn in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bilat.brief.charts import picture
from bilat.brief.charts.exchange import number_chart, number_finding
from bilat.brief.facts.exchange import exchange_fact, exchange_facts, number_facts
from bilat.language import Words
from bilat.programme import Programme

TODAY = date(2026, 3, 10)
SIDES = {"BLR": "Belarus", "KGZ": "Kyrgyzstan"}


def observed(side: str, period: str, value: int) -> dict[str, Any]:
    return {"indicator": "students", "reporter": side, "period": period, "value": str(value),
            "unit": "students"}  # fmt: skip


@pytest.fixture
def programme() -> Programme:
    return Programme.model_validate(
        {
            "id": "two",
            "title": "Two",
            "parties": [{"code": "BLR"}, {"code": "KGZ"}],
            "indicators": [
                {"id": "students", "title": "Students", "measures": "count",
                 "unit": "thousand students"},
                {"id": "fairs", "title": "Fairs", "measures": "count", "unit": "events"},
            ],
            "observations": [
                observed("BLR", "2022", 800), observed("BLR", "2024", 1000),
                observed("BLR", "2025-H1", 600), observed("KGZ", "2024", 900),
                observed("KGZ", "2027", 1),
            ],
            "targets": [
                {"id": "more", "title": "More", "indicator": "students", "value": "2",
                 "unit": "thousand students", "statements": [
                     {"side": "BLR", "announced": "2023", "by": "2030"},
                     {"side": "KGZ", "announced": "2027", "by": "2031"}]},
            ],
            "contacts": [
                {"id": "forum", "title": "Forum", "kind": "forum", "held": "2025",
                 "follow_up": ["aimed"]},
                {"id": "other", "title": "Other", "kind": "call", "held": "2025"},
            ],
            "commitments": [
                {"id": "aimed", "title": "Aimed", "indicators": ["students"]},
                {"id": "named", "title": "Named"}, {"id": "foreign", "title": "Foreign"},
            ],
            "exchanges": [
                {"id": "study", "title": "Study", "area": "education", "indicators": ["students"]},
                {"id": "school", "title": "School", "area": "education", "commitments": ["named"],
                 "indicators": ["students"]},
                {"id": "fairs", "title": "Fairs", "area": "culture", "indicators": ["fairs"]},
            ],
        }
    )  # fmt: skip


def test_each_side_keeps_its_own_numbers(programme: Programme) -> None:
    (number,) = number_facts(programme, ["students"], TODAY)
    years = [(level.side, str(level.period), int(level.value)) for level in number.years]
    assert years == [("BLR", "2022", 800), ("BLR", "2024", 1000), ("KGZ", "2024", 900)]
    assert [(level.side, str(level.period)) for level in number.parts] == [("BLR", "2025-H1")]
    assert number.sides == ("BLR", "KGZ")


def test_a_plan_counts_from_the_sides_own_level(programme: Programme) -> None:
    """And what is announced later is not known yet."""
    (number,) = number_facts(programme, ["students"], TODAY)
    (plan,) = number.plans
    assert (plan.side, plan.year, plan.value) == ("BLR", 2030, Decimal(2000))
    assert plan.start is not None
    assert (str(plan.start.period), int(plan.start.value)) == ("2022", 800)


def test_measures_contacts_and_areas_belong_together_once(programme: Programme) -> None:
    fact = exchange_fact(programme, programme.exchanges[:2], TODAY)
    assert fact.areas == ("education",)
    assert {item.id for item in fact.measures} == {"aimed", "named"}
    assert [item.id for item in fact.contacts] == ["forum"]
    assert [item.id for item in fact.numbers] == ["students"]
    each = exchange_facts(programme, [(item,) for item in programme.exchanges], TODAY)
    assert [len(item.measures) for item in each] == [1, 2, 0]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_chart_has_both_sides_the_plan_and_its_finding(programme: Programme, lang: str) -> None:
    (number,) = number_facts(programme, ["students"], TODAY)
    words = Words(lang)
    chart = number_chart(number, SIDES, words)
    rows = [row for found in chart.to_dict()["datasets"].values() for row in found]
    assert {row.get("side") for row in rows} >= {"Belarus", "Kyrgyzstan"}
    assert {row["level"] for row in rows if row.get("plan") == 0} == {0.8, 2.0}
    svg = picture(chart, "svg", lang).decode()
    assert "2030" in svg
    assert svg.count("<svg") == 1


def test_a_finding_says_what_is_missing(programme: Programme) -> None:
    english = Words("en")
    students, fairs = number_facts(programme, ["students", "fairs"], TODAY)
    assert english(number_finding(students, SIDES)) == (
        "1 thousand students in 2024 by Belarus, planned 2 thousand students in 2030"
    )
    assert english(number_finding(fairs, SIDES)) == "No full year is stated yet"
