"""An analyst's warehouse is in several editions of the HS: no code is compared with another's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.core.potential.customs import LATER, world

from bilat.errors import NoAnswer
from bilat.language import Words
from bilat.potential.one_edition import OneEdition, one_edition
from bilat.potential.opportunities import find
from bilat.potential.quality import quality
from bilat.potential.why import explain
from bilat.potential.world import PairWorld, read_exports, read_pair
from bilat.sources import Concordance, read_concordance
from bilat.warehouse import Warehouse

MILLION = 1_000_000
DATA = Path(__file__).parents[4] / "shared" / "data"
TABLES = DATA / "hs_concordances_1992_2022.csv"
NAMES = DATA / "hs_nomenclature_1992_2022_en.parquet"

# Telephones are 851712 until 2021; since 2022 smartphones 851713 and others 851714 (the HS 2022).
# Tractors keep their code. Russia still reports by the old edition in 2022.
BEFORE = """
    BLR KGZ X {year} H5/851712 6
    BLR KGZ X {year} H5/870110 4
    BLR RUS X {year} H5/870110 16
    RUS KGZ X {year} H5/851712 20
    RUS KGZ X {year} H5/870110 6
    RUS BLR X {year} H5/270900 50
    KGZ RUS X {year} H5/270900 5
"""
AFTER = """
    BLR KGZ X 2022 H6/851713 7
    BLR KGZ X 2022 H6/851714 1
    BLR KGZ X 2022 H6/870110 4
    BLR RUS X 2022 H6/870110 16
    RUS KGZ X 2022 H5/851712 22
    RUS KGZ X 2022 H5/870110 6
    RUS BLR X 2022 H5/270900 50
    KGZ RUS X 2022 H6/270900 5
