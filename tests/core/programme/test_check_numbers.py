"""Figures, targets and estimates that fit their indicator and their dates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.core.programme.trade import TRADE

Folder = Callable[..., Path]
Errors = Callable[[Path], list[str]]


@pytest.mark.parametrize(
    ("section", "record"),
    [
        ("figures", "{id: f, indicator: turnover, period: 2024, side: BLR, stated: 2025, value: 9"),
        ("observations", "{indicator: turnover, period: 2024, reporter: BLR, value: 9"),
    ],
)
def test_a_number_is_in_the_units_of_its_indicator(
    folder: Folder, errors: Errors, section: str, record: str
) -> None:
    root = folder(f"{section}:\n  - {record}, sources: [press],\n     unit: persons}}\n", **TRADE)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:3:12: the unit “persons” does not fit the indicator, which is in "
        "million USD. "
        "Convert the value, and name the rate in the note; or use another indicator."
    )


def test_another_scale_of_the_same_currency_fits(folder: Folder, errors: Errors) -> None:
    table = """
        indicator,reporter,period,value,unit,sources
        turnover,BLR,2024,133140,thousand USD,press
        """
    assert errors(folder(**TRADE, **{"observations.csv": table})) == []


def test_a_baseline_in_another_currency_does_not_fit(folder: Folder, errors: Errors) -> None:
    root = folder(
        """
        targets:
          - id: trade-500
            title: Raise trade
            indicator: turnover
            value: 500
            unit: million USD
            sources: [press]
            statements:
              - side: KGZ
                announced: 2025
                baseline: {period: 2024, value: 11, unit: billion KGS}
        """,
        **TRADE,
    )
    (problem,) = errors(root)
    assert problem.startswith("programme.yaml:11:51: the unit “billion KGS” does not fit")


def test_trade_is_measured_in_money(folder: Folder, errors: Errors) -> None:
    root = folder("indicators: [{id: i, title: I, measures: turnover, unit: tonnes}]\n")
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:1:58: trade is measured in money, not in tonnes. "
        "Use a unit such as “million USD”, or “measures: count”."
    )


@pytest.mark.parametrize("rest", ["measures: exports", "measures: turnover, exporter: BLR"])
def test_exports_and_only_exports_have_an_exporter(
    folder: Folder, errors: Errors, rest: str
) -> None:
    root = folder(f"indicators: [{{id: i, title: I, unit: USD, {rest}}}]\n")
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:1:53: an indicator of exports names its exporter, and only such a one "
        "does. Add “exporter” with the side where the goods come from, or change “measures”."
    )


def stated(number: str) -> str:
    """A figure whose number stands on line 4."""
    return f"""
        figures:
          - {{id: f, indicator: turnover, period: 2024, side: BLR,
             stated: 2025, sources: [press],
             {number}}}
        """


def test_a_figure_without_a_number_is_refused(folder: Folder, errors: Errors) -> None:
    assert errors(folder(stated("qualifier: about"), **TRADE)) == [
        "programme.yaml:2:5: a figure without a number. Add “value”, “growth” or “multiple”."
    ]


@pytest.mark.parametrize(("number", "column"), [("multiple: 1.5", 16), ("value: 3, of: 2021", 20)])
def test_so_many_times_says_which_period(
    folder: Folder, errors: Errors, number: str, column: int
) -> None:
    (problem,) = errors(folder(stated(number), **TRADE))
    assert problem == (
        f"programme.yaml:4:{column}: “multiple” and “of” belong together. "
        "Say how many times which period: multiple: 1.5, of: 2021."
    )


@pytest.mark.parametrize("number", ["value: 133", "growth: -3.5", "multiple: 1.5, of: 2021"])
def test_a_value_a_growth_or_a_multiple_is_a_number(
    folder: Folder, errors: Errors, number: str
) -> None:
    assert errors(folder(stated(number), **TRADE)) == []


def test_a_figure_is_not_stated_before_its_period_begins(folder: Folder, errors: Errors) -> None:
    root = folder(
        """
        figures:
          - id: f
            indicator: turnover
            period: 2025
            side: BLR
            stated: 2024-12-31
            value: 200
            sources: [press]
        """,
        **TRADE,
    )
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:6:13: stated before the period began. "
        "Correct “stated” or “period”; a plan for the future is a target."
    )


def test_a_target_of_zero_is_none(folder: Folder, errors: Errors) -> None:
    root = folder(
        """
        targets:
          - id: t
            title: T
            indicator: turnover
            value: 0
            unit: USD
            sources: [press]
            statements: [{side: BLR, announced: 2025}]
        """,
        **TRADE,
    )
    (problem,) = errors(root)
    assert problem.startswith("programme.yaml:5:12: a target of zero.")


def announced(dates: str) -> str:
    """A target with one statement, whose dates stand on line 8."""
    return f"""
        targets:
          - id: trade-500
            title: Raise trade
            indicator: turnover
            value: 500
            unit: million USD
            sources: [press]
            statements: [{{side: KGZ, {dates}}}]
        """


def test_a_target_is_not_due_before_its_baseline(folder: Folder, errors: Errors) -> None:
    dates = "announced: 2024, by: 2024, baseline: {period: 2024, value: 133}"
    (problem,) = errors(folder(announced(dates), **TRADE))
    assert problem == (
        "programme.yaml:8:51: the target date 2024 is not after its baseline 2024. "
        "Correct “by” or the period of the baseline."
    )


def test_a_target_is_not_announced_after_its_own_date(folder: Folder, errors: Errors) -> None:
    assert errors(folder(announced("announced: 2024, by: 2022"), **TRADE)) == [
        "programme.yaml:8:51: announced after its own date. Correct “announced” or “by”."
    ]


def test_a_baseline_is_known_when_the_target_is_announced(folder: Folder, errors: Errors) -> None:
    dates = "announced: 2024, by: 2030, baseline: {period: 2025, value: 133}"
    (problem,) = errors(folder(announced(dates), **TRADE))
    assert problem == (
        "programme.yaml:8:67: the baseline is later than the announcement. "
        "The baseline is the last level known when the target was announced."
    )


@pytest.mark.parametrize(
    "dates",
    [
        "announced: 2025",
        "announced: 2025-09, horizon_years: 5",
        "announced: 2025-09, by: 2025",
        "announced: 2025, by: 2025-06",
        "announced: 2025, by: 2025, baseline: {period: 2025-06, value: 133}",
    ],
)
def test_dates_of_a_target_that_can_be_are_accepted(
    folder: Folder, errors: Errors, dates: str
) -> None:
    assert errors(folder(announced(dates), **TRADE)) == []


@pytest.mark.parametrize("order", ["low: 5, high: 9", "low: 1, high: 2", "low: 9"])
def test_low_likely_and_high_are_in_this_order(folder: Folder, errors: Errors, order: str) -> None:
    root = folder(
        f"""
        projects:
          - id: elevators
            title: Elevators
            sources: [press]
            units_per_year: {{likely: 3, unit: units, {order}}}
        """,
        **TRADE,
    )
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:5:21: low, likely and high are not in this order. "
        "Write low ≤ likely ≤ high."
    )


def test_an_estimate_that_nobody_has_stated_is_refused(folder: Folder, errors: Errors) -> None:
    root = folder("""
        projects:
          - id: elevators
            title: Elevators
            units_per_year: {likely: 3, unit: units}
        """)
    (problem,) = errors(root)
    assert problem.startswith("programme.yaml:4:21: an estimate that nobody has stated.")


@pytest.mark.parametrize(
    "chance", ["{likely: 0.6, unit: units}", "{likely: 60, high: 120, unit: percent}"]
)
def test_a_chance_is_in_per_cent(folder: Folder, errors: Errors, chance: str) -> None:
    root = folder(
        f"""
        projects:
          - {{id: p, title: P, sources: [press], chance: {chance}}}
        """,
        **TRADE,
    )
    (problem,) = errors(root)
    assert problem.startswith("programme.yaml:2:49: a chance is between 0 and 100 percent.")
