"""Anybody computes a loan or lease, sends its address to somebody, and compares two offers."""

from __future__ import annotations

import io
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat_office.pages.finance import opening
from bilat_office.pages.finance.fields import EVERY_FIELD
from bilat_office.pages.story.fields import money, share

pytestmark = pytest.mark.django_db
BUSES = {
    "title": "Ten buses",
    "price": "240 000",
    "currency": "usd",
    "advance": "20%",
    "start": "2026-01-15",
    "months": "12",
    "every": "3",
    "rate": "8,5",
    "subsidy": "3",
    "insurance": "",
}


@pytest.fixture
def stranger(db: None) -> Client:
    """Nobody has founded an office here, and nobody has signed in."""
    cache.clear()
    return Client()


def ask(client: Client, where: str = "calculator", /, **terms: str) -> Any:
    return client.get(f"/finance/{where}?{urlencode(terms)}")


def test_a_stranger_finds_an_empty_form(stranger: Client) -> None:
    answer = stranger.get("/finance/calculator")
    assert answer.status_code == 200
    assert faults_of(answer) == []
    assert "Nothing that is typed here is kept" in text_of(answer)
    assert 'value="USD"' in answer.content.decode()
    assert "Sign out" not in text_of(answer)
    assert answer["Cache-Control"] == "private, no-store"


def test_the_schedule_is_that_of_the_command_line(stranger: Client) -> None:
    """The same terms as in docs/schedule.md, without its insurance."""
    answer = ask(stranger, **BUSES)
    text = text_of(answer)
    for part in ("192,000.00", "46,542.47", "4,024.11", "50,192.22", "Ten buses",
                 "effective rate a year", "First regular payment", "The lender"):  # fmt: skip
        assert part in text, part
    assert "<svg" in answer.content.decode()
    assert faults_of(answer) == []
    assert answer.status_code == 200


def test_the_address_holds_everything(stranger: Client) -> None:
    page = ask(stranger, **BUSES).content.decode()
    assert 'name="price" value="240 000"' in page
    assert 'value="8,5"' in page
    assert '<option value="3" selected>' in page
    assert text_of(ask(Client(), **BUSES)) == text_of(ask(stranger, **BUSES))


def test_in_russian(stranger: Client) -> None:
    answer = stranger.get(f"/finance/calculator?{urlencode(BUSES)}", HTTP_ACCEPT_LANGUAGE="ru")
    assert '<html lang="ru"' in answer.content.decode()
    assert "192 000,00" in text_of(answer).replace("\u00a0", " ")
    assert faults_of(answer) == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("price", "a lot", "a lot"),
        ("price", "", "nothing says how much is financed"),
        ("rate", "", "the interest rate is missing"),
        ("rate", "850", "100"),
        ("months", "", "the term is missing"),
        ("months", "601", "600"),
        ("months", "-3", "-3"),
        ("start", "", "the day of the first drawdown is missing"),
        ("start", "soon", "soon"),
        ("currency", "DOLLAR", "DOLLAR"),
        ("currency", "", "an amount without a currency"),
        ("advance", "120", "100"),
        ("grace", "12", "grace"),
        ("insurance", "101", "100"),
        ("more", "penalty_rat: 3", "penalty_rat"),
        ("more", "- 1\n- 2", "terms by name are expected here"),
        ("more", "a: [", "Line"),
        ("preset", "no-such", "is no offer of this list"),
    ],
)
def test_a_wrong_term_is_told_at_its_field(
    stranger: Client, field: str, typed: str, said: str
) -> None:
    answer = ask(stranger, **{**BUSES, field: typed})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert f'href="#{field}"' in page
    group = page.split(f'for="{field}"')[1].split("</div>\n</div>")[0]
    assert "govuk-error-message" in group
    assert said in text_of(answer)
    assert "--" not in text_of(answer).split("There is a problem")[1].split("Calculate a")[0]
    assert faults_of(answer) == []
    if typed:
        assert typed.splitlines()[0] in page  # what was typed stays


def test_further_terms_stand_beside_the_fields(stranger: Client) -> None:
    more = "fees: [{kind: guarantee, percent: 1}]\npenalty_rate: 12"
    text = text_of(ask(stranger, **{**BUSES, "more": more}))
    assert "Guarantee fee" in text
    assert "1,920.00" in text


def test_an_offer_is_chosen_and_its_limits_are_checked(stranger: Client) -> None:
    shown = text_of(stranger.get("/finance/calculator?preset=by-export-lease"))
    assert "The lessor sets the cost increase of each contract" in shown
    assert "Payments: every month" in shown
    assert "Every: 1" not in shown
    assert "There is a problem" not in shown
    asked = {"preset": "by-export-lease", **BUSES, "advance": "10", "every": ""}
    text = text_of(ask(stranger, **asked))
    assert "Not kept: Advance of 15 to 40 % of the value of the leased goods; here 10%" in text
    assert "Promagroleasing" in text
    assert "The lessee" in text


