"""Settings from the environment; nonsense is refused at the door."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")
_POSTGRESQL = ("postgres", "postgresql")
_FORM = "write postgresql://USER@HOST:5432/NAME, or leave it out for SQLite"
# WAL: readers go on while one writes. IMMEDIATE: a writer waits at its start, not half way.
_SQLITE: Mapping[str, Any] = {
    "timeout": 30,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000",
}


KEY_FILE = "secret.key"
"""File of the data folder with the key that sessions are signed with."""


def env_bool(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Raises ImproperlyConfigured for a value that is neither yes nor no."""
    text = environment.get(name)
    if text is None:
        return default
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={text}: write true or false")


def env_database(environment: Mapping[str, str], data: Path) -> dict[str, Any]:
    """Django's settings of the database that ``DATABASE_URL`` names; SQLite in ``data`` without it.

    Raises ImproperlyConfigured, never showing a password.
    """
    url = environment.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "office.sqlite3",
            "OPTIONS": {**_SQLITE},
        }
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"DATABASE_URL has no readable port: {_FORM}") from None
    if parts.scheme not in _POSTGRESQL:
        raise ImproperlyConfigured(f"DATABASE_URL begins with “{parts.scheme}:”: {_FORM}")
    name = unquote(parts.path.lstrip("/"))
    if not name or "/" in name:
        raise ImproperlyConfigured(f"DATABASE_URL names no database: {_FORM}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": _postgresql_options(parts.query),
    }


def _postgresql_options(query: str) -> dict[str, str]:
    """Options of libpq that a URL may carry; an unknown one is refused, not ignored."""
    known = ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "options")
    options = dict(parse_qsl(query, keep_blank_values=True))
    for name in options:
        if name not in known:
            raise ImproperlyConfigured(
                f"DATABASE_URL has an option “{name}”: known are {', '.join(known)}"
            )
    return options


def env_secret(environment: Mapping[str, str], data: Path) -> str:
    """The key that sessions are signed with: given, else the one kept beside the data.

    Without either, one of this process alone: whoever signs in must do so again after a restart.
    """
    if given := environment.get("BILAT_SECRET_KEY"):
        return given
    path = data / KEY_FILE
    return path.read_text(encoding="utf-8") if path.is_file() else token_urlsafe(50)


def keep_secret(data: Path) -> None:
    """Make the key beside the data, once, so that every process of the office has the same."""
    path = data / KEY_FILE
    if path.exists():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(token_urlsafe(50))
