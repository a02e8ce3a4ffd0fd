"""Irina starts an office on her laptop, keeps a copy elsewhere, and brings an edited folder in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.office.records.terminal import EXAMPLE, PHRASE, ROOT, office

pytestmark = pytest.mark.skipif(
    "DATABASE_URL" in os.environ, reason="test_postgresql runs the commands there"
)


@pytest.fixture(scope="module")
def solo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the example in it, kept by one office; tests work on copies."""
    data = tmp_path_factory.mktemp("solo")
    status, text = office("init", EXAMPLE, "--solo", "--person", "Irina", data=data)
    assert status == 0, text
    return data


@pytest.fixture
def data(solo: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(solo, tmp_path / "data"))


def test_init_says_what_stands_and_what_comes_next(tmp_path: Path) -> None:
    status, text = office("init", EXAMPLE, data=tmp_path / "data")
    assert status == 0
    assert "1 entry." in text
    assert text.count("Next:") == 3
    assert PHRASE not in text
    assert (tmp_path / "data" / "office.sqlite3").exists()
    status, text = office("init", EXAMPLE, data=tmp_path / "data")
    assert status == 2
    assert "bilat-office import" in text


def test_what_is_exported_verifies_and_begins_elsewhere(data: Path, tmp_path: Path) -> None:
    status, text = office("export", tmp_path / "out", data=data)
    assert status == 0, text
    checked = subprocess.run(
        [sys.executable, "-m", "bilat.cli.main", "verify", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    status, text = office("init", tmp_path / "out", "--solo", data=tmp_path / "new")
    assert (status, "says itself" in text) == (2, True)
    status, text = office("init", tmp_path / "out", data=tmp_path / "new")
    assert status == 0, text
    first, second = (office("verify", data=place)[1] for place in (data, tmp_path / "new"))
    assert first == second
    assert "1 entry, whole." in first


def test_an_edited_folder_is_shown_first_and_entered_on_demand(data: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "folder"))
    main = folder / "programme.yaml"
    main.write_text(main.read_text().replace("Direct flights", "Daily direct flights"))
    status, text = office("import", folder, data=data)
    assert "changed  contacts/session-12 (joint): agenda" in text
    assert status != 0  # nobody answered the question: nothing was done
    assert "1 entry" in office("verify", data=data)[1]
    status, text = office("import", folder, "--yes", "--reason", "Spring", data=data)
    assert (status, "Entered." in text) == (0, True), text
    assert "2 entries, all whole." in office("verify", data=data)[1]
    assert "nothing changes" in office("import", folder, data=data)[1]


def test_a_wrong_passphrase_enters_nothing(data: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "folder"))
    main = folder / "programme.yaml"
    main.write_text(main.read_text().replace("Direct flights", "Daily direct flights"))
    wrong = {"BILAT_PASSPHRASE": "guess"}
    status, text = office("import", folder, "--yes", data=data, **wrong)
    assert (status, "passphrase" in text) == (2, True)
    assert "1 entry" in office("verify", data=data)[1]


def test_with_two_keys_a_side_has_to_be_named(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", Path(shutil.copytree(EXAMPLE, tmp_path / "folder"))
    keys = {"BILAT_PASSPHRASE_BLR": "of Minsk", "BILAT_PASSPHRASE_KGZ": "of Bishkek"}
    status, text = office("init", folder, "--two", data=data, **keys)
    assert status == 0, text
    for command in (("export", tmp_path / "out"), ("import", folder)):
        status, text = office(*command, data=data)
        assert (status, "--side" in text) == (2, True)
    status, text = office("export", tmp_path / "out", "--side", "KAZ", data=data)
    assert (status, "no side" in text) == (2, True)
    assert office("export", tmp_path / "out", "--joint", data=data)[0] == 0
    main = folder / "programme.yaml"
    main.write_text(main.read_text().replace("Direct flights", "Daily direct flights"))
    wrong = {"BILAT_PASSPHRASE_KGZ": "of Minsk"}
    assert office("import", folder, "--side", "KGZ", "--yes", data=data, **wrong)[0] == 2
    status, text = office("import", folder, "--side", "KGZ", "--yes", data=data, **keys)
    assert (status, "has to countersign" in text) == (0, True), text
    assert "1 entry" in office("verify", data=data)[1]


def test_the_export_of_the_same_register_brings_its_messages(data: Path, tmp_path: Path) -> None:
    older, out = Path(shutil.copytree(data, tmp_path / "older")), tmp_path / "out"
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "folder"))
    main = folder / "programme.yaml"
    main.write_text(main.read_text().replace("Direct flights", "Daily direct flights"))
    assert office("import", folder, "--yes", data=data)[0] == 0
    assert office("export", out, data=data)[0] == 0
    status, text = office("import", out, data=older)
    assert (status, "1 new message taken." in text) == (0, True), text
    assert office("verify", data=older)[1] == office("verify", data=data)[1]
    assert "0 new messages taken." in office("import", out, data=older)[1]


def test_rebuild_and_migrate_may_run_at_any_time(data: Path) -> None:
    assert office("migrate", data=data)[0] == 0
    status, text = office("rebuild", data=data)
    assert (status, "made afresh" in text) == (0, True)
    assert office("verify", data=data)[0] == 0


