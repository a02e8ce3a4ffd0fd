"""For other rooms of the office that keep what one side alone may see, under the same security."""

from __future__ import annotations

from contextlib import AbstractContextManager

from bilat_office.records.vendor import EVERYTHING, reading_as
from bilat_office.records.viewer import Viewer


def rows_of(viewer: Viewer) -> AbstractContextManager[None]:
    """Inside, PostgreSQL shows this transaction the rows of the viewer's side alone."""
    return reading_as(viewer.side or "")


def every_row() -> AbstractContextManager[None]:
    """For services, which keep the sides apart themselves."""
    return reading_as(EVERYTHING)
