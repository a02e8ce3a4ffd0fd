"""What is computed is of the asker's own programme, kept while nothing changes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.office.api.world import Caller, World, measure

from bilat_office.api import computed
from bilat_office.people.models import AuditLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who had a brief computed."""
    made: list[str] = []
    compute = computed._brief

    def counting(programme: Any, day: Any, viewer: str, words: Any) -> Any:
        made.append(viewer)
        return compute(programme, day, viewer, words)

    monkeypatch.setattr(computed, "_brief", counting)
    return made


def test_a_brief_as_data_is_of_its_day_and_viewer(world: World) -> None:
    world.agree(measure("a", due="2026"))
    world.keep("BLR", "commitments", {"id": "own", "title": "Ours", "due": "2026"})
    ours = world.ask("BLR").get("/brief?as_of=2027-05-01").json()
    theirs = world.ask("KGZ").get("/brief?as_of=2027-05-01").json()
    assert (ours["as_of"], ours["viewer"], theirs["viewer"]) == ("2027-05-01", "BLR", "KGZ")
    assert "own" in str(ours["roadmap"])
    assert "own" not in str(theirs["roadmap"]).replace("owner", "")
    assert world.ask("joint", "observer").get("/finance").json()["viewer"] == "joint"
    assert world.ask("BLR").get("/outlook?as_of=2026-05-01").json()["targets"] == []
    assert Caller().get("/brief").status_code == 401
    assert world.ask("BLR").get("/brief?as_of=1066-10-14").status_code == 422


def test_an_answer_is_kept_until_something_changes(world: World, counted: list[str]) -> None:
    world.agree(measure("a"))
    path, caller = "/brief?as_of=2026-05-01", world.ask("BLR")
    first = caller.get(path)
    assert caller.get(path).content == first.content
    assert counted == ["BLR"]
    world.keep("KGZ", "commitments", {"id": "theirs", "title": "Theirs"})
    caller.get(path)
    assert counted == ["BLR"]
    world.keep("BLR", "commitments", {"id": "own", "title": "Ours"})
    caller.get(path)
    world.agree(measure("b"))
    caller.get(path)
    assert counted == ["BLR"] * 3
    caller.get(path)
    assert counted == ["BLR"] * 3
    assert AuditLine.objects.filter(action="programme", side="BLR").count() == 3


def test_a_person_has_not_more_computed_than_the_office_can_bear(world: World) -> None:
    caller = world.ask("BLR")
    days = [f"2026-{1 + n // 28:02d}-{1 + n % 28:02d}" for n in range(computed.PER_MINUTE + 1)]
    answers = [caller.get(f"/finance?as_of={day}").status_code for day in days]
    assert answers == [200] * computed.PER_MINUTE + [429]
    assert world.ask("BLR", "analyst").get(f"/finance?as_of={days[-1]}").status_code == 200
