"""Kazakhstan and Kyrgyzstan, from the files of both statistics offices: published, then asked."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bilat.brief import make_brief
from bilat.brief.story.analysis import tell_trade
from bilat.language import Words
from bilat.programme import open_programme
from bilat.sources import read
from bilat.trade import PairStatistics, read_statistics
from bilat.warehouse import Warehouse

DATA = Path(__file__).parents[4] / "shared" / "data"
KAZ, KGZ = "kaz_trade_by_country_2018_2023.csv", "kgz_nsc_trade_by_country_1994_2023.csv"
DAY = date(2025, 1, 1)
HEAD = """
id: kaz-kgz
title: Kazakhstan and Kyrgyzstan
parties: [{code: KAZ}, {code: KGZ}]
indicators:
  - {id: x-kaz, title: Exports of KAZ, measures: exports, exporter: KAZ, unit: million USD}
  - {id: x-kgz, title: Exports of KGZ, measures: exports, exporter: KGZ, unit: million USD}
"""


@pytest.fixture
def statistics(tmp_path: Path) -> PairStatistics:
    kept = Warehouse(tmp_path / "warehouse")
    for name, dataset, day in (
        (KAZ, "kaz-bns", date(2024, 5, 1)),
        (KGZ, "kgz-nsc", date(2024, 6, 1)),
    ):
        if not (DATA / name).exists():
            pytest.skip(f"{name} is not beside the project")
        kept.load(read(DATA / name, dataset, vintage=day).reports)
    return read_statistics(kept, ("KAZ", "KGZ"), as_of=DAY)


def published(name: str, **wanted: str) -> dict[str, float]:
    """Year → thousand dollars, straight from the publisher's file."""
    column = wanted.pop("value")
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return {
            row["year"]: float(row[column])
            for row in csv.DictReader(file)
            if all(row[key] == value for key, value in wanted.items())
        }


def test_every_year_of_both_offices_is_there_as_published(statistics: PairStatistics) -> None:
    ours = {
        (item.reporter, item.exporter, str(item.period)): item.value / 1000
        for item in statistics.reported
    }
    theirs = {
        ("KGZ", "KAZ"): published(KGZ, value="value_kusd", flow="import", partner_ru="Казахстан"),
        ("KGZ", "KGZ"): published(KGZ, value="value_kusd", flow="export", partner_ru="Казахстан"),
        ("KAZ", "KAZ"): published(KAZ, value="export_kusd", partner_ru="Кыргызстан"),
        ("KAZ", "KGZ"): published(KAZ, value="import_kusd", partner_ru="Кыргызстан"),
    }
    wanted = {
        (*way, year): pytest.approx(value, abs=0.01)
        for way, years in theirs.items()
        for year, value in years.items()
    }
    assert len(wanted) > 60
    assert ours == wanted


def test_each_office_speaks_for_its_side_and_both_make_one_flow(
    statistics: PairStatistics, folder: Callable[..., Path]
) -> None:
    programme = open_programme(folder(HEAD, head=False))
    brief = make_brief(programme, as_of=DAY, statistics=statistics)
    flow = next(one for one in brief.trade.flows if one.indicator == "x-kaz")
    (row,) = [row for row in flow.rows if str(row.period) == "2022"]
    assert row.reconciled is not None
    assert row.reconciled.both
    assert row.reconciled.low80 < row.reconciled.value < row.reconciled.high80
    assert {source for level in row.levels for source in level.sources} == {
        "kaz-bns-2024-05-01",
        "kgz-nsc-2024-06-01",
    }
    titles = [Words("en")(section.title) for section in tell_trade(brief).sections]
    assert titles[2:5] == ["One flow of both reports", "Products", "Both reports by product"]
    shares = {(one.side, one.flow): one.share for one in statistics.shares if one.year == 2022}
    assert 0 < shares["KGZ", "M"] < 0.5
