"""The documents keep what their formats promise."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date, datetime
from typing import Any

import docx
import jsonschema
import openpyxl
import pytest
from icalendar import Calendar
from pypdf import PdfReader
from tests.core.brief.brief_notation import TARGET, MakeOutput, figure, figures, measures

from bilat.brief import brief_schema
from bilat.brief.formats import FORMATS, Output, renderer

NUMBERS = figures(
    figure("KGZ", "2023", 110.136, "2024-02"),
    figure("KGZ", "2024", 133, qualifier="about"),
    figure("BLR", "2024-01/2024-09", 135, "2024-11", qualifier="almost"),
)
MEASURES = measures(
    "id: a, owners: [moe], due: 2025-12-15", "id: b, owners: [mot], due: 2025-06", "id: c"
)
CONTACTS = """
contacts:
  - {id: s13, title: 13th session, kind: session, planned: 2025-11-20, starts: '10:00', host: KGZ,
     place: Bishkek, sources: [protocol]}
  - {id: s12, title: 12th session, kind: session, held: 2024-11, sources: [protocol]}
"""
HOSTILE = """
commitments:
  - {id: x, title: '=1+1<script>alert("x")</script>', owners: [moe], due: 2026, sources: [protocol]}
"""


@pytest.fixture
def full(output: MakeOutput) -> Output:
    return output(TARGET, NUMBERS, MEASURES, CONTACTS)


def made(output: Output, name: str) -> bytes:
    return renderer(name)(output)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_programme_and_day_give_the_same_bytes(output: MakeOutput, name: str) -> None:
    first, second = (made(output(TARGET, NUMBERS, MEASURES, CONTACTS), name) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_an_empty_programme_still_makes_every_document(
    output: MakeOutput, name: str, lang: str
) -> None:
    assert made(output(lang=lang), name)


def test_the_page_needs_no_network_and_runs_nothing(full: Output) -> None:
    page = made(full, "html").decode()
    assert not re.search(r'(src|href)="(https?:)?//', page)
    assert "<script" not in page
    assert "url(http" not in page
    assert page.count("<svg") == 3


def test_every_citation_of_the_page_leads_to_its_source(full: Output) -> None:
    page = made(full, "html").decode()
    cited = set(re.findall(r'href="#(source-\d+)"', page))
    assert cited
    assert cited <= set(re.findall(r'id="(source-\d+)"', page))


def test_no_id_of_the_page_stands_twice(full: Output) -> None:
    ids = re.findall(r'\bid="([^"]+)"', made(full, "html").decode())
    assert len(ids) == len(set(ids))


def test_what_people_write_is_shown_and_never_run(output: MakeOutput) -> None:
    page = made(output(HOSTILE), "html").decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_workbook_cell_that_looks_like_a_formula_stays_text(output: MakeOutput) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(output(HOSTILE), "xlsx")))
    cell = book["Commitments"]["A4"]
    assert (cell.data_type, str(cell.value)[:4]) == ("s", "=1+1")


def test_the_workbook_has_typed_numbers_days_and_frozen_headers(full: Output) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(full, "xlsx")))
    trade = book["Trade"]
    assert trade.freeze_panes == "B4"
    values = {row[0].value: row[2].value for row in trade.iter_rows(min_row=4)}
    assert values[2023] == pytest.approx(110.136)


def test_a_stated_number_keeps_its_caution_and_stays_a_number(full: Output) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(full, "xlsx")))
    (row,) = [row for row in book["Trade"].iter_rows(min_row=4) if row[0].value == 2024]
    assert (row[2].value, row[2].number_format) == (133, '"about "#,##0.0')


def test_a_due_day_is_a_date_in_the_workbook(full: Output) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(full, "xlsx")))
    dues = [row[2].value for row in book["Commitments"].iter_rows(min_row=4)]
    assert datetime(2025, 12, 15) in dues  # noqa: DTZ001 (a workbook's days have no zone)


def test_sheet_names_are_valid_and_different(output: MakeOutput) -> None:
    long = "x" * 40
    twins = "".join(
        f"  - {{id: i{n}, title: '{long}: [{n}]', measures: count, unit: persons}}\n"
        for n in (1, 2)
    )
    observed = "".join(
        f"  - {{indicator: i{n}, period: 2024, reporter: KGZ, value: 5, unit: persons, "
        "sources: [table]}\n"
        for n in (1, 2)
    )
    book = openpyxl.load_workbook(
        io.BytesIO(made(output(twins, "observations:\n" + observed), "xlsx"))
    )
    names = [name for name in book.sheetnames if name.startswith("xxx")]
    assert len(set(names)) == 2
    assert all(len(name) <= 31 for name in names)


def test_the_word_document_has_headings_contents_and_repeating_heads(full: Output) -> None:
    data = made(full, "docx")
    document = docx.Document(io.BytesIO(data))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[:3] == [
        "1. Target",
        "2. Trade and other indicators",
        "3. Roadmap and decisions",
    ]
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "TOC \\o" in xml
    assert set(re.findall(r'w:anchor="([^"]+)"', xml)) <= set(
        re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    )
    assert xml.count("<w:tblHeader/>") == len(document.tables)
    assert xml.count('descr="') >= 3


def test_the_pdf_is_tagged_and_carries_title_and_language(full: Output) -> None:
    reader = PdfReader(io.BytesIO(made(full, "pdf")))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Belarus and Kyrgyzstan")
    assert "Are we on track to 500 million USD?" in reader.pages[0].extract_text()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_json_follows_its_published_schema(output: MakeOutput, lang: str) -> None:
    made_in = output(TARGET, NUMBERS, MEASURES, CONTACTS, lang=lang)
    validator = jsonschema.Draft202012Validator(brief_schema())
    assert list(validator.iter_errors(json.loads(made(made_in, "json")))) == []


def test_json_says_of_every_number_where_it_comes_from(full: Output) -> None:
    data = json.loads(made(full, "json"))
    known = {source["id"] for source in data["sources"]}
    levels = [
        level for flow in data["trade"]["flows"] for row in flow["rows"] for level in row["levels"]
    ]
    assert levels
    assert all(level["sources"] and set(level["sources"]) <= known for level in levels)


def test_the_calendar_puts_a_session_at_the_hosts_hour(full: Output) -> None:
    calendar: Any = Calendar.from_ical(made(full, "ics"))
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    start = events["contact-s13@blr-kgz.bilat"]["dtstart"]
    assert start.params["TZID"] == "Asia/Bishkek"
    assert start.dt.isoformat() == "2025-11-20T10:00:00+06:00"
    assert {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")} == {
        "Asia/Bishkek",
        "Europe/Minsk",
    }


def test_the_calendar_has_each_open_deadline_and_reminds_only_of_those_ahead(full: Output) -> None:
    calendar: Any = Calendar.from_ical(made(full, "ics"))
    due = {
        str(event["uid"]): (event["dtstart"].dt, len(event.walk("VALARM")))
        for event in calendar.walk("VEVENT")
        if "commitment" in str(event["uid"])
    }
    assert due == {
        "commitment-a@blr-kgz.bilat": (date(2025, 12, 15), 1),
        "commitment-b@blr-kgz.bilat": (date(2025, 6, 30), 0),
    }


def test_all_formats_count_the_same_commitments(full: Output) -> None:
    """Totals are equal on the screen and in every export."""
    sentence = "3 commitments: 0 complete, 1 late, 1 due within 90 days, 1 without a date"
    assert sentence in made(full, "html").decode()
    pdf = PdfReader(io.BytesIO(made(full, "pdf")))
    assert sentence in " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    document = docx.Document(io.BytesIO(made(full, "docx")))
    assert any(sentence in paragraph.text for paragraph in document.paragraphs)
    states = [item["state"] for item in json.loads(made(full, "json"))["roadmap"]["commitments"]]
    assert states == ["late", "due_soon", "no_date"]
