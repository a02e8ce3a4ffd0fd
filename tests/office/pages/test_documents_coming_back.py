"""Irina moves the office to another machine: every file of a document comes along, to the byte."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.core.register.secretaries import at
from tests.office.api.world import World
from tests.office.pages.test_documents_files import TEXT, docx
from tests.office.records.test_exchange import another_office

from bilat.language import Message, Words
from bilat.programme import open_programme, save
from bilat_office.commands import Importing, begin, bring_in, export
from bilat_office.files.cabinet import Cabinet, Kept
from bilat_office.people.doorway import Watched
from bilat_office.records.viewer import Viewer

TREATY = (("documents", "treaty"), {"id": "treaty", "title": "Treaty", "kind": "treaty"})
DRAFT = {"id": "draft", "title": "Draft", "kind": "agreement", "visibility": "BLR"}
SIDES = ("BLR", "KGZ")
Held = dict[tuple[str, str, str], tuple[bytes, str, str, object]]


def cabinet(side: str, role: str = "secretary") -> Cabinet:
    viewer = Viewer(side, frozenset({role}), person=f"{side.lower()}-{role}")
    return Cabinet(Watched(viewer, lambda *_: None))


def put(side: str, document: str, visibility: str, name: str, data: bytes) -> Kept:
    return cabinet(side).add(
        document=document, visibility=visibility, name=name, data=data, at=at(30)
    )


@contextmanager
def first_office() -> Iterator[Held]:
    """Four files: two of both sides, one of each side alone."""
    with another_office():
        world = World.begin()
        world.agree(TREATY)
        world.keep("BLR", "documents", DRAFT)
        put("BLR", "treaty", "joint", "Договор, с «запятой».txt", TEXT.encode())
        put("KGZ", "treaty", "joint", "=2+2.docx", docx("Сборка трансформаторов"))
        put("KGZ", "treaty", "KGZ", "position.html", b"<!doctype html><p>\xd0\x9c\xd1\x8b")
        put("BLR", "draft", "BLR", "draft.txt", b"Our draft\r\nof two lines")
        yield held(*SIDES)


def held(*sides: str) -> Held:
    found: Held = {}
    for side in sides:
        for kept in cabinet(side).every():
            content = cabinet(side).content(kept)
            found[kept.document, kept.visibility, kept.name] = (
                content, kept.side, kept.person, kept.at,
            )  # fmt: skip
    return found


class Reader:
    """Keeps what a command tells."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, message: Message) -> None:
        self.said.append(Words("en")(message))

    @property
    def text(self) -> str:
        return "\n".join(self.said)


def bring(folder: Path, **asked: Any) -> tuple[int, str]:
    tell = Reader()
    given = {"side": None, "reason": None, "delete": False, "yes": True, "person": "x", **asked}
    code = bring_in(Importing(folder=folder, **given), at(40), tell, str, lambda _: False)
    return code, tell.text


@pytest.fixture
def exported(db: None, tmp_path: Path, settings: Any) -> tuple[Path, Held]:
    """What the office of Minsk wrote with its own side's files, and what it had."""
    settings.DATA_FOLDER = tmp_path / "first"
    with first_office() as before:
        assert export(tmp_path / "out", "BLR", joint=False, tell=Reader()) == 0
    settings.DATA_FOLDER = tmp_path / "second"
    return tmp_path / "out", {name: of for name, of in before.items() if name[1] != "KGZ"}


def begun(folder: Path) -> tuple[int, str]:
    tell = Reader()
    return begin(folder, None, "x", at(40), tell, str), tell.text


def test_an_empty_office_gets_every_file_byte_for_byte(exported: tuple[Path, Held]) -> None:
    folder, before = exported
    with another_office():
        code, text = begun(folder)
        assert (code, "3 files of documents kept." in text) == (0, True), text
        assert held(*SIDES) == before
        (hit,) = cabinet("KGZ").search("трансформатор")  # its words are found here, too
        assert hit.file.name == "=2+2.docx"
        assert bring(folder, side="BLR")[0] == 0  # once more adds nothing
        assert held(*SIDES) == before


def test_the_other_sides_files_are_in_no_export_of_ones_own(exported: tuple[Path, Held]) -> None:
    folder, _before = exported
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert "position" not in written.decode(errors="ignore")
    assert b"\xd0\x9c\xd1\x8b" not in (folder / "files" / "files.csv").read_bytes()


