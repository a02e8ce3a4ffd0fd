"""A secretary reads what went wrong: where, what, and what to do next."""

from __future__ import annotations

import pytest

from bilat.errors import (
    BilatError,
    FolderMissing,
    NoAnswer,
    OutputRefused,
    Place,
    Problem,
    ProgrammeInvalid,
)
from bilat.language import Words, say

ENGLISH = Words("en")
HERE = Place("figures.yaml", 12, 3)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("figures.yaml", 12, 3), "figures.yaml:12:3"),
        (Place("observations.csv", 7), "observations.csv:7"),
        (Place("programme.yaml"), "programme.yaml"),
    ],
)
def test_a_place_is_written_as_editors_open_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_a_problem_says_where_what_and_what_next() -> None:
    problem = Problem(HERE, say("a target of zero"), say("Write the value that is to be reached"))
    assert problem.in_words(ENGLISH) == (
        "figures.yaml:12:3: a target of zero. Write the value that is to be reached."
    )


def test_a_remedy_that_asks_gets_no_full_stop() -> None:
    problem = Problem(HERE, say("unknown key"), say("Did you mean “{near}”?", near="title"))
    assert problem.in_words(ENGLISH) == "figures.yaml:12:3: unknown key. Did you mean “title”?"


def test_a_missing_folder_says_how_to_start_one() -> None:
    assert str(FolderMissing("examples/blr-uzb")) == (
        "examples/blr-uzb: no programme.yaml here. Name the folder that holds it, "
        "or start one with: bilat new BLR KGZ examples/blr-uzb"
    )


def test_an_invalid_programme_counts_its_errors_but_keeps_the_warnings() -> None:
    error = Problem(HERE, say("wrong"), say("Mend it"))
    warning = Problem(HERE, say("bare"), say("Add a source"), severity="warning")
    invalid = ProgrammeInvalid([error, warning])
    assert str(invalid) == "The programme has 1 error. Mend it, then try again"
    assert invalid.problems == (error, warning)


def test_several_errors_are_counted_in_the_plural() -> None:
    error = Problem(HERE, say("wrong"), say("Mend it"))
    invalid = ProgrammeInvalid([error, error, error])
    assert str(invalid) == "The programme has 3 errors. Mend them, then try again"


@pytest.mark.parametrize(
    "error",
    [
        FolderMissing("here"),
        ProgrammeInvalid([]),
        NoAnswer(say("one observation is too few")),
        OutputRefused(say("the disk is full")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_one_except_clause_catches_whatever_bilat_raises(error: Exception) -> None:
    with pytest.raises(BilatError):
        raise error


def test_a_folder_with_braces_in_its_name_is_shown_as_it_is() -> None:
    assert str(FolderMissing("{0}")).startswith("{0}: no programme.yaml here")
