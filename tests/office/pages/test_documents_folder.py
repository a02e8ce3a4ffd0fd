"""A secretary prints the folder of the next visit with one click."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader
from tests.office.api.world import measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import text_of

from bilat_office.people.models import AuditLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(office: Desk) -> Desk:
    def day(days: int) -> str:
        return (timezone.localdate() + timedelta(days=days)).isoformat()

    office.world.agree(
        measure("late", "Pave the road", due="2024"),
        (("documents", "treaty"), {"id": "treaty", "title": "Treaty of friendship",
                                   "kind": "treaty", "agreed": "2025"}),
        *(
            (("contacts", id_), {"id": id_, "title": title, "kind": "visit", "planned": when,
                                 "agenda": ["Trade and elevators"], "documents": ["treaty"]})
            for id_, title, when in (("later", "Visit to Osh", day(200)),
                                     ("next", "Visit to Minsk", day(20)))
        ),
    )  # fmt: skip
    own = {
        "id": "own", "title": "Zubrobizon position", "due": "2024", "visibility": "BLR",
    }  # fmt: skip
    office.world.keep("BLR", "commitments", own)
    return office


def pages(answer: Any) -> list[str]:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="folder-')
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def test_one_click_gives_the_next_visit_as_one_pdf(desk: Desk) -> None:
    cover, contents, *rest = pages(desk.browser().get("/documents/folder"))
    assert "Visit to Minsk" in cover
    assert "not for the other side" in cover
    assert "Documents of the visit" in contents
    assert "What to decide at the next session" in contents
    text = " ".join(rest)
    for said in ("Trade and elevators", "Treaty of friendship", "agreed, not signed",
                 "Pave the road", "Key figures of both sides", "Zubrobizon position"):  # fmt: skip
        assert said in text
    assert f"3 / {len(rest) + 2}" in rest[0]


def test_the_other_side_has_a_folder_without_ones_own(desk: Desk) -> None:
    desk.browser().get("/documents/folder")
    text = " ".join(pages(desk.browser("KGZ").get("/documents/folder/next")))
    assert "Pave the road" in text
    assert "Zubrobizon" not in text


def test_what_is_shown_again_is_audited_again(desk: Desk) -> None:
    def seen() -> int:
        desk.browser().get("/documents/folder/next")
        return AuditLine.objects.filter(side="BLR", action="programme").count()

    assert 0 < seen() < seen()


def test_a_folder_speaks_the_language_of_its_reader(desk: Desk) -> None:
    irina = desk.world.people["BLR", "secretary"]
    irina.language = "ru"
    irina.save()
    answer = desk.browser().get("/documents/folder/later")
    assert answer["Content-Disposition"].endswith('-ru.pdf"')
    assert "Visit to Osh" in pages(answer)[0]


def test_without_a_contact_the_page_says_what_to_do(begin: Any) -> None:
    desk = begin()
    answer = desk.browser().get("/documents/folder")
    assert answer.status_code == 200
    assert "No contact is planned" in text_of(answer)
    assert desk.browser().get("/documents/folder/nothing").status_code == 404
