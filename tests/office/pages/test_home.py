"""The co-chair opens the office: is the target in reach, what is missing, what is to be decided."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from tests.office.api.world import measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat.brief import make_brief
from bilat_office.pages import reckoning
from bilat_office.pages.reckoning import BRIEFS, LUCK, brief_of
from bilat_office.pages.visit import Visit
from bilat_office.people.models import AuditLine
from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
INDICATOR = {"id": "turnover", "title": "Mutual trade", "unit": "USD", "measures": "turnover"}
TARGET = {
    "id": "t500", "title": "Mutual trade of 500 million", "indicator": "turnover",
    "value": "500", "unit": "million USD",
    "statements": [{"side": "BLR", "announced": "2024", "by": "2035"}],
}  # fmt: skip


def observed(year: int) -> Any:
    content = {
        "id": f"o{year}", "indicator": "turnover", "reporter": "BLR", "period": str(year),
        "value": str(90 + 11 * (year - 2005) + (year % 3) * 7), "unit": "million USD",
    }  # fmt: skip
    return ("observations", f"o{year}"), content


@pytest.fixture
def desk(office: Desk) -> Desk:
    office.world.agree(
        (("indicators", "turnover"), INDICATOR),
        (("targets", "t500"), TARGET),
        *map(observed, range(2005, 2025)),
        measure("house", due="2024"),
    )
    return office


def test_home_does_not_wait_for_the_outlook(desk: Desk) -> None:
    client = desk.browser("BLR", "co_chair")
    first = client.get("/")
    assert 'hx-get="/outlook"' in first.content.decode()
    assert "Show the outlook" in text_of(first)
    part = client.get("/outlook", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "<svg" in part.content.decode()
    again = client.get("/")
    assert "hx-get" not in again.content.decode()
    assert "In reach?" in text_of(again)
    assert faults_of(again) == []


def test_the_chance_is_that_of_the_brief(desk: Desk) -> None:
    client = desk.browser("BLR", "co_chair")
    shown = text_of(client.get("/outlook"))
    programme = Door(Viewer("BLR")).programme()
    brief = make_brief(programme, as_of=timezone.localdate(), viewer="BLR", luck=LUCK)
    (chance,) = brief.targets[0].announcements[0].chances
    percent = f"{chance.chance * 100:.1f}%" if chance.chance < 0.1 else f"{chance.chance:.0%}"
    assert f"2035 Belarus {percent}" in shown
    median = f"{chance.median / 1e6:,.0f}"
    assert median in shown


def test_the_chance_is_compared_with_the_outlook_that_was_kept(desk: Desk) -> None:
    kept = {
        "id": "kept", "target": "t500", "made": "2025-06-01", "statistics": "BLR",
        "origin": "2024", "deadline": "2035", "level": "500000000", "chance": "0.01",
        "method": "by hand", "visibility": "BLR",
    }  # fmt: skip
    desk.world.keep("BLR", "outlooks", kept)
    shown = text_of(desk.browser("BLR", "co_chair").get("/outlook"))
    assert "since 1 June 2025" in shown
    assert "points" in shown
    assert "since 1 June 2025" not in text_of(desk.browser("KGZ", "co_chair").get("/outlook"))


def test_it_is_computed_once_for_a_side_and_afresh_when_something_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(*args: Any, **kwargs: Any) -> Any:
        made.append(kwargs["viewer"])
        return make_brief(*args, **kwargs)

    monkeypatch.setattr(reckoning, "make_brief", counted)
    for role in ("co_chair", "secretary"):
        desk.browser("BLR", role).get("/outlook")
    BRIEFS.forget()  # as another process would
    desk.browser("BLR", "analyst").get("/outlook")
    assert made == ["BLR"]
    own = {"id": "aim", "title": "Our aim", "kind": "measure"}
    desk.world.keep("BLR", "commitments", own)
    desk.browser("BLR").get("/outlook")
    desk.browser("KGZ").get("/outlook")
    assert made == ["BLR", "BLR", "KGZ"]


def test_whoever_asks_meanwhile_waits_for_the_one_who_computes(desk: Desk, rf: Any) -> None:
    request = rf.get("/outlook")
    request.user = desk.world.people["BLR", "secretary"]
    visit = Visit(request, request.user, timezone.now())
    key = reckoning._brief_key(visit)
    cache.add(f"{key}:computing", 1)
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            reckoning._computed(visit, key)

    assert brief_of(visit, pause=pause).viewer == "BLR"
    assert len(pauses) == 3


def test_what_is_shown_of_private_records_is_written_down(desk: Desk) -> None:
    desk.world.keep("BLR", "commitments", {"id": "aim", "title": "Our aim", "kind": "measure"})
    client = desk.browser("BLR")
    client.get("/outlook")
    before = AuditLine.objects.count()
    client.get("/")
    lines = AuditLine.objects.order_by("pk")[before:]
    assert {name for line in lines for name in line.records} == {"commitments/aim"}
    assert not AuditLine.objects.filter(side="KGZ").exists()


def test_what_is_empty_says_what_to_do(office: Desk) -> None:
    client = office.browser("BLR", "co_chair")
    shown = text_of(client.get("/"))
    assert "No contact is planned. Plan one" in shown
    assert "Nothing is late." in shown
    assert "No target is set that figures are known of." in text_of(client.get("/outlook"))
    assert "No measure is recorded yet. Add the first one" in text_of(client.get("/roadmap"))
