"""Every rule of reading works in its own example, and is held back in its counter-example."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bilat.reading.data import load, names
from bilat.reading.original import Original
from bilat.reading.reader import read_text
from bilat.reading.rules import rules

_PARTIES = ("BLR", "KGZ")
_ON = date(2025, 10, 2)

_CASES = [
    (file, row, language)
    for file in names("rules")
    for row in load("rules", file)
    for language in ("en", "ru")
]
_IDS = [f"{file}.{row['name']}-{language}" for file, row, language in _CASES]


def _rules_at_work(text: str) -> set[str]:
    reading = read_text(Original("example", text), parties=_PARTIES, published=_ON)
    return {proposal.rule for proposal in (*reading.proposals, *reading.left)}


@pytest.mark.parametrize(("file", "row", "language"), _CASES, ids=_IDS)
def test_a_linguist_sees_the_rule_at_work_in_its_example(
    file: str, row: dict[str, Any], language: str
) -> None:
    assert f"{file}.{row['name']}" in _rules_at_work(row["example"][language])


@pytest.mark.parametrize(("file", "row", "language"), _CASES, ids=_IDS)
def test_a_linguist_sees_the_rule_held_back_in_its_counter_example(
    file: str, row: dict[str, Any], language: str
) -> None:
    assert f"{file}.{row['name']}" not in _rules_at_work(row["counter"][language])


@pytest.mark.parametrize("file", names("rules"))
def test_no_two_rules_of_a_file_share_a_name(file: str) -> None:
    found = [rule.name for rule in rules(file)]
    assert len(found) == len(set(found))
