"""Documents are written whole, together, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.brief.brief_notation import MakeOutput

from bilat.brief.formats.html import FACES, font_faces
from bilat.brief.publish import publish
from bilat.errors import OutputRefused


def test_each_document_is_named_for_programme_day_and_language(
    output: MakeOutput, tmp_path: Path
) -> None:
    published = publish(output(lang="ru"), tmp_path / "out", ["json", "ics"])
    assert sorted(path.name for path in published.files) == [
        "blr-kgz-brief-2025-10-01-ru.ics",
        "blr-kgz-brief-2025-10-01-ru.json",
    ]


def test_a_private_brief_cannot_overwrite_the_joint_one(output: MakeOutput, tmp_path: Path) -> None:
    joint = publish(output(), tmp_path, ["json"]).files
    private = publish(output(viewer="KGZ"), tmp_path, ["json"]).files
    assert joint != private
    assert private[0].name == "blr-kgz-brief-2025-10-01-KGZ-en.json"


def test_progress_names_each_format_as_it_begins(output: MakeOutput, tmp_path: Path) -> None:
    seen: list[str] = []
    publish(output(), tmp_path, ["json", "ics"], progress=seen.append)
    assert seen == ["json", "ics"]


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(
    output: MakeOutput, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("here already")
    with pytest.raises(OutputRefused, match="Choose another folder"):
        publish(output(), tmp_path / "file", ["json", "ics"])
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert (tmp_path / "file").read_text() == "here already"


def test_one_document_that_cannot_be_placed_takes_the_others_back(
    output: MakeOutput, tmp_path: Path
) -> None:
    """A folder stands where the calendar should go: the JSON is not left alone."""
    (tmp_path / "blr-kgz-brief-2025-10-01-en.ics").mkdir()
    with pytest.raises(OutputRefused):
        publish(output(), tmp_path, ["json", "ics"])
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".json", ".part")] == []


@pytest.mark.parametrize("content", [None, b"not a font"])
def test_an_unreadable_font_ends_with_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        for name, _weight, _style in FACES:
            (tmp_path / name).write_bytes(content)
    with pytest.raises(OutputRefused, match=r"this font cannot be read .* leave HTML out"):
        font_faces(frozenset("abc"), tmp_path)
