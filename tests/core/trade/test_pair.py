"""An analyst opens a warehouse of two countries and asks what happened to their trade.

Every expected number is worked out by hand from the declarations in `pair_notation`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.core.trade.pair_notation import CUSTOMS, MILLION, declared, of, told, warehouse

from bilat.errors import NoAnswer
from bilat.sources import report
from bilat.trade import PairStatistics, read_statistics, reports

SIDES = ("BLR", "KGZ")
DAY = date(2025, 1, 1)


@pytest.fixture
def customs(tmp_path: Path) -> PairStatistics:
    return read_statistics(warehouse(tmp_path, declared(CUSTOMS)), SIDES, as_of=DAY)


def test_codes_of_special_products_are_those_of_the_sources() -> None:
    assert (reports.TOTAL, reports.CONFIDENTIAL, reports.WORLD) == (
        report.TOTAL,
        report.CONFIDENTIAL,
        report.WORLD,
    )


def test_both_sides_totals_stand_side_by_side(customs: PairStatistics) -> None:
    assert told(customs, "BLR") == {"2022": 70, "2023": 100}
    assert told(customs, "KGZ") == {"2022": 73, "2023": 117}
    assert told(customs, "KGZ", exporter="KGZ") == {"2023": 30}


def test_the_change_is_that_of_continuing_new_lost_and_hidden_products(
    customs: PairStatistics,
) -> None:
    view = of(customs, "BLR", "BLR")
    assert (view.year, view.total, view.total_before) == (2023, 100 * MILLION, 70 * MILLION)
    change = view.change
    assert change is not None
    parts = (change.continuing, change.new, -change.lost, view.hidden - (view.hidden_before or 0))
    assert parts == (20 * MILLION, 15 * MILLION, -10 * MILLION, 5 * MILLION)
    assert sum(parts) == view.total - (view.total_before or 0)


def test_tractors_grew_by_quantity_and_milk_by_price(customs: PairStatistics) -> None:
    """Tractors: +10,000 t at 2,000 dollars. Milk: −4,000 t at 3,750, and +2,500 on 6,000 t."""
    prices = of(customs, "BLR", "BLR").prices
    assert prices is not None
    assert prices.quantity == pytest.approx((20 - 15) * MILLION)
    assert prices.price == pytest.approx(15 * MILLION)
    assert prices.coverage == pytest.approx((40 + 60 + 20 + 20) / (70 + 95))


def test_pieces_serve_where_no_weight_is_given(tmp_path: Path) -> None:
    table = declared("BLR KGZ X 2022 870110 10\nBLR KGZ X 2023 870110 18")
    pieces = table.set_column(
        table.schema.get_field_index("quantity"), "quantity", [[100.0, 120.0]]
    )
    pieces = pieces.set_column(
        table.schema.get_field_index("quantity_unit"), "quantity_unit", [["items", "items"]]
    ).cast(table.schema)
    prices = of(
        read_statistics(warehouse(tmp_path, pieces), SIDES, as_of=DAY, datasets=["customs"]),
        "BLR",
        "BLR",
    ).prices
    assert prices is not None
    assert prices.quantity == pytest.approx(20 * (0.1 + 0.15) / 2 * MILLION)


def test_three_quarters_of_the_products_shown_are_tractors_and_milk(
    customs: PairStatistics,
) -> None:
    spread = of(customs, "BLR", "BLR").spread
    assert spread is not None
    assert spread.top[0] == pytest.approx(60 / 95)
    assert spread.equivalent == pytest.approx(95**2 / (60**2 + 20**2 + 15**2))


def test_a_product_that_comes_or_goes_is_said_to(customs: PairStatistics) -> None:
    view = of(customs, "BLR", "BLR")
    fates = {line.code: line.fate for line in view.lines}
    assert fates == {
        "8701": "continuing",
        "0402": "continuing",
        "8428": "new",
        "6904": "lost",
    }
    tractors = view.of("8701")
    assert tractors is not None
    assert tractors.share == 0.6
    assert tractors.contribution == pytest.approx(20 / 70)


def test_the_two_reports_differ_by_product_for_likely_reasons(customs: PairStatistics) -> None:
    (gaps,) = customs.gaps
    assert {line.code: (line.gap / MILLION, line.reason) for line in gaps.lines} == {
        "0402": (16, "transit"),
        "8701": (6, "valuation"),
        "8428": (0, "agree"),
    }
    assert gaps.lines[0].code == "0402", "the widest first"
    assert gaps.hidden == (5 * MILLION, 0)


def test_goods_that_crossed_the_new_year_are_a_matter_of_timing(tmp_path: Path) -> None:
    """Shipped in December, booked by the importer in January."""
    text = """
    BLR KGZ X 2022 842810 30
    KGZ BLR M 2022 842810 20
    BLR KGZ X 2023 842810 30
    KGZ BLR M 2023 842810 41
    """
    found = read_statistics(warehouse(tmp_path, declared(text)), SIDES, as_of=DAY)
    assert [line.reason for line in found.gaps[0].lines] == ["timing"]


def test_the_partners_share_in_each_sides_trade(customs: PairStatistics) -> None:
    shares = {(one.side, one.flow): one.share for one in customs.shares}
    assert shares == {("BLR", "X"): 0.0025, ("KGZ", "M"): pytest.approx(0.01)}


def test_re_exports_stand_beside_the_exports_that_hold_them(customs: PairStatistics) -> None:
    (one,) = customs.retrade
    assert (one.reporter, one.flow, one.value, one.share) == ("BLR", "RX", 8 * MILLION, 0.08)


def test_nine_months_are_compared_with_nine_months(tmp_path: Path) -> None:
    months = [f"KGZ BLR M 2023-{month:02} TOTAL {month}" for month in range(1, 13)]
    months += [f"KGZ BLR M 2024-{month:02} TOTAL {2 * month}" for month in range(1, 10)]
    months += ["KGZ BLR M 2022-01 TOTAL 1", "KGZ BLR M 2022-03 TOTAL 1"]
    table = declared("\n".join(months), vintage="2024-11-15")
    found = read_statistics(warehouse(tmp_path, table), SIDES, as_of=DAY)
    assert told(found, "KGZ") == {
        "2022-01": 1,  # February is missing: what came later cannot be added up
        "2023-01/2023-09": 45,
        "2023": 78,
        "2024-01/2024-09": 90,
    }


def test_quarters_make_a_half_year_and_a_year(tmp_path: Path) -> None:
    quarters = [f"BLR KGZ X 2023-Q{n} TOTAL {n}" for n in (1, 2, 3, 4)]
    quarters += [f"BLR KGZ X 2024-Q{n} TOTAL {n}" for n in (1, 2)]
    table = declared("\n".join([*quarters, "KGZ BLR M 2023 TOTAL 9"]))
    found = read_statistics(warehouse(tmp_path, table), SIDES, as_of=DAY)
    assert told(found, "BLR") == {"2023-H1": 3, "2023": 10, "2024-H1": 3}


def test_twelve_months_by_product_make_the_year_of_the_products(tmp_path: Path) -> None:
    lines = [
        f"BLR KGZ X {year}-{month:02} 870110 {value}"
        for year, value in ((2022, 1), (2023, 2))
        for month in range(1, 13)
    ]
    lines += [f"BLR KGZ X 2024-{month:02} 870110 5" for month in range(1, 6)]
    lines += ["KGZ BLR M 2023 TOTAL 24"]
    found = read_statistics(warehouse(tmp_path, declared("\n".join(lines))), SIDES, as_of=DAY)
    (line,) = of(found, "BLR", "BLR").lines
    assert (found.year, line.before, line.after) == (2023, 12 * MILLION, 24 * MILLION)


def test_totals_are_those_that_the_warehouse_adds_up(tmp_path: Path) -> None:
    """Published totals, else the finest products and the confidential: one rule in both rooms."""
    kept = warehouse(
        tmp_path,
        declared(CUSTOMS),
        declared(
            "BLR KGZ X 2021 87 3\nBLR KGZ X 2021 870110 2\nBLR KGZ X 2021 XXXXXX 0.5", dataset="b"
        ),
    )
    theirs = {
        (row["dataset"], row["reporter"], row["flow"], row["year"]): row["value_usd"]
        for row in kept.totals_by_year(as_of=DAY).to_pylist()
        if row["partner"] in SIDES and row["flow"] in ("X", "M")
    }
    ours = {
        (total.dataset, total.reporter, total.flow, total.start.year): total.value
        for total in reports.reports_of_pair(kept, SIDES, DAY).totals()
        if total.flow in ("X", "M")
    }
    assert ours["b", "BLR", "X", 2021] == 2.5 * MILLION
    assert ours == theirs


def test_a_day_before_the_publication_knows_nothing(tmp_path: Path) -> None:
    kept = warehouse(tmp_path, declared(CUSTOMS, vintage="2024-04-01"))
    found = read_statistics(kept, SIDES, as_of=date(2024, 3, 31))
    assert (found.reported, found.views, found.year) == ((), (), None)
    assert str(found.notes[0]).startswith("The warehouse holds no report of this pair")


def test_a_revision_counts_from_its_day_on_and_names_its_version(tmp_path: Path) -> None:
    kept = warehouse(
        tmp_path,
        declared("KGZ BLR M 2023 TOTAL 117", vintage="2024-04-01"),
        declared("KGZ BLR M 2023 TOTAL 121", vintage="2024-09-01"),
    )
    before, after = (
        read_statistics(kept, SIDES, as_of=day).reported for day in (date(2024, 8, 31), DAY)
    )
    assert [(item.value, item.source) for item in (*before, *after)] == [
        (117 * MILLION, "customs-2024-04-01"),
        (121 * MILLION, "customs-2024-09-01"),
    ]


def test_a_year_without_products_is_answered_with_those_that_have_them(tmp_path: Path) -> None:
    kept = warehouse(tmp_path, declared(CUSTOMS))
    assert read_statistics(kept, SIDES, as_of=DAY, year=2022).views[0].total_before is None
    with pytest.raises(NoAnswer, match="ask for one of: 2022, 2023"):
        read_statistics(kept, SIDES, as_of=DAY, year=2019)


@pytest.mark.parametrize(("digits", "codes"), [(2, {"87", "04", "84", "69"}), (6, 4)])
def test_products_are_grouped_to_the_length_asked_for(
    tmp_path: Path, digits: int, codes: set[str] | int
) -> None:
    kept = warehouse(tmp_path, declared(CUSTOMS))
    lines = of(read_statistics(kept, SIDES, as_of=DAY, digits=digits), "BLR", "BLR").lines
    found = {line.code for line in lines}
    assert found == codes or (len(found) == codes and {len(code) for code in found} == {6})


def test_a_new_edition_between_the_years_is_told(tmp_path: Path) -> None:
    old = declared("BLR KGZ X 2022 870190 40\nKGZ BLR M 2022 TOTAL 41", edition="H5")
    new = declared("BLR KGZ X 2023 870195 60", edition="H6")
    found = read_statistics(warehouse(tmp_path, old, new), SIDES, as_of=DAY)
    assert any("2023 is in H6, the year before in H5" in str(note) for note in found.notes)