def test_verify_ends_with_1_where_the_file_was_altered(data: Path) -> None:
    import sqlite3

    with sqlite3.connect(data / "office.sqlite3") as file:
        file.execute("DROP TRIGGER version_is_not_altered")
        file.execute("UPDATE records_version SET content = '{}' WHERE record = 'direct-flights'")
    file.close()
    status, text = office("verify", data=data)
    assert (status, "commitments/direct-flights" in text) == (1, True)


@pytest.mark.parametrize("altered", ["turnover-500", '"signature":"'])
def test_verify_ends_with_1_where_a_signed_line_was_altered(data: Path, altered: str) -> None:
    import sqlite3

    with sqlite3.connect(data / "office.sqlite3") as file:
        file.execute("DROP TRIGGER entry_is_not_altered")
        (line,) = file.execute("SELECT line FROM records_entry").fetchone()
        start = line.rindex(altered.encode()) + len(altered) - 1
        other = b"0" if line[start + 1 : start + 2] != b"0" else b"1"
        line = line[: start + 1] + other + line[start + 2 :]
        file.execute("UPDATE records_entry SET line = ?", [line])
    file.close()
    status, text = office("verify", data=data)
    assert status == 1, text
    assert "Traceback" not in text


def test_mistakes_end_with_a_sentence(tmp_path: Path) -> None:
    for arguments, settings, said in (
        (("verify",), {}, "bilat-office migrate"),
        (("init", tmp_path), {}, "programme.yaml"),
        (("verify",), {"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL begins with"),
        (("verify",), {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "does not answer"),
    ):
        status, text = office(*arguments, data=tmp_path / "none", **settings)
        assert status == 2, text
        assert said in text
        assert "Traceback" not in text


WRITER = """
import sys
from datetime import UTC, datetime
from bilat_office.cli import prepare
prepare(None)
from bilat_office.records.services.changes import change_enter_alone
from bilat_office.records.services.keys import key_unlock, keys_kept
from bilat.register.orders import Actor
name, phrase = sys.argv[1:]
by = [
    Actor(name, key_unlock(key=keys_kept(side=side)[0].id, passphrase=phrase))
    for side in ("BLR", "KGZ")
]
at = datetime(2100, 1, 1, tzinfo=UTC)
for number in range(20):
    content = {"id": f"{name}-{number}", "title": name}
    change_enter_alone(new=[(("commitments", content["id"]), content)], reason="x", by=by, at=at)
"""


def test_two_processes_that_write_at_once_make_one_chain(data: Path) -> None:
    environment = {
        **os.environ,
        "BILAT_DATA": str(data),
        "PYTHONPATH": str(ROOT / "src"),
    }
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, name, PHRASE], env=environment)
        for name in ("ales", "aida", "irina")
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    status, text = office("verify", data=data)
    assert (status, "61 entries, all whole." in text) == (0, True), text


def test_a_writer_that_is_killed_leaves_a_whole_register(data: Path) -> None:
    environment = {**os.environ, "BILAT_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    endless = WRITER.replace("range(20)", "range(10**6)")
    writer = subprocess.Popen([sys.executable, "-c", endless, "ales", PHRASE], env=environment)
    with pytest.raises(subprocess.TimeoutExpired):
        writer.wait(timeout=2)
    writer.kill()
    writer.wait()
    status, text = office("verify", data=data)
    assert status == 0, text
    assert "all whole." in text


def test_an_office_begun_from_an_export_signs_once_its_keys_are_brought(
    data: Path, tmp_path: Path
) -> None:
    out, new, file = tmp_path / "out", tmp_path / "new", tmp_path / "minsk.pem"
    assert office("export", out, "--joint", data=data)[0] == 0
    status, text = office("init", out, data=new)
    assert (status, "cannot sign yet" in text, "key import FILE" in text) == (0, True, True)
    listed = office("key", "list", data=data)[1].splitlines()
    assert ["kept here" in line and "not kept" not in line for line in listed] == [True, True]
    key = next(line.split()[0] for line in listed if "BLR" in line)
    status, text = office("key", "revoke", key, "--reason", "Lost", data=new)
    assert (status, "not kept here" in text) == (2, True)
    assert office("key", "save", key, file, data=data)[0] == 0
    assert b"ENCRYPTED" in file.read_bytes()
    wrong = {"BILAT_PASSPHRASE": "guess"}
    assert office("key", "import", file, data=new, **wrong)[0] == 2
    status, text = office("key", "import", file, data=new)
    assert (status, "of BLR is kept here now" in text) == (0, True), text
    status, text = office("key", "import", file, data=new)
    assert (status, "already" in text) == (2, True)
    status, text = office("key", "rotate", key, "--reason", "Every year", data=new)
    assert (status, "has to countersign" in text) == (0, True), text


def test_a_key_that_the_register_does_not_know_is_not_brought_in(
    data: Path, tmp_path: Path
) -> None:
    from bilat.register.keys import lock_key

    stranger, clear = tmp_path / "stranger.pem", tmp_path / "clear.pem"
    stranger.write_bytes(lock_key(bytes(32), PHRASE))
    clear.write_text("-----BEGIN PRIVATE KEY-----")
    status, text = office("key", "import", stranger, data=data)
    assert (status, "no key" in text) == (2, True), text
    status, text = office("key", "import", clear, data=data)
    assert (status, "locked by a passphrase" in text) == (2, True), text
