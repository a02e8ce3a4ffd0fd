"""Each story begins with an office of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from tests.office.api.world import World

from bilat.register.kinds import Mode
from bilat_office.api.computed import KEPT_ANSWERS
from bilat_office.records.keeper import KEEPER


@pytest.fixture(autouse=True)
def _another_database() -> Iterator[None]:
    """The process must not remember another database."""
    KEEPER.forget()
    KEPT_ANSWERS.forget()
    yield
    KEEPER.forget()


@pytest.fixture
def begin(db: None) -> Callable[..., World]:
    def begun(mode: Mode = "two") -> World:
        cache.clear()
        return World.begin(mode)

    return begun


@pytest.fixture
def world(begin: Callable[..., World]) -> World:
    return begin()
