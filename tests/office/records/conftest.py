"""One office with both sides' keys at hand, as a test of either side needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from tests.core.register.secretaries import AIDA, ALES, at, founding
from tests.office.records.office import Office

from bilat.register.kinds import Mode
from bilat_office.records.keeper import KEEPER


@pytest.fixture(autouse=True)
def _another_database() -> Iterator[None]:
    """Each test begins with an empty database, and the process must not remember another."""
    KEEPER.forget()
    yield
    KEEPER.forget()


@pytest.fixture
def found(db: None) -> Callable[..., Office]:
    def begin(mode: Mode = "two") -> Office:
        with KEEPER.writing(founding(mode)):
            pass
        return Office()

    return begin


@pytest.fixture
def office(found: Callable[..., Office]) -> Office:
    return found()


__all__ = ["AIDA", "ALES", "at"]
