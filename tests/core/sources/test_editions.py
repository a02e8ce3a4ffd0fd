"""Olga compares years that were declared in different editions of the Harmonized System."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from tests.core.sources.conftest import DATA

from bilat.errors import BilatError
from bilat.sources import Concordance, convert, read_concordance
from bilat.sources.report import REPORTS

TABLE = Concordance(
    {
        ("H4", "H5"): frozenset(
            [("010121", "010121"), ("020110", "020111"), ("020110", "020112"), ("020120", "020111")]
        ),
        ("H5", "H6"): frozenset([("010121", "010121"), ("020111", "020111"), ("020112", "020111")]),
    }
)


def row(product: str, value: float, edition: str = "H4", **more: Any) -> dict[str, Any]:
    return {
        "reporter": "KGZ",
        "partner": "BLR",
        "partner_kind": "country",
        "flow": "M",
        "start": date(2016, 1, 1),
        "months": 12,
        "classification": edition,
        "product": product,
        "value_usd": value,
        "value_original": value,
        "currency": "USD",
        "rate": 1.0,
        "net_kg": value / 2,
        "quantity": 4.0,
        "quantity_unit": "items",
        "valuation": "CIF",
        "dataset": "d",
        "vintage": date(2017, 1, 1),
        "file": "f.csv",
        "line": 2,
    } | more


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=REPORTS)


def values(reports: pa.Table) -> dict[str, float]:
    return dict(zip(reports["product"].to_pylist(), reports["value_usd"].to_pylist(), strict=True))


def test_one_to_one_and_many_to_one() -> None:
    found = convert(
        table(
            row("010121", 10.0, "H5"),
            row("020111", 3.0, "H5"),
            row("020112", 4.0, "H5", quantity_unit="kg"),
        ),
        "H6",
        TABLE,
    )
    assert values(found.reports) == {"010121": 10.0, "020111": 7.0}
    assert set(found.reports["classification"].to_pylist()) == {"H6"}
    assert found.reports.schema == REPORTS
    assert found.reports["net_kg"].to_pylist() == [5.0, 3.5]
    assert found.reports["quantity_unit"].to_pylist() == ["items", None]


def test_a_split_without_more_knowledge_is_equal_and_says_so() -> None:
    found = convert(table(row("020110", 10.0)), "H5", TABLE)
    assert values(found.reports) == {"020111": 5.0, "020112": 5.0}
    assert found.splits["basis"].to_pylist() == ["equal shares", "equal shares"]


def test_a_split_is_learned_from_flows_in_both_editions() -> None:
    overlap = table(
        *(
            row(code, value * size, edition, partner=partner)
            for partner, size in (("BLR", 1.0), ("RUS", 7.0), ("KAZ", 2.0))
            for code, value, edition in (
                ("020110", 10.0, "H4"),
                ("020120", 5.0, "H4"),
                ("020111", 8.0, "H5"),
                ("020112", 7.0, "H5"),
            )
        )
    )
    found = convert(table(row("020110", 100.0)), "H5", TABLE, overlap=overlap)
    assert values(found.reports) == pytest.approx({"020111": 30.0, "020112": 70.0}, rel=1e-4)
    assert set(found.splits["basis"].to_pylist()) == {"learned"}


def test_over_two_steps_the_value_stays_whole() -> None:
    found = convert(table(row("020110", 10.0), row("010121", 1.0)), "H6", TABLE)
    assert values(found.reports) == pytest.approx({"020111": 10.0, "010121": 1.0})


def test_totals_and_confidential_lines_pass_and_headings_do_not() -> None:
    rows = [row("TOTAL", 20.0, ""), row("XXXXXX", 5.0), row("0101", 9.0), row("999998", 3.0)]
    found = convert(table(*rows), "H5", TABLE)
    assert values(found.reports) == {"TOTAL": 20.0, "XXXXXX": 5.0}
    assert [str(problem.what) for problem in found.problems] == [
        "1 line of a chapter or heading is left out: it is the sum of others",
        (
            "1 line with a code that the correlation table does not have is left out: 999998; "
            "3 USD in all"
        ),
    ]


def test_an_edition_without_a_table_is_an_error() -> None:
    with pytest.raises(BilatError, match="no table between H1 and H0"):
        convert(table(row("010121", 1.0, "H1")), "H0", TABLE)
    with pytest.raises(BilatError, match="no edition of the HS"):
        convert(table(row("010121", 1.0, "H1")), "HS", TABLE)


def test_lost_zeros_come_back(file: Any) -> None:
    text = "code.after,code.before,Relationship,adjustment\n10111,10111,1:1,1996 to 1992\n"
    found = read_concordance(file("c.csv", text + "111,11,1:1,1988 to 1976\n"))
    assert found.pairs == {("H0", "H1"): frozenset([("010111", "010111")])}


@pytest.fixture(scope="module")
def published() -> Concordance:
    path = DATA / "hs_concordances_1992_2022.csv"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    return read_concordance(path)


def test_waste_of_everything_does_not_take_machines(published: Concordance) -> None:
    """HS 2022 took out waste of electrical goods from every machine: 8504.21 stays 8504.21."""
    found = convert(table(row("850421", 10.0, "H5")), "H6", published)
    assert values(found.reports) == {"850421": 10.0}
    assert found.splits["basis"].to_pylist() == ["likely target"]


def test_every_code_of_2022_goes_to_1992_and_loses_nothing(published: Concordance) -> None:
    codes = {code for _before, code in published.pairs["H5", "H6"]} - {"999999"}
    found = convert(table(*(row(code, 100.0, "H6") for code in sorted(codes))), "H0", published)
    assert found.problems == ()
    assert sum(values(found.reports).values()) == pytest.approx(100.0 * len(codes))
