"""The storage of the office as a Django application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 (Django's word)


class RecordsConfig(AppConfig):
    name = "bilat_office.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        register(check_role, Tags.database)


def check_role(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A superuser, or a role with BYPASSRLS, stands above row security: it guards nothing then."""
    from django.db import connection

    if "default" not in (databases or ()) or connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        role, above = cursor.fetchone()
    if not above:
        return []
    hint = f"Let it connect as another: CREATE ROLE office LOGIN; not as {role}."
    text = f"The role {role} stands above row security: only the Door keeps the sides apart."
    return [Warning(text, hint=hint, id="records.W001")]
