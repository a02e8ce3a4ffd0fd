"""Every access to records that only one side may see is written down, and stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bilat.register.kinds import Name, name_of
from bilat_office.people.models import AuditLine
from bilat_office.records.viewer import Viewer

MOST = 200
"""Names in one line; of more, the number is told."""


def audit_write(
    *, viewer: Viewer, action: str, names: Collection[Name], at: datetime, address: str = ""
) -> None:
    """One line for one request. Nothing when there was nothing private."""
    if not names:
        return
    shown = sorted(name_of(*name) for name in names)
    if len(shown) > MOST:
        shown = [*shown[:MOST], f"+{len(shown) - MOST}"]
    AuditLine.objects.create(
        at=at,
        person=viewer.person or "",
        side=viewer.side or "",
        action=action,
        records=shown,
        address=address,
    )
