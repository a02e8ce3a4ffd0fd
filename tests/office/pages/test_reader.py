"""A secretary gives a communiqué to the office, and finds what is proposed of it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.office.pages.conftest import Desk
from tests.office.pages.filling import filled
from tests.office.pages.reader_desk import (
    SOURCE,
    TEXT,
    address,
    finding,
    findings,
    read,
    texts,
)
from tests.office.pages.reading import faults_of, text_of

from bilat.reading.files import FILE_LIMIT
from bilat_office.jobs.worker import work_once
from bilat_office.pages.reader import giving
from bilat_office.people.doorway import viewer_of
from bilat_office.readings.selectors import proposals_waiting

pytestmark = pytest.mark.django_db


def test_each_proposal_stands_beside_the_words_it_comes_from(office: Desk) -> None:
    irina = office.browser()
    number = read(irina)
    answer = irina.get(f"/read/{number}")
    html, shown = answer.content.decode(), text_of(answer)
    at = [each.key for each in findings()].index(finding(number, "commitment").key) + 1
    assert f'id="p{at}"' in html
    assert f'id="q{at}" href="#p{at}"' in html
    quote = finding(number, "commitment").content["quote"]["text"]
    assert re.search(rf'data-of="[\d ]*{at}[\d ]*">{quote}</mark>', html)
    assert "goal: mutual trade, 500 million USD, by 2030" in shown
    assert "waits for you" in shown
    assert "What it becomes in: Measures and decisions" in shown
    assert faults_of(answer) == []


def test_a_web_page_says_itself_who_published_it(office: Desk) -> None:
    page = (
        "<!doctype html><html lang=en><head><title>Talks</title>"
        '<meta property="og:site_name" content="24.kg">'
        '<meta property="article:published_time" content="2025-10-02"></head>'
        f"<body><article><h1>Talks</h1><p>{'</p><p>'.join(TEXT.split(chr(10) * 2))}</p>"
        "<script>alert(1)</script></article></body></html>"
    )
    sent = SimpleUploadedFile("talks.html", page.encode(), "text/html")
    irina = office.browser()
    answer = irina.post("/read", {"file": sent})
    (reading,) = texts()
    assert answer["Location"] == f"/read/{reading.pk}"
    assert (reading.publisher, str(reading.published)) == ("24.kg", "2025-10-02")
    assert "alert" not in reading.text
    assert "24.kg" in text_of(irina.get(answer["Location"]))


def test_nothing_of_a_hostile_text_runs(office: Desk) -> None:
    irina = office.browser()
    number = read(irina, TEXT + "\n\n<script>alert(1)</script> \u202e<b>evil</b>\n")
    answer = irina.get(f"/read/{number}")
    html = answer.content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert 'title="U+202E"' in html
    assert faults_of(answer) == []


@pytest.mark.parametrize(
    ("typed", "field", "wrong"),
    [
        ({}, "text", "Paste the text here, or choose a file below."),
        ({"text": "x" * (giving.MOST_PASTED + 1)}, "text", "Upload it as a file."),
        ({"text": TEXT, "published": "yesterday"}, "published", "is no day: write it as"),
        ({"text": TEXT, "speaks_for": "USA"}, "speaks_for", "Choose one of the two sides"),
        ({"text": TEXT, "kind": "novel"}, "kind", "Choose a kind from the list"),
        ({"text": TEXT, "title": "t" * 501}, "title", "Shorten it."),
        ({"text": "Добрый день. Бүгүн жолугушуу болду"}, "", "neither English nor Russian"),
    ],
)
def test_what_cannot_be_read_says_why_and_stays(
    office: Desk, typed: dict[str, str], field: str, wrong: str
) -> None:
    answer = office.browser().post("/read", {**SOURCE, **typed})
    assert answer.status_code == 400
    assert wrong in text_of(answer)
    if field:
        assert f'href="#{field}"' in answer.content.decode()
    kept = filled(answer, "publisher")
    for name, value in {"publisher": "Kabar", **typed}.items():
        if name not in ("speaks_for", "kind"):
            assert kept[name].strip() == value.strip()
    assert texts() == []


def test_a_file_that_is_none_is_refused(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    irina = office.browser()
    both = irina.post("/read", {"text": TEXT, "file": SimpleUploadedFile("a.txt", b"b")})
    assert "not both" in text_of(both)
    picture = SimpleUploadedFile("photo.pdf", b"\x89PNG\r\n" + b"\x00\xff" * 500)
    answer = irina.post("/read", {"file": picture})
    assert answer.status_code == 400
    assert "photo.pdf: this is no text, HTML page, DOCX or PDF" in text_of(answer)
    monkeypatch.setattr(giving, "FILE_LIMIT", 10)
    large = irina.post("/read", {"file": SimpleUploadedFile("large.txt", b"A long text. " * 9)})
    assert "too large for one text" in text_of(large)
    assert FILE_LIMIT == 32 * 1024**2
    assert texts() == []


def test_the_other_side_sees_nothing_of_a_reading(office: Desk) -> None:
    irina, aida = office.browser(), office.browser("KGZ")
    number = read(irina)
    key = finding(number, "commitment").key
    for page in ("", "/file", "/source", "/drop", f"/p/{key}/correct", f"/p/{key}/accept"):
        path = f"/read/{number}{page}"
        for answer in (aida.get(path), aida.post(path, {"why": "x", "publisher": "y"})):
            assert answer.status_code in (404, 405), path
            assert "Bishkek" not in text_of(answer).replace("Bishkek time", "")
    assert "Talks" not in text_of(aida.get("/read/all"))
    assert "Talks" not in text_of(aida.get("/read"))
    assert b"Talks" not in aida.get("/read/all?format=csv").content
    missing, hidden = aida.get("/read/9999"), aida.get(f"/read/{number}")
    assert text_of(hidden).replace(f" {number} ", " 9999 ") == text_of(missing)
    sides = [viewer_of(office.world.people[side, "secretary"]) for side in ("BLR", "KGZ")]
    assert [bool(proposals_waiting(viewer)) for viewer in sides] == [True, False]


def test_who_only_observes_reads_and_decides_nothing(office: Desk) -> None:
    number = read(office.browser())
    observer = office.browser("BLR", "observer")
    shown = observer.get(f"/read/{number}")
    assert shown.status_code == 200
    assert "Accept" not in shown.content.decode().split("office-reader__cards")[1]
    for answer in (
        observer.get("/read"),
        observer.post(address(number, "commitment", "accept")),
        observer.get(address(number, "commitment", "correct")),
        observer.post(f"/read/{number}/source", {"publisher": "Mine"}),
        observer.get(f"/read/{number}/file"),
    ):
        assert answer.status_code == 403
        assert "Your role does not allow you to write drafts." in text_of(answer)
    assert finding(number, "commitment").state == "waiting"
    between = office.browser("joint", "observer").get("/read/all")
    assert between.status_code == 403
    assert "by people of that side alone" in text_of(between)


def test_the_publisher_is_asked_before_anything_is_accepted(office: Desk) -> None:
    irina = office.browser()
    number = read(irina, publisher="")
    answer = irina.post(address(number, "commitment", "accept"))
    assert "Say first who published the text" in text_of(answer)
    lacking = irina.post(f"/read/{number}/source", {"title": "T", "publisher": ""})
    assert lacking.status_code == 400
    assert 'href="#publisher"' in lacking.content.decode()
    irina.post(f"/read/{number}/source", {"title": "T", "publisher": "Kabar", "kind": "protocol"})
    assert irina.post(address(number, "commitment", "accept")).status_code == 302


def long_text(paragraphs: int) -> str:
    more = (
        f"The sides agreed to open trading house number {n} of Belarusian machinery in Osh. "
        "Trade of the two countries is spoken of again, at some length and in many words."
        for n in range(paragraphs)
    )
    return TEXT + "\n" + "\n\n".join(more) + "\n"


def test_a_long_file_is_read_by_a_job_with_its_progress_shown(office: Desk) -> None:
    irina = office.browser()
    data = long_text(700).encode()
    assert len(data) > giving.AT_ONCE
    answer = irina.post("/read", {**SOURCE, "file": SimpleUploadedFile("protocol.txt", data)})
    page = answer["Location"]
    waiting = irina.get(page)
    assert "It waits for its turn." in text_of(waiting)
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert "is being read" in text_of(irina.get("/read/all"))
    assert work_once(now=timezone.now)
    assert irina.get(page, headers={"HX-Request": "true"})["HX-Redirect"] == page
    first = irina.get(page)
    assert "Waiting on page:" in text_of(first)
    last = irina.get(f"{page}?page=99")
    assert "trading house number 699" in text_of(last)
    assert "number 699" not in text_of(first)
    upload = irina.post("/read", {**SOURCE, "file": SimpleUploadedFile("same.txt", data)})
    work_once(now=timezone.now)
    assert irina.get(upload["Location"])["Location"] == page  # the same text, decided once


def test_a_long_file_that_cannot_be_read_says_so(office: Desk) -> None:
    irina = office.browser()
    data = b"%PDF-1.4 broken " + b"x" * giving.AT_ONCE_PDF
    page = irina.post("/read", {"file": SimpleUploadedFile("bad.pdf", data)})["Location"]
    work_once(now=timezone.now)
    shown = text_of(irina.get(page))
    assert "It could not be read." in shown
    assert "bad.pdf: the PDF file is damaged" in shown
    assert "could not be read" in text_of(irina.get("/read/all"))
    assert irina.post(f"{page}/drop")["Location"] == "/read"
    assert texts() == []


def test_the_list_filters_and_leaves_as_a_file(office: Desk) -> None:
    irina = office.browser()
    assert "No text has been read yet." in text_of(irina.get("/read/all"))
    read(irina)
    read(irina, "Belarus and Kyrgyzstan are friends.", title="Friends", publisher="BelTA")
    assert "2 records" in text_of(irina.get("/read/all"))
    waiting = irina.get("/read/all?state=waiting&format=csv")
    rows = list(csv.reader(io.StringIO(waiting.content.decode("utf-8-sig"))))
    assert [row[:3] for row in rows[1:]] == [["Talks in Bishkek", "Kabar", "2025-10-02"]]
    assert int(rows[1][3]) == len(findings(state="waiting"))
    assert "Friends" in text_of(irina.get("/read/all?q=belta"))
    assert "Nothing fits these filters." in text_of(irina.get("/read/all?q=submarine"))
    assert irina.get("/read/all?format=xlsx").content[:2] == b"PK"


def test_the_pages_ask_the_database_little_and_are_well_formed(office: Desk) -> None:
    irina = office.browser()
    number = read(irina)
    for kind in ("commitment", "contact"):
        irina.post(address(number, kind, "accept"))
    pages = ["/read", "/read/all", f"/read/{number}", f"/read/{number}/file"]
    pages.append(address(number, "target", "correct"))
    for lang in ("en", "ru"):
        person = office.world.people["BLR", "secretary"]
        person.language = lang
        person.save()
        for page in pages:
            irina.get(page)
            with CaptureQueriesContext(connection) as asked:
                answer = irina.get(page)
            assert answer.status_code == 200, page
            said = [each["sql"][:90] for each in asked if "set_config" not in each["sql"]]
            said = [
                sql for sql in said if "SAVEPOINT" not in sql and sql not in ("BEGIN", "COMMIT")
            ]
            assert len(said) <= 15, (page, said)  # without what PostgreSQL is told of its reader
            assert faults_of(answer) == [], page
            assert f'<html lang="{lang}"' in answer.content.decode()
