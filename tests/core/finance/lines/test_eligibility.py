"""A bank checks a deal against the rules of its line: refused, in doubt, or fine, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.finance.lines.line_notation import (
    deals,
    facilities,
    programme_of,
    the_deal,
    usd,
)

from bilat.errors import NoAnswer
from bilat.finance.lines import Barred, Eligibility, eligibility_of, read_barred

DEAL = f"id: a, title: Tractors, facility: l, amount: {usd(400)}, stage: agreed"


def checked(line: str, deal: str = "", barred: tuple[Barred, ...] = ()) -> Eligibility:
    programme = programme_of(
        facilities(", ".join(filter(None, [f"id: l, limit: {usd(1000)}", line]))),
        deals(", ".join(filter(None, [DEAL, deal]))),
    )
    return eligibility_of(programme, *the_deal(programme), barred)


@pytest.mark.parametrize(
    ("line", "deal", "verdict", "reason"),
    [
        ("eligibility: {origin_share: 50}", "origin_share: 50", "eligible", ""),
        (
            "eligibility: {origin_share: 50}",
            "origin_share: 49.9",
            "refused",
            "the origin share is 49.9%, the line asks for at least 50%",
        ),
        (
            "eligibility: {origin_share: 50}",
            "",
            "doubtful",
            "the origin share is not stated; the line asks for at least 50%",
        ),
        ("eligibility: {no_reexport: true}", "reexport: false", "eligible", ""),
        ("eligibility: {no_reexport: true}", "reexport: true", "refused", "sold on to a third"),
        ("eligibility: {no_reexport: true}", "", "doubtful", "not stated whether"),
        ("eligibility: {barred: ['93']}", "products: ['870190']", "eligible", ""),
        ("eligibility: {barred: ['93']}", "products: ['930120']", "refused", "HS 930120 is barred"),
        (
            "eligibility: {barred: ['870899']}",
            "products: ['8708']",
            "doubtful",
            "a part of HS 8708, 870899, is barred",
        ),
        ("eligibility: {barred: ['93']}", "", "doubtful", "its goods are not stated"),
        ("eligibility: {products: ['84']}", "products: ['8428']", "eligible", ""),
        ("eligibility: {products: ['84']}", "products: ['8701']", "refused", "not among the goods"),
        (
            "eligibility: {products: ['842810']}",
            "products: ['8428']",
            "doubtful",
            "of HS 8428 the line finances 842810 only",
        ),
        ("eligibility: {countries: [KGZ]}", "lessee: farm", "eligible", ""),
        ("eligibility: {countries: [KGZ]}", "lessee: works", "refused", "is of Belarus"),
        ("eligibility: {countries: [KGZ]}", "", "doubtful", "country of the borrower"),
        ("partners: [bank-a]", "through: bank-a", "eligible", ""),
        ("partners: [bank-a]", "through: bank-b", "refused", "Bank B is not among the partners"),
        ("tied: true", "supplier: works", "eligible", ""),
        ("tied: true", "", "doubtful", "its supplier is not stated"),
        (
            f"sub_limits: [{{body: bank-a, limit: {usd(300)}}}]",
            "",
            "doubtful",
            "its bank or lessor is not stated",
        ),
        (
            "available: 2025",
            "draws: [{on: 2026-01-01, amount: 1}]",
            "refused",
            "drawn on 1 January 2026",
        ),
        ("available: 2025", "signed: 2026-03", "refused", "signed in March 2026"),
        ("", "", "no_rules", ""),
    ],
)
def test_each_rule_has_its_verdict_and_reason(
    line: str, deal: str, verdict: str, reason: str
) -> None:
    found = checked(line, deal)
    assert found.verdict == verdict
    assert reason in "; ".join(str(item.words) for item in found.reasons)
    assert bool(found.reasons) == bool(reason)


def test_the_goods_of_the_project_count_where_the_deal_names_none() -> None:
    programme = programme_of(
        facilities(f"id: l, limit: {usd(1000)}, eligibility: {{barred: ['93']}}"),
        "projects: [{id: p, title: Arms, products: ['9301'], sources: [s]}]",
        deals(f"{DEAL}, project: p"),
    )
    assert eligibility_of(programme, *the_deal(programme)).verdict == "refused"


def test_refusals_stand_before_doubts() -> None:
    found = checked("tied: true, eligibility: {barred: ['93']}", "products: ['9301']")
    assert [reason.refuses for reason in found.reasons] == [True, False]


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    return tmp_path / "barred.csv"


def test_a_list_bars_goods_on_one_line_or_on_all(listing: Path) -> None:
    listing.write_text(
        "code,facility,reason\n9301,,Arms\n8703.22,l,Passenger cars\n2402 20 900 0,other,Tobacco\n"
    )
    barred, problems = read_barred(listing, ["l", "other"])
    assert problems == ()
    assert [item.code for item in barred] == ["9301", "870322", "2402209000"]
    refused = checked("", "products: ['870322']", barred)
    assert refused.verdict == "refused"
    assert "barred by barred.csv: Passenger cars" in str(refused.reasons[0].words)
    assert checked("", "products: ['240220']", barred).verdict == "eligible"


def test_a_longer_national_code_is_a_doubt(listing: Path) -> None:
    listing.write_text("code\n8703221000\n")
    barred, _problems = read_barred(listing, ["l"])
    assert checked("", "products: ['870322']", barred).verdict == "doubtful"


def test_bad_rows_come_back_with_their_line(listing: Path) -> None:
    listing.write_text("code,facility\n9301,\n93O1,\n\n8703,nowhere\n")
    barred, problems = read_barred(listing, ["l"])
    assert [item.code for item in barred] == ["9301"]
    assert [str(problem.place) for problem in problems] == ["barred.csv:3", "barred.csv:5"]
    assert "“93O1” is no code of goods" in str(problems[0].what)
    assert "there is no line “nowhere”" in str(problems[1].what)


@pytest.mark.parametrize("text", ["", "hs,why\n9301,arms\n", "code;facility\n9301;l\n"])
def test_another_table_is_no_list(listing: Path, text: str) -> None:
    listing.write_text(text)
    with pytest.raises(NoAnswer, match="a list of barred goods has the columns"):
        read_barred(listing, [])


def test_a_list_that_cannot_be_read_is_told(listing: Path) -> None:
    listing.write_bytes(b"code\n\xff\xfe93\n")
    with pytest.raises(NoAnswer, match="Name a CSV file in UTF-8"):
        read_barred(listing, [])
