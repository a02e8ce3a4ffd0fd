"""Somebody with access to the database tries to alter what was signed: the database says no."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.core.register.secretaries import measure
from tests.office.records.office import IRINA, Office

from bilat_office.records import models
from bilat_office.records.services.private import private_save

NOTE = {"id": "own", "title": "Our line", "measures": "count", "unit": "persons"}


@pytest.fixture
def filled(office: Office) -> Office:
    office.agree(measure("house"))
    office.agree(measure("house", "Two trade houses"))
    private_save(section="indicators", content=NOTE, by=IRINA, at=office.now())
    return office


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        act()
    return str(error.value)


def sql(statement: str) -> Callable[[], Any]:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return act


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_founding SET register = 'x'",
        "DELETE FROM records_founding",
        "UPDATE records_entry SET time = '2020-01-01T00:00:00Z'",
        "UPDATE records_entry SET line = 'x'",
        "DELETE FROM records_entry WHERE place = 2",
        "UPDATE records_version SET content = '{}'",
        "DELETE FROM records_version",
    ],
)
def test_what_is_entered_is_neither_altered_nor_taken_out(filled: Office, statement: str) -> None:
    assert "append-only" in refused(sql(statement))


@pytest.mark.parametrize("statement", ["UPDATE {} SET author = 'x'", "DELETE FROM {}"])
def test_versions_of_private_records_stay_as_they_were(filled: Office, statement: str) -> None:
    from bilat_office.records.vendor import EVERYTHING, reading_as

    with reading_as(EVERYTHING):
        assert "append-only" in refused(sql(statement.format("records_privateversion")))


def test_an_entry_has_one_place_and_follows_on_the_one_before(filled: Office) -> None:
    first, second = models.Entry.objects.order_by("place")
    line = {"line": b"x", "time": "2026-03-02T09:30:00Z"}
    for wrong in (
        {"place": 0, "entry": "a", "change": "a", "before": None},
        {"place": 1, "entry": "a", "change": "a", "before": None},
        {"place": 3, "entry": "a", "change": "a", "before": None},
        {"place": 3, "entry": "a", "change": "a", "before": first},
        {"place": 5, "entry": "a", "change": "a", "before": second},
        {"place": 3, "entry": second.entry, "change": "a", "before": second},
        {"place": 3, "entry": "a", "change": second.change, "before": second},
    ):
        refused(partial(models.Entry.objects.create, **wrong, **line))
    assert models.Entry.objects.count() == 2


def test_there_is_one_founding_and_one_current_version(filled: Office) -> None:
    refused(lambda: models.Founding.objects.create(number=2, register="x", content=b"x"))
    older = models.Version.objects.filter(section="commitments", is_current=False)
    refused(lambda: older.update(is_current=True))


def test_a_private_record_is_never_marked_as_published(filled: Office) -> None:
    from bilat_office.records.vendor import EVERYTHING, reading_as

    with reading_as(EVERYTHING):
        own = models.Row.objects.filter(visibility="BLR")
        assert own.count() == 1
        refused(lambda: own.update(published=True))


def test_an_unknown_standing_is_refused(filled: Office) -> None:
    refused(
        lambda: models.Message.objects.create(
            message="a", seal="a", type="letter", side="BLR", standing="accepted", line=b"", time=""
        )
    )


def test_tables_are_not_emptied_on_postgresql(filled: Office) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no TRUNCATE")
    refused(sql("TRUNCATE records_version"))
