"""An analyst asks which measures would close the gap, within a budget or for a chance."""

from __future__ import annotations

import html
import io
import json
import re
from decimal import Decimal
from typing import Any

import docx
import pytest
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.filling import filled
from tests.office.pages.reading import faults_of, text_of
from tests.office.pages.test_home import INDICATOR, TARGET, observed

from bilat.brief.planning import with_plan
from bilat_office.pages.plans import reckoning

pytestmark = pytest.mark.django_db
ASKED = "/plan?target=t500"


def adds(id_: str, title: str, likely: str, cost: str, **more: Any) -> Any:
    """A commitment of which somebody assumes what it adds."""
    effect = {
        "indicator": "turnover", "likely": likely, "unit": "million USD", "start": "2028",
        "assumption": True, "author": "Analyst", "reason": "An example",
        **({"cost": {"amount": cost, "currency": more.pop("currency", "USD")}} if cost else {}),
    }  # fmt: skip
    return measure(id_, title, due="2029", effect=effect, **more)


@pytest.fixture(autouse=True)
def _no_plan_of_another_office() -> None:
    reckoning.PLANS.forget()


@pytest.fixture
def desk(office: Desk) -> Desk:
    office.world.agree(
        (("indicators", "turnover"), INDICATOR),
        (("targets", "t500"), TARGET),
        *map(observed, range(2005, 2025)),
        adds("house", "Open a trade house", "90", "4000000"),
        adds("fair", "Hold a fair", "60", "1000000"),
        adds("line", "Open a credit line", "120", "9000000"),
    )
    return office


def steps_of(answer: Any) -> list[str]:
    """Ids of the measures that the page lists."""
    table = re.search(r"<tbody>(.*?)</tbody>", answer.content.decode(), re.DOTALL)
    return re.findall(r'href="/roadmap/(\w+)"', table[1]) if table else []


def test_a_plan_within_a_budget_lists_its_measures_and_what_they_rest_on(desk: Desk) -> None:
    answer = desk.browser("BLR", "analyst").get(f"{ASKED}&budget=5+500+000&wait=1", follow=True)
    assert sorted(steps_of(answer)) == ["fair", "house"]
    shown = text_of(answer)
    assert "What gives 500 million USD by 2035 the best chance?" in shown
    assert "it costs 5,000,000 USD" in shown
    assert "Without “Open a trade house” the chance falls" in shown
    assert "The greatest chance for each budget" in shown
    assert "<svg" in answer.content.decode()
    assert faults_of(answer) == []


def test_the_greater_the_budget_the_greater_the_chance(desk: Desk) -> None:
    client = desk.browser("BLR", "analyst")
    chances = []
    for budget in ("0", "5000000", "50000000"):
        answer = client.get(f"{ASKED}&budget={budget}&format=json")
        chances.append(json.loads(answer.content)["planning"]["plan"]["chance"])
    assert chances[0] < chances[1] < chances[2]


def test_the_least_cost_for_a_chance_is_a_plan_of_its_own(desk: Desk) -> None:
    client = desk.browser("BLR", "analyst")
    most = json.loads(client.get(f"{ASKED}&format=json").content)["planning"]["plan"]
    wanted = (most["scenarios"] + most["without"]) / 2 * 100
    answer = client.get(f"{ASKED}&chance={wanted:.1f}&format=json")
    plan = json.loads(answer.content)["planning"]["plan"]
    assert plan["goal"] == "cost"
    assert 0 < plan["cost"] < most["cost"]


def test_a_chance_out_of_reach_says_what_would_be_needed(desk: Desk) -> None:
    shown = text_of(desk.browser().get(f"{ASKED}&chance=99.9&budget=1000000&wait=1", follow=True))
    assert "What would be needed" in shown


def test_nothing_is_computed_before_it_is_asked_and_then_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Decimal | None] = []

    def counted(brief: Any, programme: Any, demand: Any, *more: Any) -> Any:
        made.append(demand.budget)
        return with_plan(brief, programme, demand, *more)

    monkeypatch.setattr(reckoning, "with_plan", counted)
    client = desk.browser()
    assert "Make the plan" in text_of(client.get("/plan"))
    first = client.get(f"{ASKED}&budget=7000000")
    assert "The plan is being searched for" in text_of(first)
    assert "hx-get" in first.content.decode()
    assert made == []
    part = client.get(f"{ASKED}&budget=7000000", headers={"HX-Request": "true"})
    assert "measures of the plan" in text_of(part)
    reckoning.PLANS.forget()  # as another process, which finds it in the database
    desk.browser("BLR", "analyst").get(f"{ASKED}&budget=7000000")
    assert made == [Decimal(7_000_000)]
    desk.world.agree(adds("visas", "Agree on visas", "30", "100000"))
    again = client.get(f"{ASKED}&budget=7000000&wait=1", follow=True)
    assert "visas" in steps_of(again)


