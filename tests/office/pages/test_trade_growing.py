"""The trade analyst looks where trade can grow: opportunities, a second opinion of them, a measure
made of one, whether growth is good, and whether a measure worked."""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.core.cli.test_worked import flows
from tests.core.potential.customs import RECONCILED, world, years
from tests.core.potential.test_editions import MIXED
from tests.core.warehouse.declarations import declared
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of
from tests.office.pages.statistics_of_pair import VINTAGE, WORLD, load_pair, load_world, many
from tests.office.pages.test_trade import NOTE, TURNOVER, WAYS, ready, rows_of

from bilat.warehouse import Warehouse
from bilat_office.pages.trade import keeping, studies
from bilat_office.pages.trade.days import DAYS

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error::RuntimeWarning")]
APPROVAL = {
    "id": "approval", "title": "Recognise type approval of tractors", "sources": ["note"],
    "effect": {
        "indicator": "exports-blr", "likely": "2", "unit": "million USD", "start": "2019",
        "products": ["8701"], "sources": ["note"],
    },
}  # fmt: skip


@pytest.fixture
def desk(office: Desk, settings: Any, tmp_path: Path) -> Desk:
    settings.DATA_FOLDER = tmp_path
    for kept in (keeping.KEPT, studies.STUDIES, DAYS):
        kept.forget()
    office.world.agree((("sources", "note"), NOTE), (("indicators", "turnover"), TURNOVER), *WAYS)
    return office


@pytest.fixture
def loaded(desk: Desk, tmp_path: Path) -> Desk:
    load_pair(tmp_path)
    load_world(tmp_path)
    return desk


def test_where_trade_can_grow_and_why(loaded: Desk) -> None:
    client = loaded.browser("BLR", "analyst")
    page = text_of(ready(client, "/trade/opportunities?exporter=BLR"))
    assert "842810 1,857.1" in page
    assert "Potential = share of world exports" in page
    why = text_of(ready(client, "/trade/opportunities/BLR/842810"))
    assert "Ask your customs service which rate this product pays" in why
    assert "--tariffs" not in why
    assert "Who supplies Kyrgyzstan now" in why
    assert "Draft a measure" in why
    assert "Draft a measure" not in text_of(ready(client, "/trade/opportunities/BLR/870110"))


def test_a_pair_without_the_world_has_no_opportunities_and_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    load_pair(tmp_path)
    answer = ready(desk.browser(), "/trade/opportunities")
    assert answer.status_code == 200
    assert "Load the world’s trade" in text_of(answer)


@pytest.mark.parametrize(
    "address",
    [
        "/trade/opportunities/RUS/842810",
        "/trade/opportunities/BLR/84x",
        "/trade/opportunities/BLR/1/measure",
    ],
)
def test_what_is_no_direction_or_product_is_not_found(loaded: Desk, address: str) -> None:
    assert loaded.browser().get(address).status_code == 404


def test_an_opportunity_becomes_a_draft_measure_in_one_step(loaded: Desk) -> None:
    client = loaded.browser("BLR", "analyst")
    address = "/trade/opportunities/BLR/842810/measure"
    form = ready(client, address)
    text = form.content.decode()
    assert 'value="potential-blr-kgz-842810"' in text
    assert "potential of 842810 from Belarus to Kyrgyzstan" in text
    assert 'href="/trade/opportunities/BLR/842810"' in text, "the way back to why"
    assert '<option value="exports-blr" selected>' in text
    assert 'name="f_effect-likely" value="1857.1"' in text
    wrong = client.post(address, filled(text) | {"reason": " ", "how": "draft", "id": "lifts"})
    assert wrong.status_code == 400
    assert "Write why: both sides read the reason." in text_of(wrong)
    assert 'value="lifts"' in wrong.content.decode()
    typed = filled(text) | {"reason": "Room to grow", "how": "draft", "visibility": "joint"}
    done = client.post(address, typed)
    assert done.status_code == 302, text_of(done)
    draft = text_of(client.get(done["Location"]))
    assert "842810" in draft


def test_who_may_not_write_is_refused_a_draft(loaded: Desk) -> None:
    observer = loaded.browser("joint", "observer")
    answer = observer.get("/trade/opportunities/BLR/842810/measure")
    assert answer.status_code == 403
    assert "Draft a measure" not in text_of(ready(observer, "/trade/opportunities/BLR/842810"))


