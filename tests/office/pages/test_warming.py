"""What pages show is made ready after a change and with a new day, and told to nobody by that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.office.pages.conftest import Desk
from tests.office.records.office import IRINA

from bilat_office.pages import reckoning
from bilat_office.pages.warming import QUIET, Warmth, visit_of_nobody
from bilat_office.people.models import AuditLine, Person
from bilat_office.records.services.private import private_save


@pytest.fixture
def desk(begin: Callable[..., Desk]) -> Desk:
    return begin()


def signed_in() -> None:
    Person.objects.filter(side="BLR").update(last_login=timezone.now())
    Person.objects.exclude(side="BLR").update(last_login=None)


def test_it_is_made_once_for_each_side_whose_people_come(desk: Desk) -> None:
    signed_in()
    at = timezone.now()
    warmth = Warmth()
    assert warmth.turn(at) > 0
    shelf = reckoning.FACTS.get(f"{key('BLR')} {timezone.localdate(at)}")
    assert shelf is not None
    assert "sessions" in shelf
    assert reckoning.PROGRAMMES.get(key("KGZ")) is None
    assert warmth.turn(at) == 0


def test_a_brief_is_made_when_nothing_has_changed_for_a_while(desk: Desk) -> None:
    signed_in()
    at = timezone.now()
    warmth = Warmth()
    warmth.turn(at)
    visit = visit_of_nobody("BLR", at)
    assert reckoning.brief_if_known(visit) is None
    assert warmth.turn(at + QUIET) > 0
    assert reckoning.brief_if_known(visit_of_nobody("BLR", at)) is not None


def test_with_a_new_day_it_is_made_again(desk: Desk) -> None:
    signed_in()
    at = timezone.now()
    warmth = Warmth()
    warmth.turn(at)
    assert warmth.turn(at + timedelta(days=1)) > 0


def test_nothing_of_it_stands_in_the_audit(desk: Desk) -> None:
    signed_in()
    own = {"id": "our-limit", "title": "How far we go"}
    private_save(section="commitments", content=own, by=IRINA, at=timezone.now())
    before = AuditLine.objects.count()
    warmth = Warmth()
    warmth.turn(timezone.now())
    warmth.turn(timezone.now() + QUIET)
    assert reckoning.standing(visit_of_nobody("BLR", timezone.now())).private
    assert AuditLine.objects.count() == before


def key(side: str) -> str:
    return reckoning.standing(visit_of_nobody(side, timezone.now())).key
