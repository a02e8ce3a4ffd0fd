"""Each story of a page begins with an office of its own, and people who have signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.office.api.world import World

from bilat.register.kinds import Mode
from bilat_office.pages.notices.waiting import COUNTS
from bilat_office.pages.reckoning import BRIEFS, FACTS, OWN_NAMES, PROGRAMMES
from bilat_office.pages.visit import HEADINGS
from bilat_office.records.keeper import KEEPER

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Desk:
    """A world, and a browser for each person of it."""

    world: World

    def browser(self, side: str = "BLR", role: str = "secretary", **given: Any) -> Client:
        client = Client(**given)
        client.force_login(self.world.people[side, role], backend=BACKEND)
        return client


@pytest.fixture(autouse=True)
def _another_database() -> Iterator[None]:
    """The process must not remember another database."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    KEEPER.forget()
    PROGRAMMES.forget()
    BRIEFS.forget()
    FACTS.forget()
    OWN_NAMES.forget()
    HEADINGS.forget()
    COUNTS.forget()


@pytest.fixture
def begin(db: None) -> Callable[..., Desk]:
    def begun(mode: Mode = "two") -> Desk:
        cache.clear()
        return Desk(World.begin(mode))

    return begun


@pytest.fixture
def office(begin: Callable[..., Desk]) -> Desk:
    return begin()
