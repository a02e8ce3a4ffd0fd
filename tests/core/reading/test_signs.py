"""Every sign that is weighed holds in its own example, and does not in its counter-example."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bilat.reading.announcing import announce
from bilat.reading.data import load, names
from bilat.reading.discourse import Discourse
from bilat.reading.figures import statements
from bilat.reading.following import follow
from bilat.reading.language import language_of
from bilat.reading.original import Original
from bilat.reading.reader import read_text
from bilat.reading.scene import see
from bilat.reading.sentences import paragraphs, sentences
from bilat.reading.weighing import is_enough, scales, signs_of

_PARTIES = ("BLR", "KGZ")
_ON = date(2025, 10, 2)
_CASES = [
    (file, row["scale"], sign)
    for file in names("signs")
    for row in load("signs", file)
    for sign in row["signs"]
]
_IDS = [f"{scale}.{sign['name']}" for _, scale, sign in _CASES]


def _signs_at_work(file: str, scale: str, text: str) -> set[str]:
    language = language_of(text)
    discourse = Discourse(language, _PARTIES, _ON)
    found: set[str] = set()
    for number, span in enumerate(paragraphs(text)):
        for part in sentences(text, span, language):
            sentence = see(text, part, number, language, _ON)
            follow(sentence, discourse)
            if not sentence.amounts:
                announce(sentence, discourse)
            for statement in statements(sentence, discourse):
                found |= {sign.name for sign in signs_of(file, scale, statement.features)}
    return found


@pytest.mark.parametrize(("file", "scale", "sign"), _CASES, ids=_IDS)
def test_a_linguist_sees_the_sign_in_its_example_only(
    file: str, scale: str, sign: dict[str, Any]
) -> None:
    assert sign["name"] in _signs_at_work(file, scale, sign["example"])
    assert sign["name"] not in _signs_at_work(file, scale, sign["counter"])


@pytest.mark.parametrize("file", names("signs"))
def test_signs_speak_for_and_against_and_share_no_name(file: str) -> None:
    for _, signs in scales(file).values():
        given = [sign.name for sign in signs]
        assert len(given) == len(set(given))
        assert min(sign.weight for sign in signs) < 0 < max(sign.weight for sign in signs)


def test_signs_of_little_weight_are_not_enough_alone() -> None:
    weak = {"sentence": frozenset(("goal",))}
    strong = {"sentence": frozenset(("goal",)), "is": frozenset(("listed",))}

    assert not is_enough("amounts", "aimed", weak)
    assert is_enough("amounts", "aimed", strong)


def test_a_secretary_sees_a_goal_that_is_only_an_item_of_a_list() -> None:
    text = (
        "The Parties set themselves the following tasks:\n"
        "a) mutual trade – no less than USD 500 million by the end of 2029;\n"
        "b) a threefold increase in mutual trade within six years."
    )
    reading = read_text(Original("protocol", text), parties=_PARTIES, published=_ON)

    level, multiple = [one.fields for one in reading.proposals if one.kind == "target"]
    assert (level["value"], level["by"]) == (500e6, 2029)
    assert (multiple["multiple"], multiple["horizon_years"]) == (3, 6)
