"""What an analyst's stories share: a file written in its publisher's notation, and its reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from bilat.language import Words
from bilat.sources import Reading, read

MAY = date(2024, 5, 1)
DATA = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file; gives back its path."""

    def write(name: str, text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(dedent(text).lstrip("\n").encode(encoding))
        return path

    return write


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """A file of the publishers themselves; the test is skipped where it is not."""

    def find(name: str) -> Path:
        path = DATA / name
        if not path.is_file():
            pytest.skip(f"{path} is not here")
        return path

    return find


@pytest.fixture
def reading() -> Callable[..., Reading]:
    """Reads as of May 2024."""

    def run(source: Any, dataset: Any, **more: Any) -> Reading:
        return read(source, dataset, **{"vintage": MAY, **more})

    return run


@pytest.fixture
def rows() -> Callable[..., list[tuple[Any, ...]]]:
    """Some columns of a reading, row by row."""

    def pick(reading: Reading, *names: str) -> list[tuple[Any, ...]]:
        columns = [reading.reports.column(name).to_pylist() for name in names]
        return list(zip(*columns, strict=True))

    return pick


@pytest.fixture
def said() -> Callable[[Reading], list[str]]:
    """The problems as the analyst reads them."""

    def told(reading: Reading) -> list[str]:
        return [problem.in_words(Words("en")) for problem in reading.problems]

    return told
