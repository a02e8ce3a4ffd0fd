"""What the tests of every room share: a programme folder written in its own notation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import settings

from bilat.language import Words
from bilat.programme import load

# The same examples every time, and no failure because a neighbour keeps the machine busy.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

HEAD = """\
id: blr-kgz
title: Belarus and Kyrgyzstan
parties: [{code: BLR, time_zone: Europe/Minsk}, {code: KGZ, time_zone: Asia/Bishkek}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes ``programme.yaml`` and the files beside it; gives back their folder.

    The usual head goes last, so that line 1 of the test's text is line 1 of the file.
    """

    def write(main: str = "", *, head: bool = True, **files: str | bytes) -> Path:
        root = tmp_path / "programme"
        root.mkdir(exist_ok=True)
        files = {"programme.yaml": _text(main) + (HEAD if head else ""), **files}
        for name, content in files.items():
            data = content if isinstance(content, bytes) else _text(content).encode()
            (root / name).write_bytes(data)
        return root

    return write


def _text(content: str) -> str:
    return dedent(content).lstrip("\n")


@pytest.fixture
def errors() -> Callable[[Path], list[str]]:
    """The errors of a folder as its secretary reads them: ``file:line:column: what. remedy.``"""

    def read(root: Path) -> list[str]:
        return [problem.in_words(Words("en")) for problem in load(root).errors]

    return read
