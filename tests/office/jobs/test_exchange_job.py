"""Minsk and Bishkek exchange over HTTP, also when the line between them breaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.core.register.secretaries import AIDA, MINSK, START, founding, measure, seed
from tests.office.jobs.other_office import TOKEN, OtherOffice, serving
from tests.office.records.office import Office

from bilat.register import orders
from bilat.register.node import Node
from bilat_office.jobs.kinds.exchange import lacking
from bilat_office.jobs.models import Delivered, Job
from bilat_office.jobs.peer import Peer
from bilat_office.jobs.refusals import Later
from bilat_office.jobs.services.asking import job_ask
from bilat_office.jobs.worker import work_once
from bilat_office.people.models import Person
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.services.keys import key_keep, locked
from bilat_office.records.services.messages import outbox

PHRASE = "four quiet words"
AT = START + timedelta(hours=2)


@pytest.fixture
def minsk(office: Office, settings: Any) -> Office:
    """Our office keeps Minsk's key; its worker does not know the passphrase."""
    pem = locked(seed("BLR-first"), PHRASE)
    key_keep(record=MINSK.record, pem=pem, at=START)
    return office


@pytest.fixture
def bishkek(minsk: Office, settings: Any) -> Iterator[OtherOffice]:
    with serving(OtherOffice(Node(founding("two")))) as other:
        settings.OFFICE_PEER, settings.OFFICE_PEER_TOKEN = other.address, TOKEN
        yield other


def exchanged(person: Person, **arguments: Any) -> Job:
    job = job_ask(kind="exchange", arguments=arguments, person=person, at=START)
    assert work_once(now=lambda: AT)
    job.refresh_from_db()
    return job


def test_each_office_gets_what_the_other_has_and_nothing_twice(
    irina: Person, bishkek: OtherOffice, minsk: Office
) -> None:
    first = exchanged(irina)
    assert (first.state, first.error) == ("done", "")
    assert bishkek.node.register.place == 1
    change = orders.propose(bishkek.node, [measure("rail")], "Railway", AIDA, AT)
    second = exchanged(irina)
    assert second.result["taken"]["accepted"] == 1
    with minsk.door("BLR").desk() as desk:
        assert [item.id for item in desk.awaiting_my_key()] == [change.id]
    third = exchanged(irina)
    assert sum(bishkek.received) < 5, "what was acknowledged is not sent again"
    assert third.result["brought"] == {}
    assert exchanged(irina, whole=True).result["brought"] == {"known": len(outbox(side="KGZ"))}


def test_what_was_received_is_confirmed_where_the_worker_may_use_the_key(
    irina: Person, bishkek: OtherOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAT_PASSPHRASE_BLR", PHRASE)
    assert exchanged(irina).state == "done"
    assert bishkek.node.confirmed("BLR") == 1


def test_a_line_that_breaks_loses_nothing(irina: Person, bishkek: OtherOffice) -> None:
    bishkek.status = 503
    job = exchanged(irina)
    assert (job.state, job.error) == ("queued", "The other office answers 503.")
    assert not Delivered.objects.exists()
    assert lacking("KGZ") == outbox(side="KGZ")
    bishkek.status = 200
    assert work_once(now=lambda: job.not_before)
    job.refresh_from_db()
    assert job.state == "done"
    assert bishkek.node.register.place == 1
    assert lacking("KGZ") == []


@pytest.mark.parametrize(
    ("status", "body", "error", "said"),
    [
        (302, None, OfficeRefused, "refuses"),
        (403, None, OfficeRefused, "out of order"),
        (429, None, Later, "429"),
        (200, b"<html>", Later, "something else than Bilat"),
        (200, b'{"outcomes": []}', Later, "every line"),
    ],
)
def test_answers_that_are_none(
    bishkek: OtherOffice, status: int, body: bytes | None, error: type[Exception], said: str
) -> None:
    bishkek.status, bishkek.body = status, body
    with pytest.raises(error, match=said):
        Peer(bishkek.address, TOKEN).bring([b"line"])


def test_a_token_never_travels_in_clear() -> None:
    with pytest.raises(OfficeRefused, match="https"):
        Peer("http://office.example.org", TOKEN)
    assert TOKEN not in repr(Peer("https://office.example.org", TOKEN))


def test_nobody_there(irina: Person, minsk: Office, settings: Any) -> None:
    settings.OFFICE_PEER = "http://127.0.0.1:1"
    assert "cannot be reached" in exchanged(irina).error
    settings.OFFICE_PEER = ""
    assert "BILAT_PEER" in exchanged(irina).error