def test_the_plan_leaves_as_a_document_in_either_language(desk: Desk) -> None:
    answer = desk.browser().get(f"{ASKED}&format=docx&in=ru")
    paper = docx.Document(io.BytesIO(answer.content))
    told = " ".join(paragraph.text for paragraph in paper.paragraphs)
    assert "Без мер" in told or "без мер" in told
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert "Open a credit line" in cells


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("budget=much", "“much” is no amount"),
        ("chance=120", "“120” is no chance"),
        ("starts=few", "“few” is no number of measures"),
        ("currency=USB", "unknown currency “USB”"),
        ("by=1999", "“1999” is none of this list"),
        ("target=nothing", "“nothing” is none of this list"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(desk: Desk, query: str, said: str) -> None:
    answer = desk.browser().get(f"/plan?{query}")
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert faults_of(answer) == []


def test_money_of_another_currency_asks_what_it_is_worth(desk: Desk) -> None:
    desk.world.agree(adds("mill", "Build a mill", "80", "300000000", currency="RUB"))
    client = desk.browser()
    page = client.get(f"{ASKED}&wait=1", follow=True)
    assert "say what one RUB is worth in USD" in text_of(page)
    assert "What one RUB is worth" in text_of(page)
    answer = client.get(f"{ASKED}&rate_RUB=0.0125&wait=1", follow=True)
    assert "mill" in steps_of(answer)


def test_without_effects_there_is_no_plan_and_it_says_what_to_do(office: Desk) -> None:
    client = office.browser()
    assert "The programme has no target" in text_of(client.get("/plan?budget=5"))
    office.world.agree(
        (("indicators", "turnover"), INDICATOR),
        (("targets", "t500"), TARGET),
        *map(observed, range(2005, 2025)),
        measure("house"),
    )
    shown = text_of(client.get(f"{ASKED}&wait=1", follow=True))
    assert "There is no plan." in shown
    assert "no measure or project states an effect" in shown


def test_what_one_side_keeps_for_itself_is_in_its_own_plan_alone(desk: Desk) -> None:
    _name, content = adds("secret", "A quiet purchase", "200", "1000")
    desk.world.keep("BLR", "commitments", {**content, "visibility": "BLR"})
    assert "secret" in steps_of(desk.browser("BLR").get(f"{ASKED}&wait=1", follow=True))
    theirs = desk.browser("KGZ").get(f"{ASKED}&wait=1", follow=True)
    assert "secret" not in steps_of(theirs)
    assert "quiet purchase" not in theirs.content.decode()


def test_home_leads_to_the_plan(desk: Desk) -> None:
    page = desk.browser("BLR", "co_chair").get("/outlook").content.decode()
    assert f'href="{ASKED}"' in page


def test_the_plan_becomes_a_point_of_the_next_session_without_what_is_private(desk: Desk) -> None:
    _name, content = adds("secret", "A quiet purchase", "200", "1000")
    desk.world.keep("BLR", "commitments", {**content, "visibility": "BLR"})
    client = desk.browser()
    asked = f"{ASKED}&budget=5500000"
    without = client.get(f"{asked}&wait=1", follow=True)
    assert "Put these measures on the agenda" not in text_of(without)  # no session is planned
    session = {"id": "s13", "title": "13th session", "kind": "session", "planned": "2099"}
    desk.world.agree((("contacts", "s13"), session))
    page = client.get(f"{asked}&wait=1", follow=True).content.decode()
    (link,) = re.findall(r'href="(/commission/s13/agenda[^"]+)"', page)
    shown = client.get(html.unescape(link))
    form = filled(shown, "rows")
    english = "Decide on the measures of a plan for 500 million USD by 2035: "
    assert form["point-0_en"].startswith(english)
    assert set(form["point-0_en"].removeprefix(english).split("; ")) == {
        "Open a trade house", "Hold a fair"}  # fmt: skip
    assert form["point-0_ru"] != form["point-0_en"]
    assert "quiet purchase" not in shown.content.decode()
    form |= {"how": "propose", "passphrase_BLR": PASSPHRASE}
    answer = client.post("/commission/s13/agenda", form)
    assert answer.status_code == 302, text_of(answer)
    theirs = desk.browser("KGZ").get(answer["Location"])
    assert "Hold a fair" in text_of(theirs)


def test_a_plan_that_is_not_at_hand_cannot_be_raised(desk: Desk) -> None:
    session = {"id": "s13", "title": "13th session", "kind": "session", "planned": "2099"}
    desk.world.agree((("contacts", "s13"), session))
    shown = text_of(desk.browser().get("/commission/s13/agenda?plan=target%3Dt500"))
    assert "This plan is no longer at hand: make it again." in shown
