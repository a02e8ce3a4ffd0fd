"""Every access to records that only one side may see is written down, and stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from bilat.register.kinds import Name, name_of
from bilat_office.people.models import AuditLine
from bilat_office.records.viewer import Viewer

Looked = Literal[
    "list", "search", "get", "back_links", "history", "drafts", "programme", "named", "brief",
    "files", "file", "file search", "file add", "file remove", "reminder", "digest",
]  # fmt: skip
"""Everything that is written of; each has its sentence on the page of the audit."""
MOST = 200
"""Names in one line; of more, the number is told."""


def audit_write(
    *,
    viewer: Viewer,
    action: Looked,
    names: Collection[Name],
    at: datetime,
    address: str = "",
    job: str = "",
) -> None:
    """One line for one request. Nothing when there was nothing private.

    job: its kind, where the viewer's job looked and not the viewer.
    """
    if not names:
        return
    shown = sorted(name_of(*name) for name in names)
    if len(shown) > MOST:
        shown = [*shown[:MOST], f"+{len(shown) - MOST}"]
    AuditLine.objects.create(
        at=at,
        person=viewer.person or "",
        side=viewer.side or "",
        action=f"{job}: {action}" if job else action,
        records=shown,
        address=address,
    )
