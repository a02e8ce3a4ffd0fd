"""Starting a programme: a commented folder that is valid as it stands."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from pathlib import Path

import pytest

from bilat.errors import OutputRefused
from bilat.programme import load, open_programme, save, scaffold

TODAY = date(2026, 3, 1)


def test_a_new_folder_has_no_problem(tmp_path: Path) -> None:
    root = tmp_path / "blr-uzb"
    files = scaffold("BLR", "UZB", root, as_of=TODAY)
    assert files == [root / "programme.yaml", root / "observations.csv"]
    assert load(root).problems == ()


def test_a_new_folder_knows_its_two_countries(tmp_path: Path) -> None:
    scaffold("BLR", "KGZ", tmp_path, as_of=TODAY)
    programme = open_programme(tmp_path)
    assert (programme.id, programme.sides) == ("blr-kgz", ("BLR", "KGZ"))
    assert programme.title == {"en": "Belarus and Kyrgyzstan", "ru": "Беларусь и Кыргызстан"}
    assert [party.time_zone for party in programme.parties] == ["Europe/Minsk", "Asia/Bishkek"]


@pytest.mark.parametrize("other", ["COD", "CIV", "BIH", "HKG", "MMR", "KNA", "PRK", "NOR", "STP"])
def test_names_with_dashes_and_brackets_do_not_break_the_file(tmp_path: Path, other: str) -> None:
    scaffold("BLR", other, tmp_path, as_of=TODAY)
    assert load(tmp_path).problems == ()


def test_the_examples_in_comments_are_of_this_year(tmp_path: Path) -> None:
    scaffold("BLR", "KGZ", tmp_path, as_of=TODAY)
    text = (tmp_path / "programme.yaml").read_text(encoding="utf-8")
    assert "id: communique-2026" in text
    assert "by: 2031" in text
    assert "<" not in text


def test_a_folder_with_all_examples_taken_in_is_valid(tmp_path: Path) -> None:
    scaffold("BLR", "KGZ", tmp_path, as_of=TODAY)
    main = tmp_path / "programme.yaml"
    main.write_text(_taken_in(main.read_text(encoding="utf-8")), encoding="utf-8")
    assert load(tmp_path).problems == ()
    assert len(open_programme(tmp_path).targets[0].statements) == 2


def _taken_in(text: str) -> str:
    """As someone does who takes the comment signs away."""
    lines = [line for line in text.splitlines() if not re.match("#($| [^ ])", line)]
    return "\n".join(line.removesuffix(" []").removeprefix("#") for line in lines) + "\n"


def test_a_second_programme_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    scaffold("BLR", "KGZ", tmp_path, as_of=TODAY)
    before = (tmp_path / "programme.yaml").read_bytes()
    with pytest.raises(OutputRefused, match="a programme is here already"):
        scaffold("BLR", "UZB", tmp_path, as_of=TODAY)
    assert (tmp_path / "programme.yaml").read_bytes() == before


def test_observations_that_are_there_already_are_not_overwritten(tmp_path: Path) -> None:
    table = tmp_path / "observations.csv"
    table.write_text("indicator,reporter,period,value,unit\nmine,BLR,2024,1,USD\n")
    before = table.read_bytes()
    with contextlib.suppress(OutputRefused):
        scaffold("BLR", "KGZ", tmp_path, as_of=TODAY)
    assert table.read_bytes() == before


def test_a_new_folder_saved_without_a_change_stays_as_it_is(tmp_path: Path) -> None:
    scaffold("BLR", "KGZ", tmp_path, as_of=TODAY)
    assert save(open_programme(tmp_path), tmp_path) == []