def test_an_offer_without_a_rate_asks_for_it(stranger: Client) -> None:
    answer = ask(stranger, **{**BUSES, "preset": "by-export-lease", "rate": ""})
    assert answer.status_code == 400
    assert "the preset “by-export-lease” states no interest rate" in text_of(answer)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_files_are_those_of_the_schedule(stranger: Client, lang: str) -> None:
    found = {
        kind: ask(stranger, **BUSES, format=kind, **{"in": lang})
        for kind in ("xlsx", "docx", "json", "ics")
    }
    book = load_workbook(io.BytesIO(found["xlsx"].content))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert 46542.47 in cells
    assert Document(io.BytesIO(found["docx"].content)).tables
    data = json.loads(found["json"].content)
    assert data["format"] == "bilat-schedule/1"
    assert data["totals"]["drawn"] == "192000.00"
    assert found["ics"].content.count(b"BEGIN:VEVENT") == 5
    assert f"calculation-schedule-{lang}.ics" in found["ics"]["Content-Disposition"]


def test_a_file_of_wrong_terms_is_the_page_that_says_so(stranger: Client) -> None:
    answer = ask(stranger, **{**BUSES, "rate": "", "format": "docx"})
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/html")


def test_fifty_years_of_months_come_in_pages(stranger: Client) -> None:
    long = {**BUSES, "months": "600", "every": "1", "repayment": "equal_principal"}
    answer = ask(stranger, **long)
    assert "601 rows; the total is that of all of them." in text_of(answer)
    assert answer.content.decode().count("<tr>") < 250
    last = ask(stranger, **long, page="6")
    assert "15 Jan 2076" in text_of(last)


def test_a_stranger_may_not_cost_too_much(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "CALCULATIONS", 2)
    assert [ask(stranger, **BUSES).status_code for _turn in range(3)] == [200, 200, 429]
    assert stranger.get("/finance/calculator").status_code == 200
    assert "Wait, then try again." in text_of(ask(stranger, **BUSES))


def test_who_has_signed_in_is_not_counted(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "CALCULATIONS", 1)
    irina = office.browser()
    assert [ask(irina, **BUSES).status_code for _turn in range(3)] == [200] * 3
    assert "Sign out" in text_of(ask(irina, **BUSES))


def offers(**changed: str) -> dict[str, str]:
    both = {f"{side}_{name}": text for side in "ab" for name, text in BUSES.items()}
    return {**both, **changed}


def test_the_calculator_leads_to_a_comparison(stranger: Client) -> None:
    page = ask(stranger, **BUSES).content.decode()
    address = page.split('href="/finance/compare?')[1].split('"')[0].replace("&amp;", "&")
    answer = stranger.get(f"/finance/compare?{address}")
    assert answer.status_code == 200
    assert "Second less first" in text_of(answer)
    assert "Ten buses, the second offer" in text_of(answer)


def test_two_offers_stand_side_by_side(stranger: Client) -> None:
    answer = ask(stranger, "compare", **offers(b_rate="12", b_title="Dear buses", party="lessee"))
    text = text_of(answer)
    for part in ("Dear buses", "Ten buses", "Second less first", "Effective cost a year",
                 "for the lessee", "Grant element at 5 %"):  # fmt: skip
        assert part in text, part
    assert "<svg" in answer.content.decode()
    assert faults_of(answer) == []
    book = load_workbook(
        io.BytesIO(ask(stranger, "compare", **offers(b_rate="12"), format="xlsx").content)
    )
    assert book.sheetnames


def test_offers_of_two_currencies_need_a_rate(stranger: Client) -> None:
    asked = offers(b_currency="EUR")
    answer = ask(stranger, "compare", **asked)
    assert answer.status_code == 400
    assert "say what 1 EUR is worth in USD" in text_of(answer)
    assert 'href="#worth"' in answer.content.decode()
    text = text_of(ask(stranger, "compare", **asked, worth="1,08"))
    assert "1 EUR is taken as 1.08 USD on every day." in text


def test_rules_of_support_are_checked_where_asked(stranger: Client) -> None:
    text = text_of(ask(stranger, "compare", **offers(rules="oecd")))
    assert "What the rules say" in text
    assert "rules of support" in text


def test_each_side_tells_its_own_wrong_terms(stranger: Client) -> None:
    answer = ask(stranger, "compare", **offers(b_rate="", discount="many"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'href="#b_rate"' in page
    assert 'href="#a_rate"' not in page
    assert "“many” is no rate" in text_of(answer)
    assert faults_of(answer) == []


def test_a_stranger_compares_no_deal_of_the_programme(stranger: Client) -> None:
    answer = ask(stranger, "compare", a_deal="first-lot", **offers())
    assert answer.status_code == 400
    assert "Sign in to compare deals of the programme." in text_of(answer)


@pytest.mark.parametrize("name", ["a", "%00", "month[]", "page", "format"])
def test_nonsense_in_an_address_breaks_nothing(stranger: Client, name: str) -> None:
    for text in ("-1", "x" * 5000, "{{7*7}}", "<script>"):
        for page in ("calculator", "compare"):
            answer = ask(stranger, page, **{**BUSES, name: text})
            assert answer.status_code in (200, 400)
            assert "<script>" not in answer.content.decode()


def test_every_field_takes_long_and_hostile_texts(stranger: Client) -> None:
    for field in EVERY_FIELD:
        for text in ("9" * 300, "1e999999", "NaN", "\u0663", "& <b>", "[" * 3000):
            answer = ask(stranger, **{**BUSES, field.name: text})
            assert answer.status_code in (200, 400), (field.name, text)
            assert "<b>" not in answer.content.decode()


def test_numbers_are_read_as_people_write_them() -> None:
    assert str(money("1 200 000,50")) == "1200000.50"
    assert str(money("1,200,000")) == "1200000"
    assert str(money("1200000.5")) == "1200000.5"
    assert str(share("8,125 %")) == "8.125"
    assert share("eight") == "eight"
