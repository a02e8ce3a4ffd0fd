"""A secretary takes the measures as a workbook, changes cells, gives it back, and sees first."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import text_of

from bilat.programme import KINDS
from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
SHEET = "/sheets/commitments"


@pytest.fixture
def desk(office: Desk) -> Desk:
    office.world.agree(
        (("bodies", "min-trade"), {"id": "min-trade", "name": "Ministry", "party": "BLR",
                                   "kind": "ministry"}),
        measure("houses", {"en": "Open trade houses", "ru": "Открыть торговые дома"}, due="2027",
                owners=["min-trade"], evidence=[
                    {"on": "2025-02-01", "grade": "limited", "text": "Two of five, see\nannex"}]),
        measure("formula", "=cmd|' /C calc'!A0", due="2028-Q1"),
    )  # fmt: skip
    office.world.keep("BLR", "commitments", {"id": "own", "title": "Our own note"})
    return office


def taken(client: Client, address: str = f"{SHEET}/workbook") -> list[list[str]]:
    """The workbook's lines, as a spreadsheet shows them."""
    answer = client.get(address)
    book = load_workbook(io.BytesIO(answer.content))
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def packed(lines: Sequence[Sequence[Any]]) -> SimpleUploadedFile:
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(list(line))
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("measures.xlsx", file.getvalue())


def given_back(client: Client, file: SimpleUploadedFile, section: str = "commitments") -> Any:
    return client.post(f"/sheets/{section}", {"sheet": file}, follow=True)


def changed(lines: list[list[str]], id_: str, column: str, text: Any) -> list[list[Any]]:
    place = lines[0].index(column)
    return [
        [text if (row[0], at) == (id_, place) else cell for at, cell in enumerate(row)]
        for row in lines
    ]


def test_a_cell_is_changed_seen_proposed_and_countersigned(desk: Desk) -> None:
    client = desk.browser()
    lines = taken(client)
    shown = given_back(client, packed(changed(lines, "houses", "due", "2029")))
    text = text_of(shown)
    assert "1 changed record" in text
    assert "2 records stay as they are" in text
    assert "0 new records" in text
    assert "Due [out: 2027 ] [in: 2029 ]" in text
    assert Door(Viewer("BLR")).get("commitments", "houses").content["due"] == "2027"
    sent = {"how": "propose", "reason": "Moved at the session", "passphrase_BLR": PASSPHRASE}
    client.post(shown.request["PATH_INFO"], sent)
    (proposed,) = desk.browser("KGZ").get("/changes").context["visit"].office.awaiting
    (item,) = proposed.change.items
    assert item.content is not None
    before = Door(Viewer("BLR")).get("commitments", "houses").content
    assert item.content == {**before, "due": "2029"}


def test_what_goes_out_comes_in_without_loss(desk: Desk) -> None:
    """Formulas, lines in a cell, parts, both languages, records of the own side."""
    client = desk.browser()
    shown = text_of(given_back(client, packed(taken(client))))
    assert "3 records stay as they are" in shown
    assert "0 cells cannot be read" in shown


@pytest.mark.parametrize("section", sorted(KINDS))
def test_every_kind_of_record_has_a_sheet_that_changes_nothing(desk: Desk, section: str) -> None:
    from tests.office.api.planting import plant

    plant(desk.world)
    client = desk.browser()
    shown = text_of(given_back(client, packed(taken(client, f"/sheets/{section}/workbook")),
                               section))  # fmt: skip
    assert "0 cells cannot be read" in shown
    assert "0 changed records" in shown


def test_a_few_columns_are_enough_and_a_line_adds_a_record(desk: Desk) -> None:
    client = desk.browser()
    shown = given_back(client, packed([
        ["id", "title.ru", "owners", "due"],
        ["# new ones", "", "", ""],
        ["houses", "Открыть дома", "min-trade", 2027],
        ["roads", "Дороги", "min-trade; min-trade", "2030"],
    ]))  # fmt: skip
    text = text_of(shown)
    assert "1 new record" in text
    assert "1 changed record" in text
    assert "Открыть дома" in text
    client.post(shown.request["PATH_INFO"], {"how": "draft", "reason": "From the ministry"})
    (draft,) = Door(Viewer("BLR")).drafts()
    new = dict(draft.new)
    houses, roads = new["commitments", "houses"], new["commitments", "roads"]
    assert houses is not None
    assert roads is not None
    assert houses["title"] == {"en": "Open trade houses", "ru": "Открыть дома"}
    assert houses["evidence"][0]["text"] == "Two of five, see\nannex"
    assert roads["title"] == {"ru": "Дороги"}


