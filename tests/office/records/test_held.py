"""After a change only what has changed is read: the programme is as it would be from nothing.

Whatever two sides do, a programme made with what was held before equals one that is read whole, for
the eyes of each side and of both; and what one side alone may see is in no other's hold.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.core.register.secretaries import at, founding, gone, measure
from tests.office.records.office import BAKYT, IRINA, Office
from tests.office.records.test_any_sequence import STEP, Story
from tests.office.records.test_exchange import another_office
from tests.office.records.test_two_offices import forked

from bilat.brief import make_brief
from bilat.brief.facts.roadmap import roadmap_facts
from bilat.programme import Commitment, Programme
from bilat.programme.memory import Memory
from bilat.register.node import Node
from bilat.register.store import export
from bilat_office.records.assembling import Held
from bilat_office.records.door import Door
from bilat_office.records.keeper import KEEPER
from bilat_office.records.services.private import private_save
from bilat_office.records.services.settling import fork_settle
from bilat_office.records.viewer import JOINT, Viewer


@pytest.fixture
def minsk(db: None) -> Node:
    """The other office; ours begins with the same founding."""
    with KEEPER.writing(founding()):
        pass
    return Node(founding())


VIEWERS = ("BLR", "KGZ", JOINT)
DAY = at(1).date()


class Process:
    """What one process of the office holds, as its pages do: see `bilat_office.pages.reckoning`."""

    def __init__(self) -> None:
        self.joint = Held()
        self.own = {side: Held() for side in ("BLR", "KGZ")}
        self.memories = {viewer: Memory() for viewer in VIEWERS}

    def programme(self, viewer: str) -> Programme:
        held = {JOINT: self.joint}
        if viewer != JOINT:
            held[viewer] = self.own[viewer]
        found = Door(Viewer(viewer)).programme(held)
        return found.remembering(self.memories[viewer])


def from_nothing(viewer: str) -> Programme:
    return Door(Viewer(viewer)).programme()


@settings(
    max_examples=2 if "DATABASE_URL" in os.environ else 5,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=20, max_size=40), looks=st.lists(st.booleans(), min_size=40))
def test_a_programme_with_what_was_held_is_the_one_read_from_nothing(
    db: None, steps: list[tuple[Any, ...]], looks: list[bool]
) -> None:
    with another_office():
        with KEEPER.writing(founding()):
            pass
        story, process = Story(), Process()
        for step, is_looked_at in zip(steps, looks, strict=False):
            story.take(step)
            for viewer in VIEWERS if is_looked_at else VIEWERS[:1]:
                assert process.programme(viewer) == from_nothing(viewer)
        for viewer in VIEWERS:
            incremental, whole = process.programme(viewer), from_nothing(viewer)
            assert incremental == whole
            assert roadmap_facts(incremental, DAY) == roadmap_facts(whole, DAY)
            if viewer == "KGZ":
                brief = make_brief(incremental, as_of=DAY, viewer=viewer)
                assert brief == make_brief(whole, as_of=DAY, viewer=viewer)
        for side, other in (("BLR", "KGZ"), ("KGZ", "BLR")):
            held = [process.joint, process.own[other]]
            seen = {record.visibility for each in held for _v, record in each.records.values()}
            assert side not in seen


def test_one_changed_measure_is_read_and_the_others_are_the_same_objects(office: Office) -> None:
    office.agree(measure("road", "Road"), measure("rail", "Rail"))
    process = Process()
    before = process.programme("KGZ")
    office.agree(measure("road", "A wider road"))
    after = process.programme("KGZ")
    assert [item.title for item in after.commitments] == ["Rail", "A wider road"]
    assert after.find(Commitment, "rail") is before.find(Commitment, "rail")
    office.agree(gone("rail"))
    assert [item.id for item in process.programme("KGZ").commitments] == ["road"]


def test_a_record_of_one_side_is_held_for_that_side_alone(office: Office) -> None:
    office.agree(measure("road", "Road"))
    process = Process()
    own = {"id": "our-limit", "title": "How far we go"}
    private_save(section="commitments", content=own, by=IRINA, at=office.now())
    minsk, bishkek = process.programme("BLR"), process.programme("KGZ")
    assert [item.id for item in minsk.commitments] == ["road", "our-limit"]
    assert [item.id for item in bishkek.commitments] == ["road"]
    assert minsk.commitments[0] is bishkek.commitments[0]
    assert ("commitments", "our-limit") not in process.joint.records
    assert not process.own["KGZ"].records


def test_a_joint_record_takes_the_place_of_a_private_one_and_gives_it_back(office: Office) -> None:
    process = Process()
    own = {"id": "road", "title": "As we would have it"}
    private_save(section="commitments", content=own, by=BAKYT, at=office.now())
    assert process.programme("KGZ").commitments[0].title == "As we would have it"
    office.agree(measure("road", "Road"))
    assert [item.title for item in process.programme("KGZ").commitments] == ["Road"]
    office.agree(gone("road"))
    found = process.programme("KGZ")
    assert [item.title for item in found.commitments] == ["As we would have it"]
    assert found == from_nothing("KGZ")


def test_what_was_held_of_a_chain_that_was_given_up_is_not_taken_for_the_other(
    minsk: Node, tmp_path: Path
) -> None:
    """The same place holds another entry once the fork is settled: a place alone tells nothing."""
    forked(minsk)
    process = Process()
    assert [item.title for item in process.programme("KGZ").commitments] == ["Two houses"]
    export(minsk, tmp_path)
    fork_settle(agreed=tmp_path, at=at(5))
    settled = process.programme("KGZ")
    assert [item.id for item in settled.commitments] == ["house", "school"]
    assert settled == from_nothing("KGZ")
