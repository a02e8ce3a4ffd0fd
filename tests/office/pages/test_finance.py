"""An export-finance officer sees what the lines have left, and what each deal costs."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat.register.canonical import Document, document
from bilat.register.kinds import SECTIONS, Name

pytestmark = pytest.mark.django_db


def money(amount: int, currency: str = "USD") -> dict[str, Any]:
    return {"amount": amount, "currency": currency}


def terms(start: date, **others: Any) -> dict[str, Any]:
    return {
        "amount": money(1200000),
        "start": start.isoformat(),
        "months": 24,
        "every": 3,
        "repayment": "equal_principal",
        "rate": {"percent": 8},
        "day_count": "30E/360",
        **others,
    }


def normal(section: str, content: dict[str, Any]) -> tuple[Name, Document]:
    """As both keys sign it."""
    return (section, content["id"]), document(SECTIONS[section].model_validate(content))


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def desk(office: Desk) -> Desk:
    """A line of 2.5 million: one deal is late, one agreed, one asked for and barred."""
    begun = today() - timedelta(days=200)
    year = today().year
    line = {
        "id": "pump-line",
        "title": {"en": "Credit line for pumps", "ru": "Кредитная линия на насосы"},
        "kind": "credit",
        "lender": "bank",
        "limit": money(2500000),
        "revolving": True,
        "available": f"{year - 1}/{year + 2}",
        "eligibility": {"origin_share": 50, "barred": ["93"]},
        "provisions": {"buckets": [{"days": 1, "share": 5}, {"days": 91, "share": 50}]},
    }
    late = {
        "id": "first-lot",
        "title": "First lot of pumps",
        "facility": "pump-line",
        "lessee": "drillers",
        "products": ["841480"],
        "origin_share": 62,
        "amount": money(1200000),
        "signed": begun.isoformat(),
        "stage": "drawn",
        "terms": terms(begun),
        "payments": [],
    }
    bare = {
        "id": "bare-lot",
        "title": "Lot without terms",
        "facility": "pump-line",
        "products": ["841480"],
        "amount": money(900000),
        "signed": begun.isoformat(),
        "stage": "agreed",
    }
    asked = {
        "id": "arms-lot",
        "title": "Lot that is barred",
        "facility": "pump-line",
        "products": ["930120"],
        "origin_share": 40,
        "amount": money(800000),
        "stage": "asked",
        "terms": terms(today() + timedelta(days=30), amount=money(800000)),
    }
    indicator = {"id": "trade", "title": "Trade", "measures": "turnover", "unit": "million USD"}
    project = {
        "id": "pumps",
        "title": "Heat pumps",
        "stage": "agreed",
        "effect": {
            "indicator": "trade", "low": 3, "likely": 5, "high": 8, "unit": "million USD",
            "start": str(year + 1), "finance": money(1500000), "facility": "pump-line",
            "chance": 0.8,
        },
    }  # fmt: skip
    bodies = [
        (("bodies", id_), {"id": id_, "name": name, "party": side, "kind": kind})
        for id_, name, side, kind in (
            ("bank", "Export bank", "BLR", "bank"),
            ("drillers", "Drilling company", "KGZ", "company"),
        )
    ]
    office.world.agree(
        *bodies,
        normal("indicators", indicator),
        normal("facilities", line),
        normal("deals", late),
        normal("deals", bare),
        normal("deals", asked),
        normal("projects", project),
    )
    return office


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_page_says_what_is_free_late_and_missing(desk: Desk) -> None:
    answer = desk.browser().get("/finance")
    text = text_of(answer)
    assert "Credit line for pumps" in text
    assert "2,500,000" in text
    assert "First lot of pumps: USD 3" in text or "past due for" in text
    assert "Lot that is barred breaks a rule of its line: the origin share is 40%" in text
    assert "To set aside" in text
    assert "What the programme needs" in text
    assert "<svg" in answer.content.decode()
    assert 'href="/finance/facilities/pump-line"' in answer.content.decode()
    assert 'href="/finance/deals/first-lot"' in answer.content.decode()
    assert 'href="/projects/pumps"' in answer.content.decode() or "Heat pumps" in text
    assert faults_of(answer) == []


def test_a_measure_that_finds_no_room_is_named(desk: Desk) -> None:
    text = text_of(desk.browser().get("/finance"))
    assert "of finance are missing. No room for" in text
    assert "“Heat pumps”" in text


def test_both_languages(desk: Desk) -> None:
    person = desk.world.people["KGZ", "secretary"]
    person.language = "ru"
    person.save()
    answer = desk.browser("KGZ").get("/finance/facilities/pump-line")
    assert "Кредитная линия на насосы" in text_of(answer)
    assert faults_of(answer) == []


def test_before_anything_is_recorded_the_page_says_what_to_do(office: Desk) -> None:
    text = text_of(office.browser().get("/finance"))
    assert "No credit or leasing line is recorded." in text
    assert "Add the first one" in text
    assert "No deal is recorded yet." in text
    assert "Add the first one" not in text_of(office.browser("joint", "observer").get("/finance"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("late=1", ["first-lot"]),
        ("stage=asked", ["arms-lot"]),
        ("rules=refused", ["arms-lot"]),
        ("q=lot+pumps", ["first-lot"]),
        ("line=pump-line&sort=amount", ["arms-lot", "bare-lot", "first-lot"]),
        ("sort=amount&order=desc", ["first-lot", "bare-lot", "arms-lot"]),
        ("line=no-such", []),
    ],
)
def test_deals_are_filtered_ordered_and_filed(desk: Desk, query: str, found: list[str]) -> None:
    irina = desk.browser()
    page = irina.get(f"/finance/deals?{query}").content.decode()
    body = page.split("<tbody>")[-1].split("</tbody>")[0] if found else ""
    shown = [part.split('"')[0] for part in body.split('href="/finance/deals/')[1:]]
    assert shown == found
    if not found:
        assert "Nothing fits these filters." in page
    rows = rows_of(irina.get(f"/finance/deals?{query}&format=csv"))
    assert [row[0] for row in rows[1:]] == found
    assert rows[0][:3] == ["Id", "Deal", "Line"]


def test_payments_to_come_can_be_taken_along(desk: Desk) -> None:
    irina = desk.browser()
    answer = irina.get("/finance/due?late=1")
    assert "First lot of pumps" in text_of(answer)
    assert "2 records" in text_of(answer)
    book = load_workbook(io.BytesIO(irina.get("/finance/due?late=1&format=xlsx").content))
    lines = [[cell.value for cell in row] for row in book["payments-due"].iter_rows()]
    assert len(lines) == 3
    assert lines[1][7] == "174000.00"  # an eighth, and a quarter's interest of 8 %
    assert lines[1][8] == "past due"
    until = (today() + timedelta(days=1)).isoformat()
    assert len(rows_of(irina.get(f"/finance/due?due_to={until}&format=csv"))) == 3
    refused = irina.get("/finance/due?due_to=soon")
    assert refused.status_code == 400
    assert "“soon” is no day" in text_of(refused)


def test_a_line_has_its_years_deals_rules_and_need(desk: Desk) -> None:
    irina = desk.browser()
    answer = irina.get("/finance/facilities/pump-line")
    text = text_of(answer)
    for part in ("Use by year", "The months ahead", "Deals (3)", "Its rules and terms",
                 "What the programme needs from it", "Heat pumps", "Export bank"):  # fmt: skip
        assert part in text, part
    page = answer.content.decode()
    assert "<svg" in page
    assert 'href="/records/facilities/pump-line"' in page
    assert 'href="/records/facilities/pump-line/edit"' in page
    rows = rows_of(irina.get("/finance/facilities/pump-line?format=csv"))
    assert rows[0][:2] == ["Line", "Year"]
    assert str(today().year) in {row[1] for row in rows[1:]}
    assert faults_of(answer) == []


def test_a_deal_shows_schedule_cost_and_whether_it_fits(desk: Desk) -> None:
    answer = desk.browser().get("/finance/deals/first-lot")
    text = text_of(answer)
    for part in (
        "1,200,000.00 USD", "174,000.00", "First regular payment", "Effective cost a year",
        "Grant element at 5 %", "Who pays whom", "Balance", "eligible",
        "No limit is exceeded by it, now or later.", "Past due", "To set aside",
    ):  # fmt: skip
        assert part in text, part
    assert "<svg" in answer.content.decode()
    assert 'href="/records/deals/first-lot"' in answer.content.decode()
    assert faults_of(answer) == []


def test_a_deal_that_breaks_a_rule_or_the_limit_says_which(desk: Desk) -> None:
    text = text_of(desk.browser().get("/finance/deals/arms-lot"))
    assert "Not kept: the origin share is 40%, the line asks for at least 50%" in text.replace(
        " :", ":"
    )
    assert "HS 930120 is barred" in text
    assert "if “Lot that is barred” is granted, the limit is exceeded by" in text


def test_a_deal_without_terms_says_what_is_missing(desk: Desk) -> None:
    text = text_of(desk.browser().get("/finance/deals/bare-lot"))
    assert "The terms of Lot without terms are not recorded" in text
    assert "Write its terms" in text
    answer = desk.browser().get("/finance/deals/bare-lot?format=pdf")
    assert answer.status_code == 400
    assert "are not recorded" in text_of(answer)


@pytest.mark.parametrize(
    ("kind", "begins"), [("xlsx", b"PK"), ("docx", b"PK"), ("json", b"{"), ("ics", b"BEGIN:")]
)
def test_a_deal_leaves_as_documents_in_either_language(
    desk: Desk, kind: str, begins: bytes
) -> None:
    for lang in ("en", "ru"):
        answer = desk.browser().get(f"/finance/deals/first-lot?format={kind}&in={lang}")
        assert answer.status_code == 200
        assert answer.content.startswith(begins)
        assert f"-{lang}.{kind}" in answer["Content-Disposition"]


def test_the_annex_names_both_sides(desk: Desk) -> None:
    from docx import Document

    for lang, title in (("en", "Interest rate"), ("ru", "Процентная ставка")):
        answer = desk.browser().get(f"/finance/deals/first-lot?format=docx&in={lang}")
        document = Document(io.BytesIO(answer.content))
        text = "\n".join(line.text for line in document.paragraphs)
        assert "Export bank" in text
        assert "Drilling company" in text
        cells = [cell.text for table in document.tables for cell in table.column_cells(0)]
        assert any(title in cell for cell in cells), cells


def test_the_whole_report_is_that_of_the_command_line(desk: Desk) -> None:
    answer = desk.browser().get("/finance?report=1&format=xlsx&in=en")
    book = load_workbook(io.BytesIO(answer.content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "Credit line for pumps" in cells
    assert "First lot of pumps" in cells


def test_a_private_deal_is_shown_to_its_own_side_alone(desk: Desk) -> None:
    own = {
        "id": "secret-lot",
        "title": "Quiet lot of pumps",
        "facility": "pump-line",
        "visibility": "BLR",
        "amount": money(100000),
        "stage": "agreed",
        "terms": terms(today(), amount=money(100000)),
    }
    desk.world.keep("BLR", "deals", own)
    paths = ("/finance", "/finance/deals", "/finance/due", "/finance/facilities/pump-line",
             "/finance/deals?format=csv", "/finance/due?format=csv", "/finance/compare",
             "/finance/deals/secret-lot")  # fmt: skip
    for path in paths:
        assert "Quiet lot of pumps" in desk.browser("BLR").get(path).content.decode(), path
        for other in (desk.browser("KGZ"), desk.browser("joint", "observer")):
            answer = other.get(path)
            assert "Quiet lot of pumps" not in answer.content.decode(), path
            assert "2,400,000" not in text_of(answer), path
    hidden = desk.browser("KGZ").get("/finance/deals/secret-lot")
    assert hidden.status_code == 404
    compared = desk.browser("KGZ").get("/finance/compare?a_deal=secret-lot&b_deal=first-lot")
    assert compared.status_code == 400
    assert "There is no such deal, or you may not see it." in text_of(compared)


def test_records_lead_to_these_pages(desk: Desk) -> None:
    page = desk.browser().get("/records/deals").content.decode()
    assert 'href="/finance/deals/first-lot"' in page
    page = desk.browser().get("/records/facilities").content.decode()
    assert 'href="/finance/facilities/pump-line"' in page


def test_the_public_sees_no_deal(desk: Desk) -> None:
    for path in ("/finance", "/finance/deals", "/finance/deals/first-lot"):
        assert Client().get(path).status_code == 302


def test_pages_with_deals_ask_the_database_little(desk: Desk) -> None:
    irina = desk.browser()
    for path in (
        "/finance", "/finance/deals", "/finance/due", "/finance/facilities/pump-line",
        "/finance/deals/first-lot", "/finance/compare?a_deal=first-lot&b_deal=arms-lot",
    ):  # fmt: skip
        assert irina.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as asked:
            irina.get(path)
        assert len(asked) <= 15, (path, len(asked))
