"""A loan officer gives one deal to accountant, lawyer and treasurer: the same sums for all."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from docx import Document
from icalendar import Calendar, Component
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bilat.brief.facts.contract import Contract
from bilat.brief.facts.schedule import ScheduleFacts, schedule_facts
from bilat.brief.formats import renderer, table_writer
from bilat.brief.formats.deal import OWN_FORMATS, DealOutput
from bilat.brief.story.blocks import Number, Table
from bilat.finance.deal import schedule_of
from bilat.finance.presets import preset_of
from bilat.language import Words
from bilat.programme.deal_terms import DealTerms

TERMS: dict[str, Any] = {
    "title": {"en": "Forty tractors", "ru": "Сорок тракторов"},
    "price": {"amount": 240000, "currency": "USD"},
    "advance": {"percent": 20},
    "start": "2026-01-15",
    "months": 24,
    "rate": {"percent": 8.125},
    "day_count": "30E/360",
    "subsidies": [{"points": 3}],
    "fees": [
        {"kind": "insurance", "percent": 1, "due": "start"},
        {"kind": "management", "percent": 0.5, "due": "year"},
    ],
}


def facts(as_of: date | None = None, preset: str | None = None, **changed: Any) -> ScheduleFacts:
    schedule = schedule_of(DealTerms.model_validate({**TERMS, **changed}))
    return schedule_facts(
        schedule, name="tractors", as_of=as_of, preset=preset_of(preset) if preset else None
    )


def output(lang: str = "en", contract: Contract | None = None, **asked: Any) -> DealOutput:
    return DealOutput(facts(**asked), Words(lang), contract or Contract(), interactive=False)


def written(one: DealOutput, name: str) -> bytes:
    return renderer(name, one.own_formats)(one)


def payments(one: DealOutput) -> Table:
    return next(table for table in one.story.tables() if table.name == "payments")


def test_an_annuity_is_the_one_of_the_textbook() -> None:
    """A·r/(1 − (1+r)^−n), with months of a twelfth of a year; half a cent is the rounding."""
    monthly = Decimal("0.08125") / 12
    level = Decimal(192000) * monthly / (1 - (1 + monthly) ** -24)
    first = next(one for one in facts(subsidies=[], fees=[]).payments if one.number == 1)
    assert abs(first.outlay - level) <= Decimal("0.005")


def test_the_transfers_add_up_to_what_the_borrower_pays() -> None:
    found = facts()
    paid = sum(one.amount for one in found.transfers if one.payer == "borrower")
    assert paid == found.totals["outlay"]
    received = sum(one.amount for one in found.transfers if one.receiver == "lender")
    lenders = found.totals["principal"] + found.totals["interest"]
    fees = [fee for one in found.payments for fee in one.fees]
    managed = sum(fee.amount for fee in fees if fee.kind == "management")
    assert received == lenders + managed


def test_without_goods_the_money_goes_to_the_borrower() -> None:
    found = facts(price=None, advance=None, amount={"amount": 5000, "currency": "EUR"})
    assert [one.receiver for one in found.transfers if one.purpose == "drawn"] == ["borrower"]


def test_the_effective_rate_of_twelve_equal_months_is_the_compounded_one() -> None:
    """Without fees and subsidy: (1 + r/12)^12 − 1, but for months of unequal days: 0.02 points."""
    rate = facts(subsidies=[], fees=[]).effective_rate
    assert rate is not None
    assert float(rate) == pytest.approx((1 + 0.08125 / 12) ** 12 - 1, abs=2e-4)


def test_what_is_past_and_owed_on_a_day() -> None:
    found = facts(as_of=date(2026, 4, 15))
    assert found.standing is not None
    assert [one.number for one in found.payments if one.past] == [0, 1, 2, 3]
    assert found.standing.balance == found.payments[3].balance
    assert found.standing.paid == sum(one.outlay for one in found.payments[:4])
    assert found.standing.next_day == date(2026, 5, 15)


def test_after_the_last_payment_nothing_is_owed() -> None:
    standing = facts(as_of=date(2030, 1, 1)).standing
    assert standing is not None
    assert standing.balance == 0
    assert standing.next_day is None


def test_every_format_has_the_same_total() -> None:
    one = output()
    total = f"{one.facts.totals['outlay']:,.2f}"
    page = written(one, "html").decode()
    assert total in page.split("<tfoot>")[1].split("</tfoot>")[0]
    word = Document(io.BytesIO(written(one, "docx")))
    assert total in [cell.text for cell in word.tables[1].rows[-1].cells]
    assert json.loads(written(one, "json"))["totals"]["outlay"] == str(one.facts.totals["outlay"])


def test_the_workbook_adds_up_by_itself_and_shows_what_was_computed() -> None:
    one = output()
    data = written(one, "xlsx")
    formulas, values = (
        load_workbook(io.BytesIO(data), data_only=known)["Payments"] for known in (False, True)
    )
    last = formulas.max_row
    sums = [isinstance(cell.value, Number) for cell in payments(one).total]
    assert sum(sums) == 6
    for index in (place for place, summed in enumerate(sums, start=1) if summed):
        letter = get_column_letter(index)
        assert formulas[f"{letter}{last}"].value == f"=SUM({letter}4:{letter}{last - 1})"
        numbers: list[Any] = [values.cell(row, index).value for row in range(4, last + 1)]
        assert numbers[-1] == pytest.approx(sum(number or 0 for number in numbers[:-1]))


def test_the_rows_of_the_csv_add_up_to_the_total_that_it_leaves_out() -> None:
    one = output()
    text = table_writer("csv")(one, payments(one)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 25
    paid = sum(Decimal(row["To pay"]) for row in rows)
    assert paid == pytest.approx(one.facts.totals["outlay"])


def test_columns_in_which_nothing_happens_are_left_out() -> None:
    plain = payments(output(subsidies=[], fees=[]))
    titles = [Words("en")(column.title) for column in plain.columns]
    assert titles == ["No.", "Date", "Advance", "Principal", "Interest", "To pay",
                      "Balance"]  # fmt: skip


def test_payments_in_another_currency_have_a_column_and_a_total() -> None:
    one = output(payment_currency="KGS", exchange=[{"day": "2026-01-01", "rate": 87.45}])
    table, last = payments(one), payments(one).total[-1].value
    assert Words("en")(table.columns[-1].title) == "In all, KGS"
    assert last.value == sum(row[-1].value.value for row in table.rows)
    expected = one.facts.totals["outlay"] * Decimal("87.45")
    assert abs(last.value - expected) <= Decimal("0.005") * len(table.rows)


def test_the_json_keeps_terms_method_and_rounding() -> None:
    data = json.loads(written(output(preset="kg-sdb-import", months=72), "json"))
    assert data["format"] == "bilat-schedule/1"
    assert data["terms"]["day_count"] == "30E/360"
    assert data["terms"]["rounding"] == {"places": 2, "rule": "half_up"}
    assert data["preset"]["id"] == "kg-sdb-import"
    assert data["sources"][0]["address"] == "https://sdb.kg/?p=4322"
    assert len(data["payments"]) == 73
    assert data["payments"][1]["fees"] == []


def test_the_calendar_reminds_of_each_payment_that_is_to_come() -> None:
    one = output(as_of=date(2026, 4, 15))
    events = Calendar.from_ical(written(one, "ics")).walk("VEVENT")
    owed = [payment for payment in one.facts.payments if payment.outlay]
    assert [event.decoded("dtstart") for event in events] == [payment.day for payment in owed]
    reminders = [_reminders(event) for event in events]
    assert reminders[:4] == [[], [], [], []]
    assert reminders[4:] == [[7, 1]] * (len(owed) - 4)
    assert f"{owed[4].outlay:,.2f} USD" in str(events[4]["summary"])


def _reminders(event: Component) -> list[int]:
    triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    assert all(isinstance(trigger, timedelta) for trigger in triggers)
    return [-trigger.days for trigger in triggers]


def test_a_calendar_that_is_read_again_finds_each_payment_by_its_due_date() -> None:
    early = [{"day": "2026-03-20", "amount": 10000}]
    before, after = (
        {str(event["uid"]) for event in Calendar.from_ical(written(one, "ics")).walk("VEVENT")}
        for one in (output(), output(prepayments=early))
    )
    assert after - before == {"payment-2026-03-20@tractors.bilat"}
    assert before < after


def test_a_table_of_many_figures_gets_smaller_letters_on_paper() -> None:
    vast: dict[str, Any] = {
        "price": None,
        "advance": None,
        "amount": {"amount": 12500000000, "currency": "KZT"},
    }
    taxes = [{"title": "VAT", "percent": 20, "on": ["interest"]}]
    assert '<div class="table packed">' in written(output(**vast, taxes=taxes), "html").decode()
    assert '<div class="table">' in written(output(), "html").decode()


def test_the_annex_leaves_blanks_for_what_nobody_stated() -> None:
    text = annex(output())
    assert "Annex No. ____" in text
    assert "to Contract No. ______________ of" in text
    assert text.count("represented by: ______________") == 2


def test_whatever_decides_a_cent_stands_among_the_terms() -> None:
    """Who signs must see limits of the rate and of the subsidy, and what a tax is charged on."""
    made = facts(
        kind="lease",
        residual={"percent": 5, "settled": "returned"},
        rate={"index": "KEY", "percent": 9, "reset_every": 3, "cap": 11, "floor": 2.5,
              "period_cap": 0.75, "observed": [{"day": "2026-01-01", "percent": 8.25}]},
        subsidies=[{"points": 3, "until": "2027-01-15", "leaves": 4}],
        taxes=[{"title": "VAT", "percent": 20, "on": ["principal", "fees"]}],
        fees=[{"kind": "management", "amount": 55, "due": "payment"}],
        moved="following", calendar="BLR", interest_to="moved", end_of_month=True,
    )  # fmt: skip
    one = DealOutput(made, Words("en"))
    table = next(table for table in one.story.tables() if table.name == "terms")
    said = {one.words.show(a.value): one.words.show(b.value) for a, b in table.rows}
    assert said["The rate is never above"] == "11% a year"
    assert said["The rate is never below"] == "2.5% a year"
    assert said["Greatest rise at one reset"] == "0.75 percentage points"
    assert said["Interest rate until the first reset"] == "9% a year"
    assert said["KEY from 1 January 2026"] == "8.25% a year"
    assert said["The budget pays until (this day not included)"] == "15 January 2027"
    assert said["The budget leaves to be paid at least"] == "4% a year"
    assert said["VAT"] == "20% on principal, fees"
    assert said["Residual value"] == "5%; the goods go back"
    assert said["Management fee"] == "55.00 USD, with each payment"
    assert said["Interest is counted to"] == "the day to which the date moved"


def test_a_title_of_several_lines_is_one_line_of_the_calendar() -> None:
    read = Calendar.from_ical(written(output(title="Ten buses\nBEGIN:VEVENT, 2\n"), "ics"))
    assert [one.name for one in read.walk("VCALENDAR")] == ["VCALENDAR"]
    assert len(read.walk("VEVENT")) == len(facts().payments)


def test_the_annex_names_contract_sides_and_signatories() -> None:
    contract = Contract.model_validate(
        {
            "annex": 1,
            "number": "17/L",
            "day": "2026-01-12",
            "lender": {"name": "Lessor JSC", "person": "A. Ivanov", "position": "Director"},
            "borrower": {"name": "Cooperative", "details": "Bishkek, account 1"},
        }
    )
    text = annex(output(contract=contract, kind="lease"))
    assert "Annex No. 1" in text
    assert "to Contract No. 17/L of 12 January 2026" in text
    assert "The lessor: Lessor JSC, represented by: Director A. Ivanov" in text
    assert "____________________ / A. Ivanov" in text
    assert "Bishkek, account 1" in text


def test_the_annex_does_not_know_the_day_on_which_it_was_printed() -> None:
    assert annex(output(as_of=date(2027, 1, 1))) == annex(output())


def annex(one: DealOutput) -> str:
    """All the text of the Word document."""
    word = Document(io.BytesIO(written(one, "docx")))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_what_the_deal_breaks_is_told_with_its_source() -> None:
    page = written(output(preset="kg-sdb-import", months=72, advance={"percent": 10}), "html")
    text = page.decode()
    assert "Not kept: The buyer pays at least 15 % of the cost" in text
    assert "here 10%" in text
    assert "https://sdb.kg/?p=4322" in text


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("name", ["xlsx", "docx", "json", "ics", "html"])
def test_every_document_is_made_twice_alike(name: str, lang: str) -> None:
    asked: dict[str, Any] = {"as_of": date(2026, 6, 1), "preset": "kg-sdb-import"}
    once, again = output(lang, **asked), output(lang, **asked)
    assert written(once, name) == written(again, name)


def test_the_chart_stacks_the_parts_of_each_payment() -> None:
    one = output()
    spec = one.charts.spec(one.story.charts()[0])
    bars = spec["datasets"][spec["layer"][0]["data"]["name"]]
    for payment in one.facts.payments:
        drawn = sum(bar["amount"] for bar in bars if bar["day"] == payment.day.isoformat())
        due = payment.outlay - payment.advance + payment.subsidy
        assert drawn == pytest.approx(float(due))


def test_only_word_and_calendar_are_written_in_an_own_way() -> None:
    assert set(OWN_FORMATS) == {"docx", "ics"}
