"""Where the database is: SQLite in the data folder, or what DATABASE_URL names."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from bilat_office.environment import env_database


def test_without_an_address_it_is_sqlite_in_the_data_folder() -> None:
    settings = env_database({}, Path("data"))
    assert settings["NAME"] == Path("data/office.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_of_postgresql_is_read_part_by_part() -> None:
    url = "postgresql://min%40trade:p%3Aw%2F1@db.example:5433/office?sslmode=verify-full"
    settings = env_database({"DATABASE_URL": url}, Path("data"))
    parts = {name: settings[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    assert parts == {
        "USER": "min@trade",
        "PASSWORD": "p:w/1",
        "HOST": "db.example",
        "PORT": "5433",
        "NAME": "office",
    }
    assert settings["OPTIONS"] == {"sslmode": "verify-full"}


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mysql://u:secret@h/d", "begins with “mysql:”"),
        ("office.sqlite3", "begins with “:”"),
        ("postgresql://u:secret@h:port/d", "no readable port"),
        ("postgresql://u:secret@h:99999/d", "no readable port"),
        ("postgresql://u:secret@h", "names no database"),
        ("postgresql://u:secret@h/a/b", "names no database"),
        ("postgresql://u:secret@h/d?colour=red", "option “colour”"),
    ],
)
def test_nonsense_is_refused_without_showing_the_password(url: str, complaint: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=complaint) as refusal:
        env_database({"DATABASE_URL": url}, Path("data"))
    assert "secret" not in str(refusal.value)


def test_sqlite_keeps_foreign_keys(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL always does")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
