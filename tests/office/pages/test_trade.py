"""The trade analyst: what both sides report, the products, where trade can grow, a draft of it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.core.trade.pair_notation import declared
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of
from tests.office.pages.statistics_of_pair import VINTAGE, load_pair, load_world

from bilat.brief.facts.stated import stated_facts
from bilat.brief.facts.ways import trade_ways
from bilat.brief.trade_day import trade_day
from bilat.programme import open_programme
from bilat.warehouse import Warehouse
from bilat_office.jobs.models import DONE, Job
from bilat_office.pages.trade import keeping, statistics, studies
from bilat_office.pages.trade.days import DAYS

pytestmark = pytest.mark.django_db
TURNOVER = {
    "id": "turnover",
    "title": "Mutual trade",
    "unit": "million USD",
    "measures": "turnover",
}
WAYS = [
    (("indicators", f"exports-{side.lower()}"), {
        "id": f"exports-{side.lower()}", "title": f"Exports of {side}", "unit": "million USD",
        "measures": "exports", "exporter": side,
    })
    for side in ("BLR", "KGZ")
]  # fmt: skip
SAID = {
    "id": "said", "indicator": "exports-blr", "period": "2023", "side": "KGZ", "stated": "2024",
    "value": "120", "qualifier": "almost", "speaker": {"name": "Aida"}, "sources": ["note"],
}  # fmt: skip
NOTE = {"id": "note", "title": "A speech", "publisher": "Kabar", "address": "https://kabar.kg"}


@pytest.fixture
def desk(office: Desk, settings: Any, tmp_path: Path) -> Desk:
    settings.DATA_FOLDER = tmp_path
    for kept in (keeping.KEPT, studies.STUDIES, DAYS):
        kept.forget()
    office.world.agree(
        (("sources", "note"), NOTE), (("indicators", "turnover"), TURNOVER), *WAYS,
        (("figures", "said"), SAID),
        seen("BLR", 2019, "90", "exports-blr"), seen("KGZ", 2019, "99", "exports-blr"),
    )  # fmt: skip
    return office


@pytest.fixture
def loaded(desk: Desk, tmp_path: Path) -> Desk:
    load_pair(tmp_path)
    load_world(tmp_path)
    return desk


def seen(side: str, year: int, value: str, indicator: str) -> Any:
    id_ = f"{indicator}-{side}-{year}"
    return ("observations", id_), {
        "id": id_, "indicator": indicator, "reporter": side, "period": str(year), "value": value,
        "unit": "million USD", "sources": ["note"],
    }  # fmt: skip


def ready(client: Client, address: str) -> Any:
    """The page once its numbers are there, as a browser without a script asks for it."""
    mark = "&" if "?" in address else "?"
    return client.get(f"{address}{mark}wait=1", follow=True)


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_both_reports_and_the_statement_stand_beside_each_other(desk: Desk) -> None:
    page = text_of(desk.browser("BLR", "analyst").get("/trade"))
    assert "2019: Belarus reports 90 million USD, Kyrgyzstan 99 million USD: 10.0% more." in page
    assert "2019 90.0 99.0 9.0 (10%) freight and insurance" in page
    assert "almost 120 million USD , Kyrgyzstan, Aida" in page


def test_ten_years_stand_open_and_the_earlier_ones_a_click_away(desk: Desk) -> None:
    old = [seen("BLR", year, str(year - 1900), "exports-blr") for year in (2011, 2012, 2014)]
    desk.world.agree(*old)
    client = desk.browser("BLR", "analyst")
    answer = client.get("/trade?exporter=BLR")
    page = answer.content.decode()
    shown, folded = page[: page.index("Earlier years")], page[page.index("Earlier years") :]
    assert "Earlier years: 2011–2012" in text_of(answer)
    assert "period=2014&" in shown
    assert "period=2012&" not in shown
    assert folded.count("period=2012&amp;side=BLR") == 1
    assert faults_of(answer) == []
    assert len(rows_of(client.get("/trade?exporter=BLR&format=csv"))) == 6
    oldest_first = client.get("/trade?exporter=BLR&order=asc").content.decode()
    assert oldest_first.index("period=2011&") < oldest_first.index("period=2014&")
    assert "Earlier years" not in text_of(client.get("/trade?exporter=BLR&since=2011"))


def test_nothing_loaded_says_what_to_do(desk: Desk) -> None:
    client = desk.browser()
    for address in ("products", "gaps", "datasets", "opportunities", "quality"):
        assert "No statistics have been loaded into this office yet." in text_of(
            client.get(f"/trade/{address}")
        ), address


def test_nothing_entered_says_what_to_do(office: Desk, settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    assert "No figure of trade is known yet." in text_of(office.browser().get("/trade"))


def test_a_page_does_not_wait_for_the_warehouse(loaded: Desk) -> None:
    client = loaded.browser()
    first = client.get("/trade/products?level=2")
    assert "The statistics are being read" in text_of(first)
    assert 'hx-get="/trade/products?level=2"' in first.content.decode()
    second = client.get("/trade/products?level=2", headers={"HX-Request": "true"})
    assert "Belarus to Kyrgyzstan by product, 2023" in text_of(second)
    assert "hx-get" not in client.get("/trade/products?level=2").content.decode()


def test_without_a_script_one_waits_and_comes_back_to_the_same_address(loaded: Desk) -> None:
    answer = loaded.browser().get("/trade?exporter=BLR&wait=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/trade?exporter=BLR"


def test_statistics_are_read_once_for_everybody(
    loaded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    real = statistics._statistics

    def counted(asked: statistics.Question) -> Any:
        made.append(asked)
        return real(asked)

    monkeypatch.setattr(statistics, "_statistics", counted)
    ready(loaded.browser("BLR"), "/trade")
    keeping.KEPT.forget()  # as another process would
    ready(loaded.browser("KGZ"), "/trade")
    assert len(made) == 1


def test_a_new_load_is_seen(loaded: Desk, tmp_path: Path) -> None:
    client = loaded.browser()
    ready(client, "/trade")
    newer = declared("BLR KGZ X 2024 TOTAL 140", vintage="2025-04-01")
    Warehouse(tmp_path / "warehouse").load(newer)
    assert "The statistics are being read" in text_of(client.get("/trade"))
    assert "140.0" in text_of(ready(client, "/trade"))


def test_products_that_carried_the_change(loaded: Desk) -> None:
    answer = ready(loaded.browser(), "/trade/products?exporter=BLR")
    page = text_of(answer)
    assert "8701 40,000.0 60,000.0 60.0% 20,000.0 28.6% continuing" in page
    assert "new products: 1" in page
    assert "price (covers" in page
    assert "From 2022 to 2023 product 8701 grew most." in page
    assert faults_of(answer) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("exporter=BLR&reporter=KGZ", "by the report of Kyrgyzstan"),
        ("exporter=KGZ", "Kyrgyzstan to Belarus by product"),
        ("exporter=BLR&level=2", "classification H6, 2 digits"),
        ("exporter=BLR&year=1999", "neither side’s reports tell this year by product"),
        ("exporter=BLR&source=small-world", "Dataset small-world"),
        ("exporter=BLR&source=never", "“never”: the warehouse holds no report of this pair"),
    ],
)
def test_filters_choose_what_is_asked(loaded: Desk, query: str, found: str) -> None:
    assert found in text_of(ready(loaded.browser(), f"/trade/products?{query}"))


@pytest.mark.parametrize("query", ["year=soon", "exporter=RUS", "level=3", "reporter=x"])
def test_a_filter_that_there_is_not_is_refused_with_a_remedy(loaded: Desk, query: str) -> None:
    answer = loaded.browser().get(f"/trade/products?{query}")
    assert answer.status_code == 400
    assert "write it as 2024" in text_of(answer) or "there are:" in text_of(answer)


def test_years_direction_and_source_narrow_the_list_and_its_file(desk: Desk) -> None:
    client = desk.browser()
    query = "exporter=BLR&since=2019&until=2019&source=note"
    assert "1 row" in text_of(client.get(f"/trade?{query}"))
    heading, row = rows_of(client.get(f"/trade?{query}&format=csv"))
    assert dict(zip(heading, row, strict=True)) | {"Likely reason": ""} == {
        "Indicator": "Exports of BLR", "Unit": "million USD", "Period": "2019",
        "First reporter": "Belarus", "First report": "90.0", "Second reporter": "Kyrgyzstan",
        "Second report": "99.0", "Difference": "9.0", "In per cent": "10.0%", "Likely reason": "",
        "One flow (FOB)": row[10], "80% from": row[11], "80% to": row[12], "Stated": "",
        "Sources": "note",
    }  # fmt: skip
    assert float(row[11]) < float(row[10]) < float(row[12])


def test_files_have_the_rows_of_the_list_in_its_order(loaded: Desk) -> None:
    client = loaded.browser()
    query = "/trade/products?exporter=BLR&sort=1&order=desc"
    rows = rows_of(client.get(f"{query}&format=csv"))
    assert [row[0] for row in rows[1:]] == ["8701", "8428", "6904", "0402"]
    assert rows[1][1:4] == ["40000.0", "60000.0", "60.0%"]
    shown = text_of(ready(client, query))
    assert shown.index("8428 ") < shown.index("0402 ")
    book = load_workbook(io.BytesIO(client.get(f"{query}&format=xlsx").content))
    assert len(list(book["products"].iter_rows())) == len(rows)


def test_both_reports_by_product_with_likely_reasons(loaded: Desk) -> None:
    page = text_of(ready(loaded.browser(), "/trade/gaps?exporter=BLR"))
    assert "0402 20,000.0 36,000.0 16,000.0 80.0% the importer counts by origin" in page


def test_shares_reexports_and_datasets_with_a_file_each(loaded: Desk) -> None:
    client = loaded.browser()
    page = text_of(ready(client, "/trade/datasets"))
    assert "Re-exports and re-imports, as the sides report them" in page
    assert "Datasets of the warehouse that report this pair" in page
    rows = rows_of(client.get("/trade/datasets?table=re-exports&format=csv"))
    assert rows[1][:4] == ["Belarus", "re-exports", "2023", "8000.0"]


def test_a_figure_opens_to_source_version_method_and_who_loaded_it(loaded: Desk) -> None:
    person = loaded.world.people["BLR", "analyst"]
    Job.objects.create(
        kind="statistics", person=person, side="BLR", state=DONE, not_before="2025-01-01T00:00Z",
        asked_at="2025-01-01T00:00Z", arguments={"dataset": "customs", "vintage": VINTAGE},
    )  # fmt: skip
    address = "/trade/figure?indicator=exports-blr&period=2023&side=KGZ"
    page = text_of(ready(loaded.browser("BLR", "analyst"), address))
    assert "Value 117 million USD" in page
    assert "Valuation CIF" in page
    assert "Method total as published" in page
    assert "Version of 1 April 2024" in page
    assert f"by {person.name}: 22 rows" in page
    other = text_of(ready(loaded.browser("KGZ", "analyst"), address))
    assert person.name not in other
    assert ": 22 rows" in other


def test_one_flow_of_both_and_a_product_open_too(loaded: Desk) -> None:
    client = loaded.browser()
    both = "/trade/figure?indicator=exports-blr&period=2023&side=both"
    assert "Weight of the exporter’s report" in text_of(ready(client, both))
    product = "/trade/figure?exporter=BLR&product=8701&year=2023&level=4"
    page = text_of(ready(client, product))
    assert "By the report of Belarus" in page
    assert "Dollars a kilogram, 2023 2.00" in page


def test_an_entered_figure_says_who_entered_it_when(desk: Desk) -> None:
    page = text_of(desk.browser().get("/trade/figure?indicator=exports-blr&period=2019&side=BLR"))
    assert "Entered" in page
    assert "countersigned by" in page
    assert "A speech" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("indicator=never&period=2019&side=BLR", 404),
        ("indicator=exports-blr&period=2019&side=XXX", 404),
        ("indicator=exports-blr&period=once&side=BLR", 400),
        ("product=999999&exporter=BLR", 404),
        ("", 200),
    ],
)
def test_a_figure_that_there_is_not(desk: Desk, query: str, status: int) -> None:
    assert desk.browser().get(f"/trade/figure?{query}").status_code == status


def test_own_private_figures_are_shown_to_the_own_side_alone(desk: Desk) -> None:
    own = {**SAID, "id": "own", "side": "BLR", "value": "333", "visibility": "BLR"}
    own["speaker"] = {"name": "Hidden speaker"}
    desk.world.keep("BLR", "figures", own)
    assert "almost 333 million USD" in text_of(desk.browser("BLR").get("/trade"))
    for address in ("/trade", "/trade?format=csv", "/sides", "/sides?format=csv"):
        for side, role in (("KGZ", "secretary"), ("joint", "observer")):
            body = desk.browser(side, role).get(address).content.decode()
            assert "Hidden speaker" not in body, address
            assert "333 million" not in body, address


def test_in_russian(loaded: Desk) -> None:
    person = loaded.world.people["BLR", "analyst"]
    person.language = "ru"
    person.save()
    answer = ready(loaded.browser("BLR", "analyst"), "/trade/products")
    assert '<html lang="ru"' in answer.content.decode()
    assert "60\xa0000,0" in answer.content.decode()


def test_the_example_reads_as_its_sources_do() -> None:
    """Kyrgyzstan’s imports of 2023, and what both sides said of nine months of 2024."""
    example = Path(__file__).parents[3] / "examples" / "blr-kgz"
    if not example.exists():
        pytest.skip("no example programme here")
    programme = open_programme(example)
    day = trade_day(programme, as_of=date(2025, 11, 1))
    said = stated_facts(programme, day.as_of)
    ways = {way.indicator: way for way in trade_ways(day.trade, programme.sides, said)}
    row = next(row for row in ways["exports-blr"].rows if str(row.period) == "2023")
    assert row.second is not None
    assert round(float(row.second.value) / 1e6, 1) == 76.2
    nine = next(row for row in ways["turnover"].rows if str(row.period) == "2024-01/2024-09")
    assert sorted(str(item.text.scaled) for item in nine.stated) == ["135", "68"]
