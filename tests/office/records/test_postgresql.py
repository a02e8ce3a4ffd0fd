"""The same stories on PostgreSQL: as a role that is no superuser, under row security."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from tests.core.register.secretaries import measure
from tests.office.records.office import IRINA, Office

from bilat_office.records import models
from bilat_office.records.services.drafts import draft_create
from bilat_office.records.services.private import private_save

ROOT = Path(__file__).parents[3]
SERVER = os.environ.get("BILAT_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture
def database() -> Iterator[str]:
    """A role without rights of its own and its database; both are taken away afterwards."""
    psycopg = pytest.importorskip("psycopg")
    name = f"bilat_test_{os.getpid()}"
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL to test with: {error}")
    with server:
        server.execute(f"CREATE ROLE {name} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
        try:
            server.execute(f"CREATE DATABASE {name} OWNER {name}")
            host, port = server.info.host, server.info.port
            yield f"postgresql://{name}@{host}:{port}/{name}"
        finally:
            for database in (name, f"test_{name}"):
                server.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            server.execute(f"DROP ROLE {name}")


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is the inner run")
def test_every_story_of_the_storage_is_the_same_on_postgresql(database: str) -> None:
    """The whole folder once more, in a process whose settings name the other engine."""
    pure = ("test_projection.py", "test_database_address.py")
    left_out = [f"--ignore={Path(__file__).parent / name}" for name in pure]
    here = str(Path(__file__).parent)
    arguments = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *left_out, here]
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is the inner run")
def test_the_commands_work_on_postgresql(database: str, tmp_path: Path) -> None:
    from tests.office.records.terminal import EXAMPLE, office

    for arguments, said in (
        (("migrate",), "up to date"),
        (("init", EXAMPLE), "1 entry."),
        (("verify",), "1 entry, whole."),
        (("rebuild",), "made afresh"),
        (("import", EXAMPLE), "nothing changes"),
        (("export", tmp_path / "out"), "written"),
        (("import", tmp_path / "out"), "0 new messages"),
    ):
        status, text = office(*arguments, DATABASE_URL=database, BILAT_DATA=str(tmp_path))
        assert (status, said in text) == (0, True), text


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is the inner run")
def test_processes_that_write_at_once_make_one_chain_on_postgresql(
    database: str, tmp_path: Path
) -> None:
    from tests.office.records.terminal import EXAMPLE, PHRASE, office
    from tests.office.records.test_commands import WRITER

    settings: dict[str, Any] = {"DATABASE_URL": database, "BILAT_DATA": str(tmp_path)}
    assert office("init", EXAMPLE, "--solo", **settings)[0] == 0
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT / "src")}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, name, PHRASE], env=environment)
        for name in ("ales", "aida", "irina")
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    status, text = office("verify", **settings)
    assert (status, "61 entries, all whole." in text) == (0, True), text


@pytest.fixture
def on_postgresql(office: Office) -> Office:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has row security")
    content = {"id": "line", "title": "Fall back to 300 million"}
    private_save(section="commitments", content=content, by=IRINA, at=office.now())
    new = [(("commitments", "plan"), {"id": "plan", "title": "Soon"})]
    draft_create(new=new, reason="Soon", by=IRINA, at=office.now())
    return office


TABLES = ("privateversion", "draft", "row", "reference", "words", "words_own")


def visible(side: str | None) -> dict[str, int]:
    """What a raw query, without any door or filter, can see of the private records."""
    found = {}
    with connection.cursor() as cursor:
        if side is not None:
            cursor.execute("SELECT set_config('bilat.viewer_side', %s, true)", [side])
        for table in TABLES:
            private = "side" if table in ("privateversion", "draft") else "visibility"
            cursor.execute(f"SELECT count(*) FROM records_{table} WHERE {private} = 'BLR'")  # noqa: S608
            found[table] = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('bilat.viewer_side', '', true)")
    return found


def test_a_query_that_went_past_the_door_sees_nothing_private(on_postgresql: Office) -> None:
    nothing = dict.fromkeys(TABLES, 0)
    assert visible(None) == nothing
    assert visible("KGZ") == nothing
    assert visible("joint") == nothing
    assert visible("BLR") == {**dict.fromkeys(TABLES, 1), "reference": 0}
    assert not models.PrivateVersion.objects.exists()
    assert not models.Row.objects.exists()


def test_words_that_carry_no_policy_are_those_of_joint_records(on_postgresql: Office) -> None:
    on_postgresql.agree(measure("school", "Build a school"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT visibility FROM records_words_joint")
        assert cursor.fetchall() == [("joint",)]
        cursor.execute("SELECT count(*) FROM records_words")  # nobody has said who reads
        assert cursor.fetchone() == (0,)


def test_a_search_of_joint_words_can_use_its_index(on_postgresql: Office) -> None:
    """Under a policy the operator of the search would have to read every row."""
    from bilat_office.records.vendor import reading_as

    with reading_as("BLR"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        question = "words @@ to_tsquery('records_words', 'school')"
        cursor.execute(f"EXPLAIN SELECT row_id FROM records_words_joint WHERE {question}")  # noqa: S608
        joint = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute(f"EXPLAIN SELECT row_id FROM records_words_own WHERE {question}")  # noqa: S608
        own = "\n".join(line for (line,) in cursor.fetchall())
    assert "records_words_found" in joint
    assert "viewer_side" in own or "InitPlan" in own  # the policy is asked first


def test_a_private_row_cannot_be_written_in_the_name_of_the_other_side(
    on_postgresql: Office,
) -> None:
    from django.db import DatabaseError, transaction

    from bilat_office.records.vendor import reading_as

    refusal = pytest.raises(DatabaseError, match="row-level security")
    with refusal, transaction.atomic(), reading_as("KGZ"):
        models.PrivateVersion.objects.create(
            side="BLR", section="commitments", record="x", number=1, author="x", time="x"
        )


def test_who_reads_is_forgotten_when_the_door_closes(on_postgresql: Office) -> None:
    assert on_postgresql.door("BLR").get("commitments", "line")
    assert visible(None) == dict.fromkeys(TABLES, 0)


def test_an_error_behind_the_door_leaves_nothing_open(on_postgresql: Office) -> None:
    from django.db import DatabaseError, transaction

    from bilat_office.records.vendor import reading_as

    wrong = pytest.raises(DatabaseError, match="no_such_table")
    with wrong, transaction.atomic(), reading_as("BLR"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert visible(None) == dict.fromkeys(TABLES, 0)


def test_the_office_says_when_its_role_stands_above_row_security(on_postgresql: Office) -> None:
    assert run_checks(tags=["database"], databases=["default"]) == []
