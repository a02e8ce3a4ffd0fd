"""A secretary brings the text of a treaty, both sides find its words, and nothing else gets in."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat_office.files.cabinet import Cabinet
from bilat_office.files.exporting import files_export
from bilat_office.files.refusals import LARGEST
from bilat_office.people.doorway import Watched
from bilat_office.people.models import AuditLine
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
TEXT = "Стороны построят три элеватора.\n\nThe parties will assemble transformers.\n"


@pytest.fixture
def desk(office: Desk, settings: Any, tmp_path: Path) -> Desk:
    settings.DATA_FOLDER = tmp_path
    office.world.agree(
        (("documents", "treaty"), {"id": "treaty", "title": "Treaty", "kind": "treaty"}),
        (("documents", "other"), {"id": "other", "title": "Other", "kind": "protocol"}),
    )
    return office


def docx(*paragraphs: str, extra: tuple[str, ...] = ()) -> bytes:
    from docx import Document

    document, file = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(file)
    with zipfile.ZipFile(file, "a") as package:
        for name in extra:
            package.writestr(name, b"x")
    return file.getvalue()


def bring(
    client: Client, data: bytes = TEXT.encode(), name: str = "treaty.txt",
    visibility: str = "joint", document: str = "treaty",
) -> Any:  # fmt: skip
    file = SimpleUploadedFile(name, data, content_type="image/png")  # what a browser says of it
    return client.post(f"/documents/{document}/files", {"file": file, "visibility": visibility})


def address_of(client: Client, document: str = "treaty") -> str:
    page = client.get(f"/documents/{document}").content.decode()
    return f"/documents/{document}/files/" + page.split(f"/documents/{document}/files/")[1].split(
        '"'
    )[0].removesuffix("/remove")


def test_both_sides_fetch_the_very_bytes(desk: Desk) -> None:
    irina, aida = desk.browser(), desk.browser("KGZ")
    answer = bring(irina, name="../../Договор №1.txt")
    assert answer["Location"] == "/documents/treaty#files"
    page = irina.get("/documents/treaty")
    assert faults_of(page) == []
    assert "Договор №1.txt" in text_of(page)
    fetched = aida.get(address_of(aida))
    assert fetched.content == TEXT.encode()
    assert fetched["Content-Type"] == "text/plain; charset=utf-8"
    assert fetched["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert ".." not in fetched["Content-Disposition"]
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in fetched["Content-Security-Policy"]
    assert fetched["Cache-Control"] == "private, no-store"


def test_a_file_stands_under_its_own_hash(desk: Desk, tmp_path: Path) -> None:
    bring(desk.browser())
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files == [tmp_path / "files" / sha256[:2] / sha256]
    files[0].write_bytes(b"something else")
    answer = desk.browser().get(address_of(desk.browser()))
    assert answer.status_code == 400
    assert "the file is damaged" in text_of(answer)


@pytest.mark.parametrize(
    ("question", "match"),
    [("элеваторов", "элеватора"), ("transformer", "transformers"), ("Стороны assemble", "Стороны")],
)
def test_words_inside_files_are_found_in_another_form(
    desk: Desk, question: str, match: str
) -> None:
    bring(desk.browser())
    answer = desk.browser("KGZ").get("/documents", {"q": question})
    assert "1 record" in text_of(answer)
    assert f"<mark>{match}</mark>" in answer.content.decode()
    assert "treaty.txt" in text_of(answer)


def test_the_text_of_a_word_document_is_found(desk: Desk) -> None:
    assert bring(desk.browser(), docx("Сборка трансформаторов в Оше"), "map").status_code == 302
    shown = text_of(desk.browser().get("/documents", {"q": "трансформатор"}))
    assert "map.docx" in shown


def test_a_file_of_ones_own_never_reaches_the_other_side(desk: Desk) -> None:
    irina, aida = desk.browser(), desk.browser("KGZ")
    secret = "Наша позиция: зубробизон.".encode()
    assert bring(irina, secret, "position.txt", visibility="BLR").status_code == 302
    address = address_of(irina)
    assert irina.get(address).content == secret
    assert "position.txt" in text_of(irina.get("/documents", {"q": "зубробизон"}))
    assert "position" not in aida.get("/documents/treaty").content.decode()
    assert "1 file" not in text_of(aida.get("/documents"))
    assert "position" not in aida.get("/documents", {"q": "зубробизон"}).content.decode()
    assert "position" not in aida.get("/documents?q=зубробизон&format=csv").content.decode()
    never = aida.get(address.rsplit("/", 1)[0] + "/999999")
    hidden = aida.get(address)
    assert hidden.status_code == never.status_code == 404
    assert aida.post(f"{address}/remove").status_code == 404
    joint = desk.browser("joint", "observer")
    assert joint.get(address).status_code == 404
    seen = AuditLine.objects.filter(side="BLR", action="file").first()
    assert seen is not None
    assert seen.records == [f"files/{address.rsplit('/', 1)[1]}"]
    assert not AuditLine.objects.filter(side="KGZ", action__startswith="file").exists()


def test_an_address_of_another_document_leads_nowhere(desk: Desk) -> None:
    irina = desk.browser()
    bring(irina)
    number = address_of(irina).rsplit("/", 1)[1]
    assert irina.get(f"/documents/other/files/{number}").status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "wrong"),
    [
        (b"", "empty.txt", "There is nothing in the file."),
        (b"MZ\x90\x00\x03 program", "treaty.pdf", "By its content this is no PDF"),
        (b"\x89PNG\r\n\x1a\n....", "treaty.docx", "By its content this is no PDF"),
        (b"PK\x03\x04 broken", "treaty.docx", "By its content this is no PDF"),
        (b"x" * (LARGEST + 1), "large.txt", "The file has 21 MB; up to 20 MB are kept."),
    ],
)
def test_what_is_no_document_is_refused_whatever_its_name(
    desk: Desk, data: bytes, name: str, wrong: str, tmp_path: Path
) -> None:
    answer = bring(desk.browser(), data, name)
    assert answer.status_code == 400
    assert wrong in text_of(answer)
    assert faults_of(answer) == []
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_macros_and_other_packages_are_refused(desk: Desk) -> None:
    irina = desk.browser()
    macros = bring(irina, docx("Text", extra=("word/vbaProject.bin",)), "treaty.docx")
    assert "The document carries macros." in text_of(macros)
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("xl/workbook.xml", "<x/>")
    assert "By its content this is no PDF" in text_of(bring(irina, package.getvalue(), "a.docx"))


def test_a_page_comes_back_to_be_saved_and_never_runs(desk: Desk) -> None:
    irina = desk.browser()
    bring(irina, b"<!doctype html><html><script>alert(1)</script><p>Text</html>", "page.txt")
    answer = irina.get(address_of(irina))
    assert answer["Content-Type"].startswith("text/html")
    assert answer["Content-Disposition"] == 'attachment; filename="page.txt.html"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_form_without_its_token_brings_nothing(desk: Desk) -> None:
    strict = desk.browser(enforce_csrf_checks=True)
    assert bring(strict).status_code == 403
    assert "No file has been brought yet." in text_of(strict.get("/documents/treaty"))


def test_a_body_that_is_far_too_long_is_refused_before_it_is_taken_apart(desk: Desk) -> None:
    answer = desk.browser().post(
        "/documents/treaty/files", b"x", content_type="multipart/form-data; boundary=x",
        headers={"content-length": str(LARGEST * 4)},
    )  # fmt: skip
    assert answer.status_code == 400
    assert "up to 20 MB are kept" in text_of(answer)


def test_the_same_content_twice_is_told(desk: Desk) -> None:
    irina = desk.browser()
    bring(irina)
    again = bring(irina, name="copy.txt")
    assert again.status_code == 400
    assert "This very content is there already: treaty.txt." in text_of(again)
    assert bring(irina, document="other").status_code == 302


def test_who_may_not_bring_one_gets_a_sentence(desk: Desk) -> None:
    for side, role in (("BLR", "observer"), ("BLR", "administrator"), ("joint", "observer")):
        client = desk.browser(side, role)
        assert "Bring a file" not in text_of(client.get("/documents/treaty"))
        for visibility in ("joint", "BLR"):
            answer = bring(client, visibility=visibility)
            assert answer.status_code == 403
            assert "Your role does not allow you" in text_of(answer)


def test_nobody_keeps_a_file_for_the_other_side(desk: Desk) -> None:
    answer = bring(desk.browser(), visibility="KGZ")
    assert answer.status_code == 400
    assert "A file is for both sides, or for your own." in text_of(answer)


def test_a_file_of_ones_own_document_stays_ones_own(desk: Desk) -> None:
    own = {"id": "draft", "title": "Draft", "kind": "agreement", "visibility": "BLR"}
    desk.world.keep("BLR", "documents", own)
    assert bring(desk.browser(), document="draft", visibility="joint").status_code == 302
    listed = desk.browser().get("/documents/draft").content.decode().split('id="files"')[1]
    assert "your side alone" in listed.split("</tbody>")[0]


def test_taken_off_it_is_gone_from_lists_and_stays_in_the_books(desk: Desk) -> None:
    irina, aida = desk.browser(), desk.browser("KGZ")
    bring(irina)
    address = address_of(irina)
    refused = aida.post(f"{address}/remove", {"reason": "No"})
    assert "Only the side that brought a file takes it off the list." in text_of(refused)
    assert irina.post(f"{address}/remove", {"reason": "The wrong text"}).status_code == 302
    assert aida.get(address).status_code == 404
    assert "No file has been brought yet." in text_of(irina.get("/documents/treaty"))
    assert "0 records" in text_of(irina.get("/documents", {"q": "элеватор"}))
    (joint, _own) = Cabinet(Watched(Viewer("BLR"), lambda *_: None)).stored()
    assert (joint.files, joint.size, joint.removed) == (1, len(TEXT.encode()), 1)
    assert bring(irina).status_code == 302  # the same text may come back


@pytest.mark.parametrize("statement", ["UPDATE files_file SET name = 'x'",
                                       "DELETE FROM files_file"])  # fmt: skip
def test_the_database_refuses_to_alter_what_was_brought(desk: Desk, statement: str) -> None:
    bring(desk.browser(), visibility="BLR")
    door = Watched(Viewer("BLR"), lambda *_: None)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        door.secured(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_export_takes_the_files_along_with_their_hashes(desk: Desk, tmp_path: Path) -> None:
    bring(desk.browser())
    bring(desk.browser(), "Наша позиция".encode(), "position.txt", visibility="BLR")
    both, _problems = files_export(folder=tmp_path / "all", sides=["BLR"])
    assert sorted(path.name.split("-", 1)[-1] for path in both) == [
        "files.csv", "position.txt", "treaty.txt",
    ]  # fmt: skip
    listed = (tmp_path / "all" / "files" / "files.csv").read_text(encoding="utf-8")
    assert hashlib.sha256(TEXT.encode()).hexdigest() in listed
    theirs, _problems = files_export(folder=tmp_path / "theirs", sides=["KGZ"])
    assert not any("position" in path.name for path in theirs)
    assert "position" not in (tmp_path / "theirs" / "files" / "files.csv").read_text()


def test_who_looks_after_the_office_sees_how_much_is_stored(desk: Desk) -> None:
    bring(desk.browser())
    bring(desk.browser(), b"Our position", "position.txt", visibility="BLR")
    own = text_of(desk.browser("BLR", "administrator").get("/documents/_stored"))
    assert f"both sides 1 {len(TEXT.encode())} bytes 0 your side alone 1 12 bytes 0" in own
    theirs = text_of(desk.browser("KGZ", "administrator").get("/documents/_stored"))
    assert "your side alone 0 0 bytes 0" in theirs
    assert desk.browser("BLR", "observer").get("/documents/_stored").status_code == 403


@pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="PostgreSQL alone secures rows")
def test_row_security_hides_ones_own_even_from_a_forgotten_filter(desk: Desk) -> None:
    bring(desk.browser(), "Наша позиция".encode(), "position.txt", visibility="BLR")
    for side, count in (("BLR", 1), ("KGZ", 0), ("joint", 0)):
        door = Watched(Viewer(side), lambda *_: None)
        for table in ("file", "filetext", "words"):
            with door.secured(), connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM files_{table}")  # noqa: S608 (constants)
                assert cursor.fetchone() == (count,), (side, table)
