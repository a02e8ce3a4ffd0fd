"""What people type, what they see, and the exit status that scripts rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from bilat.cli.schema import command as schema_command
from bilat.programme import KINDS

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def bilat(tmp_path: Path) -> Run:
    """Runs the command as a person would, in an empty folder, in English unless told otherwise."""

    def run(*arguments: object, lang: str = "en") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "BILAT_LANG": lang, "COLUMNS": "120"}
        command = [sys.executable, "-m", "bilat.cli.main", *map(str, arguments)]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture
def good(folder: Callable[..., Path]) -> Path:
    return folder("sources: [{id: s, title: Speech, publisher: Press}]\n")


def test_help_lists_every_command_in_the_readers_language(bilat: Run) -> None:
    english, russian = bilat("--help").stdout, bilat("--help", lang="ru").stdout
    for name in ("brief", "check", "new", "schema"):
        assert name in english
        assert name in russian
    assert "Usage:" in english
    assert "Использование:" in russian


def test_a_good_folder_is_said_to_be_good(bilat: Run, good: Path) -> None:
    done = bilat("check", good)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip().endswith("1 record, 0 errors, 0 warnings")


def test_every_problem_is_told_with_its_place_and_the_status_is_2(
    bilat: Run, folder: Callable[..., Path]
) -> None:
    root = folder("targts: []\nsources: [{id: s, title: T, publisher: P, published: 2024-02-30}]\n")
    done = bilat("check", root)
    assert done.returncode == 2
    assert "programme.yaml:1:1: unknown key “targts”. Did you mean “targets”?" in done.stderr
    assert "programme.yaml:2:54: “2024-02-30” is not a day of the calendar." in done.stderr


def test_problems_are_told_in_russian_to_a_russian_reader(
    bilat: Run, folder: Callable[..., Path]
) -> None:
    done = bilat("check", folder("targts: []\n"), lang="ru")
    assert "programme.yaml:1:1: неизвестный ключ «targts»" in done.stderr


def test_a_brief_of_a_folder_with_errors_tells_them_and_writes_nothing(
    bilat: Run, folder: Callable[..., Path], tmp_path: Path
) -> None:
    done = bilat("brief", folder("targts: []\n"), "--out", "out")
    assert done.returncode == 2
    assert "unknown key “targts”" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["check", "brief"])
def test_a_folder_that_is_not_there_ends_with_a_sentence(bilat: Run, command: str) -> None:
    done = bilat(command, "nowhere")
    assert done.returncode == 2
    assert "nowhere: no programme.yaml here" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_brief_names_the_files_that_it_wrote(bilat: Run, good: Path, tmp_path: Path) -> None:
    done = bilat(
        "brief", good, "--as-of", "2025-10-01", "--formats", "json,ics", "--quiet", "--lang", "ru"
    )
    assert done.stdout.split() == [
        "build/blr-kgz-brief-2025-10-01-ru.json",
        "build/blr-kgz-brief-2025-10-01-ru.ics",
    ]
    brief = json.loads((tmp_path / "build/blr-kgz-brief-2025-10-01-ru.json").read_text())
    assert brief["as_of"] == "2025-10-01"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--formats", "odt"), "unknown format odt; known are html, docx"),
        (("--side", "RUS"), "“RUS” is no party; the parties are BLR and KGZ"),
        (("--as-of", "yesterday"), "does not match the format"),
        (("--lang", "de"), "is not one of"),
    ],
)
def test_a_wrong_option_is_answered_with_what_is_known(
    bilat: Run, good: Path, arguments: tuple[str, str], sentence: str
) -> None:
    done = bilat("brief", good, *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr


def test_an_output_that_cannot_be_written_ends_with_a_sentence(
    bilat: Run, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    done = bilat("brief", good, "--formats", "json", "--quiet", "--out", "file/below")
    assert done.returncode == 2
    assert "Choose another folder with --out" in done.stderr


def test_a_new_folder_is_good_and_makes_a_brief_at_once(bilat: Run) -> None:
    assert bilat("new", "KAZ", "UZB", "kaz-uzb").returncode == 0
    assert bilat("check", "kaz-uzb").returncode == 0
    assert bilat("brief", "kaz-uzb", "--formats", "json").returncode == 0


def test_a_new_folder_never_overwrites_one(bilat: Run) -> None:
    bilat("new", "KAZ", "UZB", "kaz-uzb")
    again = bilat("new", "KAZ", "UZB", "kaz-uzb")
    assert again.returncode == 2
    assert "a programme is here already" in again.stderr


@pytest.mark.parametrize("codes", [("KAZ", "XXX"), ("KAZ", "KAZ")])
def test_a_programme_has_two_different_countries(bilat: Run, codes: tuple[str, str]) -> None:
    assert bilat("new", *codes, "folder").returncode == 2


def test_the_printed_schema_accepts_what_new_writes(bilat: Run, tmp_path: Path) -> None:
    bilat("new", "KAZ", "UZB", "kaz-uzb")
    schema = json.loads(bilat("schema").stdout)
    data = yaml.safe_load((tmp_path / "kaz-uzb/programme.yaml").read_text())
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(data)) == []


@pytest.mark.parametrize("subject", ["programme", "brief", *KINDS])
def test_every_schema_is_a_valid_schema(subject: str) -> None:
    printed = CliRunner().invoke(schema_command, ["--of", subject]).stdout
    jsonschema.Draft202012Validator.check_schema(json.loads(printed))


def test_a_reader_who_leaves_early_gets_no_traceback(bilat: Run, tmp_path: Path) -> None:
    shell = f"{sys.executable} -m bilat.cli.main schema | head -1"
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert done.stdout == "{\n"
    assert "Traceback" not in done.stderr