"""
MIXED = BEFORE.format(year=2020) + BEFORE.format(year=2021) + AFTER
SAME = {code: code for code in ("270900", "870110")}
LINKS = Concordance(
    {("H5", "H6"): frozenset({*SAME.items(), ("851712", "851713"), ("851712", "851714")})}
)


def read(folder: Path, text: str = MIXED, **asked: object) -> PairWorld:
    place = world(folder / "w", text)
    return read_pair(Warehouse(place), ("BLR", "KGZ"), as_of=LATER, **asked)  # type: ignore[arg-type]


def said(editions: OneEdition) -> str:
    return " ".join(one.in_words(Words("en")) for one in editions.problems)


def test_with_correlation_tables_codes_are_those_of_the_older_edition(tmp_path: Path) -> None:
    told = read(tmp_path, concordance=LINKS)
    assert told.products == ("270900", "851712", "870110")
    phones = told.products.index("851712")
    # 7 and 1 of the new codes are the old one: nothing was lost, and nothing is new.
    assert list(told.trade[0, :, phones] / MILLION) == [6, 6, 8]
    assert list(told.world[:, phones] / MILLION) == [26, 26, 30]
    assert told.editions.edition == "H5"
    assert not told.editions.problems
    (note,) = told.editions.notes
    assert "(H5: 2020–2022; H6: 2022)" in str(note)
    assert "0.0% of the trade in codes that split" in str(note)


def test_growth_is_no_new_product_and_shares_add_up(tmp_path: Path) -> None:
    told = read(tmp_path, concordance=LINKS)
    warehouse = Warehouse(tmp_path / "w")
    exports = read_exports(warehouse, as_of=LATER, like=told)
    assert exports.products == told.products
    found = quality(warehouse, told, exports)
    assert found.directions[0].years[-1].new == 0
    shares = found.directions[0].shares
    assert shares is not None
    assert shares.change / MILLION == pytest.approx(2)
    # Of telephones the market bought 26, then 30; Belarus's share went from 6/26 to 8/30.
    assert (shares.competitiveness + shares.interaction) / MILLION == pytest.approx(
        30 * (8 / 30 - 6 / 26)
    )


def test_without_them_a_changed_code_is_left_out_and_told(tmp_path: Path) -> None:
    told = read(tmp_path)
    assert told.products == ("270900", "870110")
    sentence = said(told.editions)
    assert "customs is in several editions of the HS (H5: 2020–2022; H6: 2022)" in sentence
    assert "left out: 851712, 851713, 851714" in sentence
    assert "--concordance FILE" in sentence
    warehouse = Warehouse(tmp_path / "w")
    assert quality(warehouse, told, None).directions[0].years[-1].new == 0


def test_the_opportunity_and_its_rivals_are_in_the_same_codes(tmp_path: Path) -> None:
    told = read(tmp_path, concordance=LINKS, digits=4)
    warehouse = Warehouse(tmp_path / "w")
    exports = read_exports(warehouse, as_of=LATER, digits=4, like=told)
    there, _back = find(told, exports, rng=np.random.default_rng(0))
    why = explain(warehouse, told, exports, there, "8517")
    assert why is not None
    assert {one.country: one.value / MILLION for one in why.rivals} == {"RUS": 22, "BLR": 8}
    assert [one.exported / MILLION for one in why.reports] == [6, 6, 8]


def test_complexity_of_one_year_that_is_in_two_editions(tmp_path: Path) -> None:
    warehouse = Warehouse(world(tmp_path / "w", MIXED))
    exports = read_exports(warehouse, as_of=LATER, concordance=LINKS)
    assert exports.products == ("270900", "851712", "870110")
    row = exports.countries.index("BLR")
    assert list(exports.values[row] / MILLION) == [0, 8, 20]
    alone = read_exports(warehouse, as_of=LATER)
    assert alone.products == ("270900", "870110")
    assert "851712" in said(alone.editions)
    before = read_exports(warehouse, as_of=LATER, year=2021)
    assert before.products == ("270900", "851712", "870110"), "one edition: nothing to bring"
    assert before.editions.problems == ()


def test_chapters_stay_as_they_are(tmp_path: Path) -> None:
    told = read(tmp_path, digits=2)
    assert told.products == ("27", "85", "87")
    assert list(told.trade[0, :, 1] / MILLION) == [6, 6, 8]
    assert "chapters are compared as they are" in str(told.editions.notes[0])


def test_a_report_that_stands_in_two_editions_counts_once(tmp_path: Path) -> None:
    twice = MIXED + "    BLR KGZ X 2022 H5/851712 8\n    BLR KGZ X 2022 H5/870110 4\n"
    told = read(tmp_path, twice, concordance=LINKS)
    phones = told.products.index("851712")
    assert told.trade[0, -1, phones] / MILLION == 8
    assert told.world[-1, phones] / MILLION == 30
    assert told.exports[0, -1, phones] / MILLION == 8


def test_older_scraps_go_forward_and_what_splits_is_told(tmp_path: Path) -> None:
    scrap = AFTER.replace("H5", "H6").replace("H6/851712 22", "H6/851713 2200")
    scrap += "    UZB KGZ X 2022 H5/851712 2\n"
    told = read(tmp_path, scrap, concordance=LINKS)
    assert told.editions.edition == "H6"
    phones = told.products.index("851714")
    assert told.world[-1, phones] / MILLION == 2, "one of 1, and half of 2"
    assert "0.1% of the trade in codes that split" in str(told.editions.notes[0])


def test_a_code_that_the_tables_do_not_know_is_left_out_and_told(tmp_path: Path) -> None:
    told = read(tmp_path, MIXED.replace("851714", "851799"), concordance=LINKS)
    assert "these codes are in H5" in said(told.editions)
    assert "851799" in said(told.editions)
    assert "851799" not in told.products


def test_where_no_code_is_in_all_editions_there_is_no_answer(tmp_path: Path) -> None:
    other = "RUS KGZ X 2021 H5/851712 20\n    BLR KGZ X 2022 H6/851713 7\n"
    with pytest.raises(NoAnswer, match=r"left out: 851712, 851713; 100.0% of the trade.*Give the"):
        read(tmp_path, other)


def test_a_missing_table_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(NoAnswer, match="no table between H6 and H5"):
        read(tmp_path, concordance=Concordance({}))


@pytest.mark.skipif(not TABLES.is_file(), reason=f"{TABLES} is not here")
def test_with_the_tables_of_the_un_nothing_is_lost(tmp_path: Path) -> None:
    told = read(tmp_path, concordance=read_concordance(TABLES))
    assert told.products == ("270900", "851712", "870110")
    assert told.world[-1].sum() / MILLION == pytest.approx(111)
    assert told.editions.problems == ()


@pytest.mark.skipif(not NAMES.is_file(), reason=f"{NAMES} is not here")
def test_every_code_of_the_nomenclature_goes_to_one_of_the_older_edition() -> None:
    """One dollar of each six-digit code of 2022 and of 2017: all of it is in codes of 2017."""
    rows = pq.read_table(NAMES).to_pylist()
    codes = {
        edition: {
            row["code"]
            for row in rows
            if row["vintage"] == vintage and row["level"] == 6 and row["code"][:2] != "99"
        }
        for edition, vintage in (("H5", "HS2017"), ("H6", "HS2022"))
    }
    marks = [edition + code for edition, one in codes.items() for code in sorted(one)]
    count = len(marks)
    table = pa.table({"year": [2023] * count, "product": marks, "value": [1.0] * count})
    found = one_edition(table, "value", 6, read_concordance(TABLES), "all")
    carried = found.carried(table, 6)
    assert set(carried["product"].to_pylist()) <= codes["H5"]
    lost = [mark for mark in marks if not found.parts.get(mark)]
    # Display modules, sensors and electrical waste were taken out of hundreds of codes each; so
    # were parts of apparatus, which the HS 2017 has under the same code.
    assert {mark[:6] for mark in lost} == {"H68524", "H68541", "H68549"}
    assert found.of("H6", "852990") == (("852990", 1.0),)
    assert sum(carried["value"].to_pylist()) == pytest.approx(len(marks) - len(lost))
