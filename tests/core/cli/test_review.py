"""Aigul reviews what was read: with keys, or with options in a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.core.reading.readings import figure, original, proposal, reading

from bilat.cli import review
from bilat.programme import open_programme
from bilat.reading.files import Opened
from bilat.reading.kept import Kept, first_reading, readings, save_kept

HELD = """
sources: [{id: press, title: Communiqué, publisher: Press service}]
indicators: [{id: turnover, title: Trade, measures: turnover, unit: million USD}]
figures:
  - {id: blr-9m, indicator: turnover, period: 2024-01/2024-09, side: BLR, stated: 2024-11-28,
     value: 135, unit: million USD, qualifier: almost, sources: [press]}
"""
Run = Callable[..., Result]


@pytest.fixture
def root(folder: Callable[..., Path]) -> Path:
    return folder(HELD)


@pytest.fixture
def kept(root: Path) -> Kept:
    """A contradiction, a figure without its side, and an area of exchange."""
    proposals = (
        figure(68_000_000.0, "KGZ"),
        figure(70_000_000.0, None, "2025"),
        proposal("exchange", "Students of Kyrgyzstan come to Minsk.", area="education"),
    )
    kept = first_reading(
        Opened(original(), publisher="Agency"), reading(*proposals), name="communique"
    )
    save_kept(kept, root)
    return kept


@pytest.fixture
def run(root: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "120")

    def call(*options: str, keys: str = "") -> Result:
        arguments = [str(root), "--by", "Aigul", *options]
        return CliRunner().invoke(review.command, arguments, input=keys, catch_exceptions=False)

    return call


def states(root: Path) -> list[str]:
    return [item.state for item in readings(root)[0].proposals]


def test_three_keys_accept_with_an_answer_reject_with_a_reason_and_skip(
    run: Run, root: Path
) -> None:
    done = run(keys="aaKGZ\nrnot ours\n")
    assert done.exit_code == 0
    assert states(root) == ["accepted", "accepted", "rejected"]
    values = [f"{item.side} {item.value}" for item in open_programme(root).figures]
    assert values == ["BLR 135", "KGZ 68", "KGZ 70"]
    assert "For which side is this said? (BLR, KGZ)" in done.output
    decision = readings(root)[0].proposals[2].decision
    assert decision is not None
    assert (decision.by, decision.why) == ("Aigul", "not ours")
    assert "Nothing is left to review." in done.output


def test_the_person_sees_the_words_around_and_the_difference(run: Run) -> None:
    done = run(keys="q")
    assert "figure: mutual trade, 68 million USD, January–September 2024" in done.output
    assert "In January–September 2024 trade came to $68 million" in " ".join(done.output.split())
    assert "contradicts figures/blr-9m" in done.output
    assert "3 proposals are left; the same command goes on from here" in done.output


def test_stopping_half_way_loses_nothing_and_goes_on(run: Run, root: Path) -> None:
    run(keys="aq")
    assert states(root) == ["accepted", "open", "open"]
    interrupted = run(keys="s")  # the input ends where a key is expected, as with Ctrl-C
    assert interrupted.exit_code == 1
    assert states(root) == ["accepted", "open", "open"]
    run(keys="sa")
    assert states(root) == ["accepted", "open", "accepted"]


def test_a_correction_is_typed_as_name_and_value(run: Run, root: Path) -> None:
    done = run(keys="cvalue=69 million\nqualifier=about\n\nq")
    assert "value = 68000000" in done.output
    assert states(root)[0] == "corrected"
    record = open_programme(root).figures[-1]
    assert record.value == 69
    assert record.qualifier == "about"


def test_a_refused_record_is_told_and_the_person_is_asked_again(run: Run, root: Path) -> None:
    done = run(keys="cperiod=2031\n\nr\nq")
    assert "stated before the period began" in done.output
    assert "not accepted, because the folder would have these problems" in done.output
    assert states(root)[0] == "rejected"


def test_another_key_is_asked_for_again(run: Run, root: Path) -> None:
    done = run(keys="xq")
    assert done.output.count("[a]ccept") == 2
    assert states(root) == ["open"] * 3


def test_a_script_lists_accepts_and_rejects(run: Run, root: Path, kept: Kept) -> None:
    first, second, third = (item.id for item in kept.proposals)
    assert f"{first}  open  figure: mutual trade, 68 million USD" in run("--list").output
    done = run("--accept", first, "--reject", third, "--why", "told twice")
    assert done.exit_code == 0
    assert f"{first}: in figures/turnover-2024-01-2024-09-kgz" in done.output
    assert f"{first}: open question: the text says 68 million USD" in done.output
    listed = run("--list").output
    assert f"{third}  rejected" in listed
    assert "Aigul" in listed
    assert "told twice" in listed
    assert "open question" in listed
    assert f"{second}  open" in listed


def test_a_question_is_answered_by_a_script(run: Run, kept: Kept) -> None:
    first = kept.proposals[0].id
    run("--accept", first)
    assert run("--answer", first).exit_code == 2
    assert run("--answer", first, "--why", "other goods").exit_code == 0
    assert "answered: other goods" in run("--list").output


def test_what_the_text_does_not_say_is_asked_with_its_choices(
    run: Run, root: Path, kept: Kept
) -> None:
    second = kept.proposals[1].id
    done = run("--accept", second)
    assert done.exit_code == 2
    assert "side: For which side is this said? (BLR, KGZ)" in done.output
    assert states(root)[1] == "open"
    assert run("--accept", second, "--set", "side=KGZ").exit_code == 0


def test_a_record_may_be_seen_by_one_side_only(run: Run, root: Path, kept: Kept) -> None:
    run("--accept", kept.proposals[2].id, "--visibility", "KGZ")
    assert open_programme(root).exchanges[0].visibility == "KGZ"
    done = run("--accept", kept.proposals[0].id, "--visibility", "RUS")
    assert done.exit_code == 2
    assert "neither joint nor a party" in done.output


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--set", "side"), "write NAME=VALUE"),
        (("--reading", "other", "--list"), "no kept text “other”; there are: communique"),
        (("--accept", "figure-0"), "figure-0: there is no such proposal"),
    ],
)
def test_a_wrong_option_is_answered_with_what_is_right(
    run: Run, options: tuple[str, ...], sentence: str
) -> None:
    done = run(*options)
    assert done.exit_code == 2
    assert sentence in done.output


def test_a_folder_without_readings_says_how_to_make_one(folder: Callable[..., Path]) -> None:
    arguments = [str(folder(HELD)), "--list"]
    done = CliRunner().invoke(review.command, arguments, catch_exceptions=False)
    assert "Read a text with: bilat read FILE --save" in done.output


def test_with_two_keys_the_person_is_told_that_the_other_side_must_sign(
    run: Run, root: Path, kept: Kept
) -> None:
    first = kept.proposals[0].id
    assert "two keys" not in run("--list").output
    path = root / "programme.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "keys: two\n", encoding="utf-8")
    done = run("--accept", first)
    assert "has two keys" in done.output
    assert "bilat-office import FOLDER" in done.output
