"""What measures and projects say they add fits their indicator, and is said once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.core.programme.trade import TRADE

from bilat.programme import load

Folder = Callable[..., Path]
Errors = Callable[[Path], list[str]]

PLANT = "{id: plant, title: Plant, sources: [press], "


def test_units_with_a_price_fit_an_indicator_in_money(folder: Folder, errors: Errors) -> None:
    effect = "{indicator: turnover, likely: 200, unit: units, start: 2027, "
    effect += "unit_price: {amount: 30000, currency: USD}}"
    assert errors(folder(f"projects:\n  - {PLANT}effect: {effect}}}\n", **TRADE)) == []


def test_units_without_a_price_do_not_fit_an_indicator_in_money(
    folder: Folder, errors: Errors
) -> None:
    effect = "{indicator: turnover, likely: 200, unit: units, start: 2027}"
    (problem,) = errors(folder(f"projects:\n  - {PLANT}effect: {effect}}}\n", **TRADE))
    assert "the effect is in units, its indicator in million USD" in problem
    assert "add “unit_price”" in problem


def test_a_price_in_another_currency_is_refused(folder: Folder, errors: Errors) -> None:
    effect = "{indicator: turnover, likely: 200, unit: units, start: 2027, "
    effect += "unit_price: {amount: 3, currency: KGS}}"
    (problem,) = errors(folder(f"projects:\n  - {PLANT}effect: {effect}}}\n", **TRADE))
    assert "the effect is in KGS" in problem


def test_money_with_a_price_a_unit_is_refused(folder: Folder, errors: Errors) -> None:
    effect = "{indicator: turnover, likely: 2, unit: million USD, start: 2027, "
    effect += "unit_price: {amount: 3, currency: USD}}"
    (problem,) = errors(folder(f"projects:\n  - {PLANT}effect: {effect}}}\n", **TRADE))
    assert "an effect in money has a price a unit as well" in problem


def test_an_effect_without_a_year_is_a_warning(folder: Folder) -> None:
    effect = "{indicator: turnover, likely: 2, unit: million USD}"
    problems = load(folder(f"projects:\n  - {PLANT}effect: {effect}}}\n", **TRADE)).problems
    assert [problem.severity for problem in problems] == ["warning"]
    assert "does not say when it starts" in str(problems[0])


def test_a_project_and_its_commitment_are_not_counted_twice(folder: Folder) -> None:
    effect = "effect: {indicator: turnover, likely: 2, unit: million USD, start: 2027}"
    root = folder(
        f"commitments:\n  - {{id: works, title: Works, sources: [press], {effect}}}\n"
        f"projects:\n  - {PLANT}commitments: [works], {effect}}}\n",
        **TRADE,
    )
    problems = load(root).problems
    assert ["the outlook counts the project’s only" in str(problem) for problem in problems] == [
        True
    ]


def test_nothing_excludes_what_it_depends_on(folder: Folder, errors: Errors) -> None:
    root = folder(
        f"projects:\n  - {PLANT}depends_on: [line], excludes: [line]}}\n"
        "  - {id: line, title: Line, sources: [press]}\n",
        **TRADE,
    )
    (problem,) = errors(root)
    assert "it cannot exclude “line”" in problem


def test_projects_that_wait_for_each_other_are_a_ring(folder: Folder, errors: Errors) -> None:
    root = folder(
        f"projects:\n  - {PLANT}depends_on: [line]}}\n"
        "  - {id: line, title: Line, sources: [press], depends_on: [plant]}\n",
        **TRADE,
    )
    (problem,) = errors(root)
    assert "go round in a ring" in problem