def test_the_list_leads_to_a_draft_without_a_page_between(loaded: Desk) -> None:
    answer = ready(loaded.browser("BLR", "analyst"), "/trade/opportunities?exporter=BLR")
    assert "Draft 842810" in text_of(answer)
    assert "Draft 870110" not in text_of(answer), "nothing of it is unrealised"
    assert 'href="/trade/opportunities/BLR/842810/measure"' in answer.content.decode()
    assert faults_of(answer) == []
    asked = "/trade/opportunities?exporter=BLR&year=2022"
    page = ready(loaded.browser("BLR", "analyst"), asked).content.decode()
    assert 'href="/trade/opportunities/BLR/842810/measure?year=2022"' in page
    observer = ready(loaded.browser("joint", "observer"), "/trade/opportunities?exporter=BLR")
    assert "Draft 842810" not in text_of(observer)
    file = loaded.browser("BLR", "analyst").get("/trade/opportunities?exporter=BLR&format=csv")
    assert "Measure" not in rows_of(file)[0]


def test_without_an_indicator_of_exports_the_draft_says_which_to_enter(
    office: Desk, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_FOLDER = tmp_path
    keeping.KEPT.forget()
    load_world(tmp_path)
    answer = ready(office.browser("BLR", "analyst"), "/trade/opportunities/BLR/842810/measure")
    assert 400 <= answer.status_code < 500
    assert "Enter one under indicators" in text_of(answer)


# Gravity beside the potential


def test_gravity_beside_the_potential_agrees_or_differs(desk: Desk, tmp_path: Path) -> None:
    many(tmp_path)
    client = desk.browser("BLR", "analyst")
    answer = ready(client, "/trade/opportunities?exporter=BLR")
    page = text_of(answer)
    assert "Second opinion: gravity agrees" in page
    assert "they trade 0.50 times that (80 % interval 0.50 to 0.50)" in page
    assert "trade is below gravity" in page
    assert "what country-pairs.csv says of pairs" in page
    assert "Trade over gravity, chapter" in page
    assert faults_of(answer) == []
    back = text_of(ready(client, "/trade/opportunities?exporter=KGZ"))
    assert "they trade 2.00 times that" in back
    why = text_of(ready(client, "/trade/opportunities/BLR/842810"))
    assert "Gravity on all of chapter 84: it expects" in why
    assert "0.20 times that (80 % interval 0.20 to 0.20)" in why
    assert "agrees that there is room for more" in why


def test_a_new_file_of_distances_is_used_and_a_bad_one_is_told(desk: Desk, tmp_path: Path) -> None:
    many(tmp_path)
    (tmp_path / "country-pairs.csv").unlink()
    client = desk.browser()
    without = text_of(ready(client, "/trade/opportunities?exporter=BLR"))
    assert "Distances were not given" in without
    (tmp_path / "country-pairs.csv").write_text("origin,destination,distance\nBLR,KGZ,near\n")
    told = text_of(ready(client, "/trade/opportunities?exporter=BLR"))
    assert "country-pairs.csv" in told
    assert "near" in told


def test_with_few_countries_gravity_has_no_opinion_and_says_so(loaded: Desk) -> None:
    page = text_of(ready(loaded.browser(), "/trade/opportunities?exporter=BLR"))
    assert "Second opinion: gravity has none" in page
    assert "too few countries trade in the statistics" in page


def test_with_the_pair_alone_the_pages_say_what_is_missing_and_where_to_load_it(
    desk: Desk, tmp_path: Path
) -> None:
    load_pair(tmp_path)
    for address in ("opportunities", "quality", "opportunities/BLR/870110"):
        page = text_of(ready(desk.browser("BLR", "analyst"), f"/trade/{address}"))
        assert "What is missing: yearly trade by product of many countries" in page, address
        assert "Load statistics" in page
    other = text_of(ready(desk.browser("joint", "observer"), "/trade/opportunities"))
    assert "An analyst of either side can load it." in other


# Editions of the HS


def test_codes_of_several_editions_are_brought_together_or_told(desk: Desk, tmp_path: Path) -> None:
    world(tmp_path / "warehouse", MIXED, dataset=WORLD, vintage=VINTAGE)
    client = desk.browser()
    for address in ("opportunities", "quality"):
        answer = ready(client, f"/trade/{address}?exporter=BLR")
        assert "left out: 851712, 851713, 851714" in text_of(answer)
        assert "hs-correlations.csv" in text_of(answer)
        assert faults_of(answer) == []
    links = [("851713", "851712"), ("851714", "851712"), ("870110", "870110"), ("270900", "270900")]
    (tmp_path / "hs-correlations.csv").write_text(
        "code.after,code.before,Relationship,adjustment\n"
        + "".join(f"{new},{old},n:1,2022 to 2017\n" for new, old in links)
    )
    page = text_of(ready(client, "/trade/opportunities?exporter=BLR"))
    assert "All codes were brought to H5" in page
    assert "Products that stand in some" not in page
    assert "851712" in page


# Better, or only bigger


def test_signs_charts_and_tables_of_how_good_growth_is(desk: Desk, tmp_path: Path) -> None:
    lifts = "    BLR KGZ X {year} 842810 4\n    KGZ BLR X {year} 870110 2\n"
    told = years(RECONCILED, 2019, 2020) + years(RECONCILED + lifts, 2021, 2022)
    world(tmp_path / "warehouse", told, dataset=WORLD, vintage=VINTAGE)
    client = desk.browser()
    answer = ready(client, "/trade/quality?exporter=BLR")
    page = text_of(answer)
    assert "trade grew by 100% from 2019–2020 to 2021–2022" in page
    # Tractors alone, then tractors and lifts in equal parts: one product, then two.
    assert "concentration, as a number of equal products 1 2 better" in page
    assert "a number of equal products – 1 in 2019–2020, 2 in 2021–2022: better" in page
    assert (
        "trade within products (Grubel–Lloyd) – 0.0% in 2019–2020, 36.4% in 2021–2022: better"
        in page
    )
    assert answer.content.decode().count("<svg") == 5
    assert "small-world" in page
    assert faults_of(answer) == []
    rows = rows_of(client.get("/trade/quality?exporter=BLR&table=signs-BLR&format=csv"))
    assert rows[0][:4] == ["Sign", "2019–2020", "2021–2022", "Verdict"]
    assert ["concentration, as a number of equal products", "1", "2", "better"] in [
        row[:4] for row in rows
    ]


def test_quality_in_russian_too(loaded: Desk) -> None:
    person = loaded.world.people["KGZ", "analyst"]
    person.language = "ru"
    person.save()
    answer = ready(loaded.browser("KGZ", "analyst"), "/trade/quality")
    assert '<html lang="ru"' in answer.content.decode()
    assert "<svg" in answer.content.decode()


# Did it work


def tractors(folder: Path, gain: float, last: int = 2023) -> None:
    lines = [f"{a} {b} X {year} {code} {value}" for a, b, year, code, value in flows(gain, last)]
    Warehouse(folder / "warehouse").load(declared("\n".join(lines), dataset=WORLD))


def test_a_measure_that_worked_says_so_with_its_rank(desk: Desk, tmp_path: Path) -> None:
    tractors(tmp_path, 0.4)
    desk.world.agree((("commitments", "approval"), APPROVAL))
    client = desk.browser()
    assert "Did it work?" in text_of(client.get("/roadmap/approval"))
    answer = ready(client, "/trade/worked/approval")
    page = text_of(answer)
    assert "It worked, as far as trade shows: since 2019" in page
    assert "Rank 1 of 21" in page
    assert 'id="verdicts"' in answer.content.decode()
    assert "<svg" in answer.content.decode()
    assert "Each of those flows is put in the measure’s place in turn" in page
    assert faults_of(answer) == []


def test_too_early_is_said_honestly(desk: Desk, tmp_path: Path) -> None:
    tractors(tmp_path, 0.4, last=2020)
    desk.world.agree((("commitments", "approval"), APPROVAL))
    page = text_of(ready(desk.browser(), "/trade/worked/approval"))
    assert "Too early to say: there are 2 years since the start, and 3 are needed." in page


def test_a_measure_without_a_start_asks_for_one_and_takes_it(desk: Desk, tmp_path: Path) -> None:
    tractors(tmp_path, 0.4)
    effect = {name: one for name, one in APPROVAL["effect"].items() if name != "start"}  # type: ignore[attr-defined]
    desk.world.agree((("commitments", "approval"), {**APPROVAL, "effect": effect}))
    client = desk.browser()
    page = text_of(ready(client, "/trade/worked/approval"))
    assert "There is no answer yet." in page
    assert "nothing says since when it works" in page
    assert "It worked" in text_of(ready(client, "/trade/worked/approval?year=2019"))


def test_a_private_measure_is_no_page_of_the_other_side(desk: Desk, tmp_path: Path) -> None:
    tractors(tmp_path, 0.4)
    desk.world.keep("BLR", "commitments", {**APPROVAL, "id": "own", "visibility": "BLR"})
    assert "It worked" in text_of(ready(desk.browser("BLR"), "/trade/worked/own"))
    for side, role in (("KGZ", "secretary"), ("joint", "observer")):
        assert ready(desk.browser(side, role), "/trade/worked/own").status_code == 404


def test_questions_to_the_warehouse_leave_processors_to_others(
    loaded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bilat_office.pages.trade.statistics import warehouse

    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    asked = warehouse()._engine.ask("SELECT current_setting('threads') AS threads", [], {})
    assert asked["threads"].to_pylist() == [3]


def filled(html: str) -> dict[str, str]:
    """What a browser would send of a form as it stands."""
    form = _Form()
    form.feed(html.split("<main")[1])
    return form.found


class _Form(HTMLParser):
    """Collects the fields of a form; of radio buttons and passphrases nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("select", "textarea"):
            self.name = given["name"]
            self.found[self.name] = ""
        elif tag == "option" and "selected" in given:
            self.found[self.name] = given["value"]
        elif tag == "input" and given.get("type", "text") in ("text", "hidden"):
            self.found[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "textarea" and self.name:
            self.found[self.name] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.name = ""
