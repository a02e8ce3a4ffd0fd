"""What the documentation shows is so: its commands, files and Python run, its tables are complete.

A page is a story: its files are written first, then its blocks run in order, in one folder with a
copy of `examples`. CONTRIBUTING.md describes the comments that mark a block.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir

from bilat.cli.main import bilat, main
from bilat.cli.reader import reader_language
from bilat.programme import KINDS, load, programme_schema

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = sorted((ROOT / "docs").rglob("*.md"))
BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^\n]*?) -->\n\s*)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
COMMAND = re.compile(r"\$ (?P<settings>(?:\w+=\S* )*)bilat(?: (?P<arguments>.*))?")
SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Block:
    """A fenced block of a page, with the comment that stands before it."""

    kind: str
    text: str
    mark: str

    def marked(self, name: str) -> str | None:
        """The value of ``<!-- name: value -->``."""
        found, _, value = self.mark.partition(": ")
        return value if found == name else None


@dataclass(frozen=True)
class Run:
    """A command of a console block, and what the page shows under it."""

    line: str
    shown: str
    status: int


def blocks(page: Path) -> list[Block]:
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [Block(match["kind"], match["text"], match["mark"] or "") for match in found]


def runs(block: Block) -> Iterator[Run]:
    status = int(block.marked("exit status") or 0)
    for part in re.split(r"^(?=\$ )", block.text, flags=re.MULTILINE):
        line, _, shown = part.partition("\n")
        if COMMAND.fullmatch(line):
            yield Run(line, shown, status)


def stage(page: Path, folder: Path) -> None:
    """The examples, and the files that the page shows."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    for block in blocks(page):
        if name := block.marked("file"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")


def run(command: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the command prints, both streams together; it must end as the page says."""
    match = COMMAND.fullmatch(command.line)
    assert match
    arguments, _, target = (match["arguments"] or "").partition(" > ")
    settings = {"BILAT_LANG": "en", "COLUMNS": "100"}
    settings |= dict(setting.split("=", 1) for setting in match["settings"].split())
    printed = io.StringIO()
    with monkeypatch.context() as here, redirect_stdout(printed), redirect_stderr(printed):
        for name, value in settings.items():
            here.setenv(name, value)
        reader_language.cache_clear()
        with pytest.raises(SystemExit) as end:
            main(shlex.split(arguments))
    reader_language.cache_clear()
    assert end.value.code == command.status, f"{command.line}\n{printed.getvalue()}"
    if target:
        Path(target).write_text(printed.getvalue(), encoding="utf-8")
    return printed.getvalue()


def run_python(code: str, folder: Path) -> None:
    """In a process of its own, as a reader would: nothing is imported yet."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{code}\n{done.stdout}{done.stderr}"


def is_as_shown(shown: str, printed: str) -> bool:
    """The page's lines in their order; ``…`` alone stands for lines, in a line for words."""
    wanted = re.sub(r"^…$|(?<= )…(?= |$)", "...", shown, flags=re.MULTILINE)
    return doctest.OutputChecker().check_output(wanted, printed, SAME)


def told(pages: list[Path]) -> list[Path]:
    """Pages with something to run; an empty README has nothing."""
    return [
        page
        for page in pages
        if page.exists()
        for found in [blocks(page)]
        if any(block.kind in ("console", "python") or block.mark for block in found)
    ]


@pytest.mark.parametrize("page", told([*PAGES, README]), ids=lambda page: page.stem)
def test_what_a_page_shows_is_what_happens(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    for block in blocks(page):
        if block.mark == "not run":
            continue
        if block.kind == "python":
            run_python(block.text, tmp_path)
        for command in runs(block) if block.kind == "console" else ():
            printed = run(command, monkeypatch)
            if command.shown.strip():
                assert is_as_shown(command.shown, printed), f"{command.line}\n{printed}"


@pytest.mark.parametrize("page", told(PAGES), ids=lambda page: page.stem)
def test_the_programmes_of_a_page_have_no_problem(page: Path, tmp_path: Path) -> None:
    stage(page, tmp_path)
    for file in tmp_path.glob("*/programme.yaml"):
        problems = load(file.parent).problems
        assert bool(problems) == (file.parent.name == "broken"), problems


def test_every_yaml_block_is_a_file_that_is_checked() -> None:
    loose = [
        (page.name, block.text)
        for page in PAGES
        for block in blocks(page)
        if block.kind in ("yaml", "csv") and not block.marked("file")
    ]
    assert loose == []


def test_every_command_and_option_is_documented() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = [name for name in _interface(bilat, "bilat") if name not in text]
    assert missing == []


def _interface(command: click.Command, name: str) -> Iterator[str]:
    """The command's name, its options, and those of its subcommands."""
    yield name
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from parameter.opts
    if isinstance(command, click.Group):
        context = click.Context(command)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from _interface(found, f"{name} {child}")


def test_every_field_of_every_record_has_its_row() -> None:
    tables = _tables(ROOT / "docs" / "programme-folder.md")
    common = set(tables["Every record"])
    sections = {kind.__name__: section for section, kind in KINDS.items()}
    schema = programme_schema()
    models = {name: set(model["properties"]) for name, model in schema["$defs"].items()}
    models["Programme"] = set(schema["properties"]) - set(KINDS)
    wrong = {
        name: fields ^ rows
        for name, fields in models.items()
        for rows in [set(tables.get(sections.get(name, name), ()))]
        if (fields - common) - rows or rows - fields
    }
    assert wrong == {}


def _tables(page: Path) -> dict[str, list[str]]:
    """Heading → the fields in the first column of the table under it."""
    parts = re.split(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        heading: re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
        for heading, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_every_problem_in_the_tables_is_one_that_bilat_tells() -> None:
    text = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| .*\|$", text, flags=re.MULTILINE)
    told_by_bilat = set(_sentences())
    assert len(rows) > 40
    assert [row for row in rows if row not in told_by_bilat and row != "problem"] == []


def _sentences() -> Iterator[str]:
    """Every sentence of the rooms that read a folder, as the translators' tool finds it."""
    for room in ("programme", "vocabulary"):
        found = extract_from_dir(
            ROOT / "src" / "bilat" / room,
            [("**.py", "python")],
            keywords={"say": None, "say_many": (1, 2)},
        )
        for _file, _line, message, _comments, _context in found:
            yield from (message,) if isinstance(message, str) else message