def test_each_wrong_cell_is_named_and_the_good_lines_stay(desk: Desk) -> None:
    client = desk.browser()
    shown = given_back(client, packed([
        ["id", "title", "due", "colour", "visibility"],
        ["one", "One", "in spring", "", ""],
        ["two", "Two", "2030", "red", ""],
        ["two", "Twice", "2030", "", ""],
        ["three", "Three", "2030", "", "KGZ"],
        ["", "Nameless", "2030", "", ""],
        ["houses", "", "2027", "", "BLR"],
        ["four", "", "2030", "", ""],
    ]))  # fmt: skip
    faults = dict(cell_and_what(shown))
    assert "in spring" in faults["C2"]
    assert "There is no column “colour”" in faults["D1"]
    assert "stands in line 3 too" in faults["A4"]
    assert faults["E5"] == "Write “joint”, or “BLR” for your side alone."
    assert "Give the record an id" in faults["A6"]
    assert "cannot be changed in a sheet" in faults["E7"]
    assert faults["B8"] == "title: This is needed."
    assert "1 new record" in text_of(shown)


def cell_and_what(answer: Any) -> list[tuple[str, str]]:
    import html

    table = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    rows = [row.split("</th>") for row in table.split("<tr>")[1:]]
    return [
        (cell.rpartition(">")[2], html.unescape(what.partition("</td>")[0].rpartition(">")[2]))
        for cell, what in rows
    ]


def test_a_record_of_the_own_side_is_saved_at_once_and_stays_there(desk: Desk) -> None:
    client = desk.browser()
    shown = given_back(client, packed([["id", "visibility", "title"], ["own", "BLR", "Reworded"]]))
    assert "seen by your side alone" in text_of(shown)
    client.post(shown.request["PATH_INFO"], {})
    assert Door(Viewer("BLR")).get("commitments", "own").content["title"] == "Reworded"
    lines = taken(desk.browser("KGZ"))
    assert "own" not in {line[0] for line in lines}
    assert "Reworded" not in str(lines)


def test_another_person_does_not_find_the_sheet(desk: Desk) -> None:
    shown = given_back(desk.browser(), packed([["id", "title"], ["own", "Our secret position"]]))
    for side, role in (("KGZ", "secretary"), ("BLR", "analyst")):
        answer = desk.browser(side, role).get(shown.request["PATH_INFO"])
        assert answer.status_code == 400
        assert "Choose the file again" in text_of(answer)
        assert "Our secret position" not in text_of(answer)


def test_a_record_that_has_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    client = desk.browser()
    shown = given_back(client, packed([["id", "due"], ["houses", "2031"]]))
    stands = Door(Viewer("BLR")).get("commitments", "houses").content
    desk.world.agree((("commitments", "houses"), {**stands, "due": "2028"}))
    sent = {"how": "propose", "reason": "Later", "passphrase_BLR": PASSPHRASE}
    answer = client.post(shown.request["PATH_INFO"], sent)
    assert answer.status_code == 400
    assert "is not the version that you have read" in text_of(answer)
    assert Door(Viewer("BLR")).get("commitments", "houses").content["due"] == "2028"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("none.xlsx", b"PK\x03\x04 no archive", "This is no workbook"),
        ("latin.csv", "id;title\na;é".encode("latin-1"), "This is no workbook"),
        ("other.csv", b"name,title\na,b\n", "one of them must be “id”"),
        ("empty.csv", b"\n", "one of them must be “id”"),
    ],
)
def test_a_file_that_is_no_sheet_says_what_to_do(
    desk: Desk, name: str, data: bytes, said: str
) -> None:
    answer = given_back(desk.browser(), SimpleUploadedFile(name, data))
    assert said in text_of(answer)


def test_a_csv_with_semicolons_is_read_too(desk: Desk) -> None:
    data = "\ufeffid;due\r\nhouses;2030\r\n".encode()
    shown = given_back(desk.browser(), SimpleUploadedFile("measures.csv", data))
    assert "Due [out: 2027 ] [in: 2030 ]" in text_of(shown)


def test_a_workbook_that_unpacks_without_end_is_refused(desk: Desk) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 210_000_000)
    answer = given_back(desk.browser(), SimpleUploadedFile("bomb.xlsx", file.getvalue()))
    assert answer.status_code == 400
    assert "This is no workbook" in text_of(answer)


def test_who_may_not_write_takes_the_workbook_and_gives_none_back(desk: Desk) -> None:
    client = desk.browser(role="observer")
    assert taken(client)[0][0] == "id"
    assert 'type="file"' not in client.get(SHEET).content.decode()
    answer = given_back(client, packed([["id", "due"], ["houses", "2030"]]))
    assert answer.status_code == 403


def test_the_list_leads_to_its_sheet_and_filters_it(desk: Desk) -> None:
    client = desk.browser()
    assert f'href="{SHEET}"' in client.get("/roadmap").content.decode()
    assert 'href="/sheets/contacts"' in client.get("/records/contacts").content.decode()
    ids = {line[0] for line in taken(client, f"{SHEET}/workbook?owner=min-trade")[2:]}
    assert ids == {"houses"}