def test_an_export_for_both_takes_ones_own_out_of_the_folder(
    db: None, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_FOLDER = tmp_path / "first"
    with first_office():
        export(tmp_path / "out", "BLR", joint=False, tell=Reader())
        export(tmp_path / "out", None, joint=True, tell=Reader())
    assert not list((tmp_path / "out" / "files").rglob("*draft*"))
    assert len(list((tmp_path / "out" / "files" / "treaty").iterdir())) == 2


def test_a_side_takes_in_its_own_files_and_those_of_both(exported: tuple[Path, Held]) -> None:
    folder, before = exported
    with another_office():
        World.begin().agree(TREATY)
        for path in (folder / "register").iterdir():
            path.unlink()  # a plain folder: an office of another register
        (folder / "register").rmdir()
        save(open_programme(folder).with_fields(parties=[{"code": "BLR"}, {"code": "KGZ"}]), folder)
        code, _text = bring(folder, side="KGZ", delete=False, yes=True)
        assert code == 0
        assert held(*SIDES) == {name: of for name, of in before.items() if name[1] == "joint"}


@pytest.mark.parametrize(
    ("mischief", "said"),
    [
        (lambda path: path.unlink(), "is missing."),
        (lambda path: path.write_bytes(b"Four elevators"), "was altered after the export."),
        (lambda path: path.write_bytes(b"x" * (20 * 1024 * 1024 + 1)), "is larger than 20 MB."),
        (lambda path: (path.unlink(), path.symlink_to("/etc/hostname")), "is missing."),
    ],
)
def test_a_file_that_is_not_what_it_was_is_told_by_name_and_the_others_come(
    exported: tuple[Path, Held], mischief: Any, said: str
) -> None:
    folder, before = exported
    (path,) = (folder / "files" / "treaty").glob("*.txt")
    mischief(path)
    with another_office():
        code, text = begun(folder)
        assert code == 1
        assert f"files/files.csv:2: files/treaty/{path.name} {said}" in text
        assert "Export the programme again where the file is whole" in text
        assert len(held(*SIDES)) == len(before) - 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("treaty/", "../treaty/", "is no path of an exported file"),
        (",joint,", ",KAZ,", "does not say whose file it is"),
        (",KGZ,kgz", ",KAZ,kgz", "does not say whose file it is"),
        ("+00:00", "", "does not say when it was brought"),
        ("path,document", "way,document", "The list lacks its columns"),
    ],
)
def test_a_list_that_was_tampered_with_leads_nowhere(
    exported: tuple[Path, Held], old: str, new: str, said: str
) -> None:
    folder, before = exported
    listed = folder / "files" / "files.csv"
    listed.write_text(listed.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with another_office():
        code, text = begun(folder)
        assert (code, said in text) == (1, True), text
        assert len(held(*SIDES)) < len(before)


def test_a_program_under_a_right_hash_is_not_kept(exported: tuple[Path, Held]) -> None:
    import hashlib

    folder, before = exported
    (path,) = (folder / "files" / "treaty").glob("*.txt")
    listed = folder / "files" / "files.csv"
    program = b"MZ\x90\x00\x03 program"
    was, now = (hashlib.sha256(data).hexdigest() for data in (path.read_bytes(), program))
    path.write_bytes(program)
    listed.write_text(listed.read_text(encoding="utf-8").replace(was, now), encoding="utf-8")
    with another_office():
        code, text = begun(folder)
        assert code == 1
        assert "By its content this is no PDF" in text
        assert len(held(*SIDES)) == len(before) - 1


def test_a_file_of_a_document_that_is_not_entered_waits(exported: tuple[Path, Held]) -> None:
    folder, _before = exported
    with another_office():
        World.begin()  # an office of the same register that lacks the treaty
        (folder / "register" / "chain.jsonl").write_bytes(b"")
        (folder / "register" / "messages.jsonl").write_bytes(b"")
        code, text = bring(folder, side="BLR")
        assert code == 1
        assert "belongs to the document treaty, which the office does not have." in text
        assert "Bring the folder in again once that document is entered." in text
        assert held(*SIDES) == {}


def test_what_was_taken_off_the_list_stays_off(exported: tuple[Path, Held]) -> None:
    folder, before = exported
    with another_office():
        begun(folder)
        gone = next(kept for kept in cabinet("BLR").every() if kept.name.startswith("Договор"))
        cabinet("BLR").remove(kept=gone, reason="The wrong text", at=at(41))
        assert bring(folder, side="BLR")[0] == 0
        assert len(held(*SIDES)) == len(before) - 1


def test_a_damaged_file_is_named_and_the_rest_is_exported(
    db: None, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_FOLDER = tmp_path / "first"
    tell = Reader()
    with first_office():
        kept = next(kept for kept in cabinet("BLR").every() if kept.name.startswith("Договор"))
        (tmp_path / "first" / "files" / kept.sha256[:2] / kept.sha256).write_bytes(b"broken")
        assert export(tmp_path / "out", None, joint=True, tell=tell) == 1
    assert "Left out: treaty/Договор, с «запятой».txt: What is stored" in tell.text
    assert "Restore “files” of the data folder from the backup" in tell.text
    listed = io.StringIO((tmp_path / "out" / "files" / "files.csv").read_text(encoding="utf-8"))
    assert len(list(listed)) == 2  # the head, and the one that is whole
