"""A secretary enters lines and deals; what contradicts itself is told with its place and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.core.programme.trade import TRADE

from bilat.programme import load, open_programme, save

Folder = Callable[..., Path]
Errors = Callable[[Path], list[str]]

LINE = "{id: l, title: Line, kind: credit, sources: [press], limit: {amount: 1000, currency: USD}"
DEAL = "{id: d, title: Deal, facility: l, sources: [press], amount: {amount: 400, currency: USD}"


def lines(facility: str = "", deal: str | None = None) -> str:
    text = f"facilities:\n  - {', '.join(filter(None, [LINE, facility]))}}}\n"
    return (
        text if deal is None else f"{text}deals:\n  - {', '.join(filter(None, [DEAL, deal]))}}}\n"
    )


@pytest.mark.parametrize(
    ("facility", "place", "told", "remedy"),
    [
        (
            "sub_limits: [{products: ['84'], limit: {amount: 1001, currency: USD}}]",
            "programme.yaml:2:",
            "the sub-limit 1,001 USD is beyond the limit 1,000 USD",
            "Correct one of the two amounts",
        ),
        (
            "sub_limits: [{products: ['84'], limit: {amount: 10, currency: EUR}}]",
            "programme.yaml:2:",
            "the sub-limit is in EUR, the limit in USD",
            "State it in the currency of the limit",
        ),
        (
            "sub_limits: [{limit: {amount: 10, currency: USD}}]",
            "programme.yaml:2:",
            "a sub-limit that names neither a body nor products",
            "Add “body” or “products”",
        ),
        (
            "currency: EUR",
            "programme.yaml:2:",
            "the limit is in USD, the line in EUR",
            "Use one currency",
        ),
        (
            "provisions: {buckets: [{days: 30, share: 5}]}",
            "programme.yaml:2:",
            "a rule of provisions without a source",
            "Add “sources” with the regulation",
        ),
        (
            "provisions: {sources: [press], buckets: [{days: 90, share: 5}, {days: 30, share: 1}]}",
            "programme.yaml:2:",
            "the buckets of the provisions do not rise",
            "Give each bucket once",
        ),
    ],
)
def test_a_line_that_contradicts_itself_is_told(
    folder: Folder, errors: Errors, facility: str, place: str, told: str, remedy: str
) -> None:
    (problem,) = errors(folder(lines(facility), **TRADE))
    assert problem.startswith(place)
    assert told in problem
    assert remedy in problem


@pytest.mark.parametrize(
    ("facility", "deal", "told"),
    [
        (
            "available: 2025",
            "draws: [{on: 2026-01-01, amount: 10}]",
            "drawn on 1 January 2026, when the line cannot be drawn (2025)",
        ),
        (
            "",
            "draws: [{on: 2025-01-01, amount: 300}, {on: 2025-02-01, amount: 101}]",
            "the draws come to 401 USD, beyond the amount 400 USD",
        ),
        (
            "",
            "signed: 2025-03, draws: [{on: 2025-02-28, amount: 10}]",
            "drawn on 28 February 2025, before it was signed (March 2025)",
        ),
        (
            "",
            "signed: 2025-03, stage: signed, payments: [{on: 2025-02-28, amount: 10}]",
            "paid on 28 February 2025, before the deal was signed (March 2025)",
        ),
        (
            "",
            "payments: [{on: 2025-02-28, amount: 10}]",
            "payments of a deal that is only asked for",
        ),
        (
            "",
            (
                "terms: {amount: {amount: 401, currency: USD}, start: 2025-01-01, months: 12, "
                "rate: {percent: 5}}"
            ),
            "the terms finance 401 USD, beyond the amount 400 USD",
        ),
        (
            "",
            (
                "terms: {amount: {amount: 400, currency: EUR}, start: 2025-01-01, months: 12, "
                "rate: {percent: 5}}"
            ),
            "the terms are in EUR, the deal in USD",
        ),
        (
            "",
            "terms: {amount: {amount: 400, currency: USD}, start: 2025-01-01, rate: {percent: 5}}",
            "the term is missing",
        ),
        (
            "",
            "draws: [{on: 2025-01-01, amount: -5}]",
            "",
        ),
    ],
)
def test_a_deal_that_contradicts_its_line_or_itself_is_told(
    folder: Folder, errors: Errors, facility: str, deal: str, told: str
) -> None:
    found = errors(folder(lines(facility, deal), **TRADE))
    assert len(found) == 1
    assert found[0].startswith("programme.yaml:4:")
    assert told in found[0]


def test_a_deal_in_another_currency_warns_until_a_rate_is_stated(folder: Folder) -> None:
    euros = lines("", "stage: agreed").replace("400, currency: USD", "400, currency: EUR")
    (warning,) = load(folder(euros, **TRADE)).problems
    assert warning.severity == "warning"
    assert str(warning.place).startswith("programme.yaml:4:")
    assert "without a rate it is not counted" in str(warning.what)
    assert "Add “limit_rate”: what one EUR is worth in USD" in str(warning.remedy)
    rated = euros.replace("stage: agreed", "stage: agreed, limit_rate: 1.08")
    assert load(folder(rated, **TRADE)).problems == ()


def test_a_full_line_and_deal_are_read_without_a_problem(folder: Folder) -> None:
    facility = (
        "revolving: true, available: 2025/2026, commitment_fee: 0.5, tied: true, "
        "sub_limits: [{title: Machines, products: ['84'], limit: {amount: 500, currency: USD}}], "
        "eligibility: {origin_share: 50, no_reexport: true, barred: ['93'], countries: [KGZ]}, "
        "provisions: {sources: [press], buckets: [{days: 30, share: 5}]}"
    )
    deal = (
        "signed: 2025-01, stage: drawn, products: ['8428'], origin_share: 60, reexport: false, "
        "draws: [{on: 2025-01-15, amount: 100.50}], payments: []"
    )
    programme = open_programme(folder(lines(facility, deal), **TRADE))
    (read,) = programme.deals
    assert read.payments == ()
    assert str(read.draws[0].amount) == "100.50"
    assert programme.facilities[0].revolving is True


def test_old_lines_and_deals_stay_as_they_were(folder: Folder) -> None:
    programme = open_programme(folder(lines("", "stage: signed, months: 12"), **TRADE))
    assert programme.deals[0].payments is None
    assert programme.facilities[0].revolving is None


def test_no_payment_made_is_saved_as_such_and_not_as_unknown(folder: Folder) -> None:
    root = folder(lines("", "stage: signed"), **TRADE)
    programme = open_programme(root)
    (deal,) = programme.deals
    save(programme.with_fields(deals=(deal.model_copy(update={"payments": ()}),)), root)
    assert open_programme(root).deals[0].payments == ()
    assert "payments: []" in (root / "programme.yaml").read_text()
