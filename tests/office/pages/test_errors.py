"""What goes wrong says what happened and what to do, in the look of all pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat_office.pages.views import roadmap

pytestmark = pytest.mark.django_db


def test_an_unknown_address(office: Desk) -> None:
    answer = office.browser().get("/nothing/here")
    assert answer.status_code == 404
    assert "There is nothing at this address." in text_of(answer)
    assert "Roadmap" in text_of(answer)
    assert faults_of(answer) == []


def test_an_unknown_record(office: Desk) -> None:
    answer = office.browser().get("/records/targets/none")
    assert answer.status_code == 404
    assert "There is no record targets/none here." in text_of(answer)


def test_a_filter_that_cannot_be(office: Desk) -> None:
    answer = office.browser().get("/records/targets?due_to=someday")
    assert answer.status_code == 400
    assert "is no day: write it as 2027-06-30" in text_of(answer)
    assert faults_of(answer) == []


def failing(error: Exception) -> Any:
    def view(*_args: Any, **_kwargs: Any) -> Any:
        raise error

    return view


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (RuntimeError("secret of the code"), 500, "The office has made a mistake"),
        (OperationalError("database is locked"), 503, "The office is busy writing."),
        (OperationalError("database or disk is full"), 503, "The office’s storage is full."),
    ],
)
def test_what_nobody_foresaw(
    office: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, said: str
) -> None:
    """The one thing that is patched in: there is no other way to have a fault on order."""
    monkeypatch.setattr(roadmap, "programme_of", failing(error))
    client = office.browser(raise_request_exception=False)
    answer = client.get("/roadmap")
    assert answer.status_code == status
    assert said in text_of(answer)
    assert "secret of the code" not in text_of(answer)
    assert faults_of(answer) == []


def test_an_office_without_a_register_says_how_to_found_one(db: None) -> None:
    from tests.office.api.world import BEGUN
    from tests.office.pages.conftest import BACKEND

    from bilat_office.people.services.persons import person_add

    person = person_add(
        name="Irina", email="irina@example.org", side="BLR", sides=("BLR", "KGZ"), at=BEGUN
    )
    client = Client()
    client.force_login(person, backend=BACKEND)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "bilat-office init FOLDER" in text_of(answer)
