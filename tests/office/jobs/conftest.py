"""An office with a small programme: joint records, and one of each side with a marker word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.core.register.secretaries import AIDA, ALES, START, founding
from tests.office.records.office import Office

from bilat.programme import open_programme
from bilat_office.people.models import Person
from bilat_office.people.services.persons import person_add
from bilat_office.records.keeper import KEEPER
from bilat_office.records.services.founding import office_found

PROGRAMME = """
sources:
- {id: s, title: Table, publisher: Ministry}
bodies:
- {id: min-trade, kind: ministry, name: Ministry of trade, party: BLR}
- {id: min-economy, kind: ministry, name: Ministry of economy, party: KGZ}
commitments:
- {id: house, title: Open a trade house, owners: [min-trade], due: 2026-03-16, sources: [s]}
- {id: fair, title: Hold a fair, owners: [min-economy], due: 2026-02-28, sources: [s]}
- {id: far, title: Build a plant, owners: [min-trade], due: 2027-12-31, sources: [s]}
- {id: line, title: BELARUSONLY fall back, visibility: BLR, owners: [min-trade],
   due: 2026-03-16, sources: [s]}
- {id: reserve, title: KYRGYZONLY wait, visibility: KGZ, owners: [min-economy],
   due: 2026-03-16, sources: [s]}
contacts:
- {id: visit, title: Visit to Bishkek, kind: visit, planned: 2026-03-04, bodies: [min-trade],
   sources: [s]}
- {id: call, title: KYRGYZONLY call, kind: call, planned: 2026-03-04, visibility: KGZ,
   sources: [s]}
indicators:
- {id: turnover, title: Trade, measures: turnover, unit: million USD}
targets:
- {id: goal, title: 150 million of trade, indicator: turnover, value: 150, unit: million USD,
   sources: [s], statements: [{side: BLR, announced: 2024-11, by: 2028}]}
observations:
- {id: o23, indicator: turnover, period: 2023, value: 100, vintage: 2024-03-01,
   unit: million USD, reporter: BLR,
   sources: [s]}
- {id: o24, indicator: turnover, period: 2024, value: 110, vintage: 2025-03-01,
   unit: million USD, reporter: BLR,
   sources: [s]}
"""


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A data folder of this test's own; and the process must not remember another database."""
    settings.DATA_FOLDER = tmp_path / "data"
    settings.OFFICE_LETTERS_HOUR = 5
    KEEPER.forget()
    yield
    KEEPER.forget()


@pytest.fixture
def office(db: None, folder: Callable[..., Path]) -> Office:
    programme = open_programme(folder(PROGRAMME))
    office_found(programme=programme, founding=founding("two"), by=[ALES, AIDA], keys=[],
                 reason="The beginning", at=START)  # fmt: skip
    return Office()


@pytest.fixture
def invite(office: Office) -> Callable[..., Person]:
    def add(name: str = "Irina Petrova", **given: Any) -> Person:
        email = f"{name.partition(' ')[0].lower()}@example.org"
        asked = {"email": email, "side": "BLR", "roles": ["secretary"], **given}
        return person_add(name=name, sides=("BLR", "KGZ"), at=START, **asked)

    return add


@pytest.fixture
def irina(invite: Callable[..., Person]) -> Person:
    return invite()


@pytest.fixture
def bakyt(invite: Callable[..., Person]) -> Person:
    return invite("Bakyt Asanov", side="KGZ", language="ru")
