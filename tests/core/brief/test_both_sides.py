"""What exporter, importer and people say of trade, and what the two sides state differently."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bilat.brief import make_brief
from bilat.brief.facts.sayings import SidesFacts, sides_facts
from bilat.brief.facts.stated import stated_facts
from bilat.brief.facts.ways import TradeWay, trade_ways, years_of
from bilat.brief.story.ways import way_finding
from bilat.brief.trade_day import trade_day
from bilat.language import Words
from bilat.programme import Programme, open_programme

DAY = date(2025, 11, 1)
WORDS = Words("en")
MILLION = Decimal(1_000_000)


def programme(**records: Any) -> Programme:
    way = {
        "id": "exports", "title": "Exports", "unit": "million USD", "measures": "exports",
        "exporter": "ISL",
    }  # fmt: skip
    return Programme.model_validate(
        {"id": "pair", "title": "A pair", "parties": [{"code": "ISL"}, {"code": "NZL"}],
         "indicators": [way], **records}
    )  # fmt: skip


def seen(side: str, year: int, value: str) -> dict[str, Any]:
    return {
        "indicator": "exports", "reporter": side, "period": str(year), "value": value,
        "unit": "million USD",
    }  # fmt: skip


def said(side: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"said-{side}", "indicator": "exports", "period": "2023", "side": side,
        "stated": "2024", **more,
    }  # fmt: skip


def way_of(one: Programme) -> TradeWay:
    (way,) = trade_ways(trade_day(one, as_of=DAY).trade, one.sides, stated_facts(one, DAY))
    return way


def differences(one: Programme) -> SidesFacts:
    return sides_facts(one, trade_day(one, as_of=DAY).trade, DAY)


def test_a_statement_never_stands_among_statistics() -> None:
    one = programme(observations=[seen("ISL", 2023, "90")], figures=[said("NZL", value="120")])
    (row,) = way_of(one).rows
    assert row.first is not None
    assert row.second is None
    assert row.difference is None
    assert [item.value for item in row.stated] == [120 * MILLION]


def test_two_reports_have_a_difference_and_a_likely_reason() -> None:
    one = programme(observations=[seen("ISL", 2023, "90"), seen("NZL", 2023, "99")])
    way = way_of(one)
    (row,) = way.rows
    assert row.difference == 9 * MILLION
    assert row.gap == pytest.approx(0.1)
    assert row.reason == "valuation"
    assert row.reconciled is not None
    assert years_of([way]) == (2023,)


@pytest.mark.parametrize(
    ("observations", "finding"),
    [
        ([("ISL", 2023, "90"), ("NZL", 2023, "99")], "99 million USD: 10.0% more."),
        ([("ISL", 2023, "90"), ("NZL", 2023, "81")], "81 million USD: 10.0% less."),
        ([("ISL", 2023, "90"), ("NZL", 2023, "90")], "90 million USD: the same."),
        ([("ISL", 2022, "80"), ("ISL", 2023, "100")], "25.0% more than the year before"),
        ([("ISL", 2022, "80"), ("ISL", 2023, "60")], "25.0% less than the year before"),
        ([("NZL", 2023, "60")], "NZL reports 60 million USD; the other side’s report"),
    ],
)
def test_the_newest_year_is_said_in_one_sentence(
    observations: list[tuple[str, int, str]], finding: str
) -> None:
    one = programme(observations=[seen(*item) for item in observations])
    sentence = way_finding(way_of(one), lambda side: side)
    assert sentence is not None
    assert finding in WORDS(sentence)


def test_of_what_was_only_said_no_sentence_is_made() -> None:
    assert way_finding(way_of(programme(figures=[said("NZL", value="1")])), str) is None


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"value": "120", "qualifier": "almost"}, "almost 120 million USD"),
        ({"growth": "14.1"}, "+14.1 % over a year"),
        ({"growth": "-3", "qualifier": "about"}, "about −3 % over a year"),
        ({"multiple": "1.5", "of": "2021"}, "1.5 times 2021"),
        ({"multiple": "2"}, "2 times 2022"),
    ],
)
def test_a_figure_is_shown_in_the_terms_in_which_it_was_said(
    more: dict[str, str], text: str
) -> None:
    (fact,) = stated_facts(programme(figures=[said("ISL", **more)]), DAY)
    assert WORDS.show(fact.text) == text


def test_what_was_said_later_is_not_known_yet() -> None:
    one = programme(figures=[said("ISL", value="1") | {"stated": "2025-12-01"}])
    assert stated_facts(one, DAY) == ()


def test_a_statement_is_compared_with_the_other_sides_statistics_only() -> None:
    one = programme(
        observations=[seen("ISL", 2023, "90")],
        figures=[said("ISL", value="200"), said("NZL", value="120")],
    )
    (found,) = differences(one).differences
    assert found.kind == "stated"
    assert [(item.side, item.basis) for item in found.sayings] == [
        ("ISL", "statistics"), ("ISL", "stated"), ("NZL", "stated"),
    ]  # fmt: skip
    assert found.difference == 80 * MILLION
    assert found.gap == pytest.approx(80 / 120)


def test_one_side_alone_is_no_difference_but_a_question() -> None:
    found = differences(
        programme(
            figures=[
                said("ISL", value="1"),
            ]
        )
    )
    assert found.differences == ()
    (question,) = found.questions
    assert (question.says, question.silent) == ("ISL", "NZL")
    assert [str(period) for period in question.periods] == ["2023"]


def test_dates_and_baselines_of_a_target_are_sayings_too() -> None:
    target = {
        "id": "t", "title": "Aim", "indicator": "exports", "value": "500", "unit": "million USD",
        "statements": [
            {"side": "ISL", "announced": "2024", "horizon_years": 5},
            {"side": "NZL", "announced": "2024", "by": "2027",
             "baseline": {"period": "2023", "value": "60"}},
        ],
    }  # fmt: skip
    one = programme(targets=[target], observations=[seen("ISL", 2023, "90")])
    dates, number = differences(one).differences
    assert (dates.kind, dates.gap) == ("target_date", None)
    assert dates.difference == 2
    assert [item.basis for item in number.sayings] == ["statistics", "baseline"]


def test_a_target_that_one_side_alone_has_dated_is_a_question() -> None:
    target = {
        "id": "t", "title": "Aim", "indicator": "exports", "value": "5", "unit": "million USD",
        "statements": [{"side": "ISL", "announced": "2024", "by": "2027"}],
    }  # fmt: skip
    (question,) = differences(programme(targets=[target])).questions
    assert question.ref == "targets/t"
    assert question.periods == ()


def test_a_day_of_trade_says_what_the_brief_says() -> None:
    example = Path(__file__).parents[3] / "examples" / "blr-kgz"
    if not example.exists():
        pytest.skip("no example programme here")
    one = open_programme(example)
    day, brief = trade_day(one, as_of=DAY), make_brief(one, as_of=DAY)
    assert day.trade == brief.trade
    assert day.sources == brief.sources
    assert day.side_name("BLR") == brief.side_name("BLR")
