"""What was made of single records is made again only where a record, or the rest, has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bilat.brief.facts.roadmap import roadmap_facts
from bilat.programme import Body, Commitment, Party, Programme
from bilat.programme.memory import Memory
from bilat.register import seen_by

DAY = date(2026, 3, 1)
ROAD = Commitment(id="road", title="Road", owners=("ministry",))
RAIL = Commitment(id="rail", title="Rail")
MINISTRY = Body(id="ministry", name="Ministry", kind="ministry", party="BLR")


def programme(*commitments: Commitment, bodies: tuple[Body, ...] = (MINISTRY,)) -> Programme:
    parties = (Party(code="BLR"), Party(code="KGZ"))
    return Programme(
        id="p", title="P", parties=parties, bodies=bodies, commitments=tuple(commitments)
    )


def told() -> tuple[list[str], Callable[[str], str]]:
    """What is made of a word, and of which words it has been made."""
    made: list[str] = []

    def make(word: str) -> str:
        made.append(word)
        return word.upper()

    return made, make


def test_only_the_changed_record_is_made_anew() -> None:
    made, make = told()
    memory, words = Memory(), ["road", "rail"]
    assert memory.each("words", words, (DAY,), make) == ["ROAD", "RAIL"]
    words[0] = "wider road"
    assert memory.each("words", words, (DAY,), make) == ["WIDER ROAD", "RAIL"]
    assert made == ["road", "rail", "wider road"]


def test_with_another_rest_everything_is_made_anew_and_the_former_is_still_known() -> None:
    made, make = told()
    memory, words = Memory(), ["road", "rail"]
    for day in (DAY, date(2026, 3, 2), DAY):
        memory.each("words", words, (day,), make)
    assert made == ["road", "rail"] * 2


def test_to_ask_for_a_few_records_does_not_let_the_others_go() -> None:
    made, make = told()
    memory, words = Memory(), ["road", "rail", "bridge"]
    for part in (words, words[:1], words):
        memory.each("words", part, (DAY,), make)
    assert made == words


def test_a_measure_is_told_with_the_new_name_of_its_owner() -> None:
    before = programme(ROAD, RAIL)
    roadmap_facts(before, DAY)
    renamed = MINISTRY.model_copy(update={"name": "Ministry of roads"})
    after = programme(ROAD, RAIL, bodies=(renamed,)).remembering(before.memory)
    assert roadmap_facts(after, DAY) == roadmap_facts(programme(ROAD, RAIL, bodies=(renamed,)), DAY)


def test_what_both_sides_see_tells_nothing_of_what_one_side_has() -> None:
    own = Commitment(id="limit", title="How far we go", visibility="BLR")
    whole = programme(ROAD, own)
    assert len(roadmap_facts(whole, DAY).commitments) == 2
    joint = seen_by(whole)
    assert [item.id for item in roadmap_facts(joint, DAY).commitments] == ["road"]
    assert len(roadmap_facts(whole, DAY).commitments) == 2


def test_memory_is_no_part_of_a_programme() -> None:
    first, second = programme(ROAD), programme(ROAD)
    roadmap_facts(first, DAY)
    assert first == second
    assert first.model_dump() == second.model_dump()
