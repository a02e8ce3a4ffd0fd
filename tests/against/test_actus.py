"""Every event of ACTUS's public reference contracts.

Expected: actusfrf/actus-tests, CC BY-SA 4.0, made with the ACTUS Foundation's own implementation in
double precision; hence 1e-8, relative.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bilat.finance.actus.layout import read_cases
from bilat.finance.actus.reference import compare

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "actus"


@pytest.mark.parametrize("kind", ["pam", "ann", "lam", "nam"])
def test_every_event_is_that_of_the_reference(kind: str) -> None:
    file = REFERENCE / f"{kind}.json"
    if not file.is_file():
        pytest.skip(f"{file} is not here")
    compared = [compare(name, case) for name, case in read_cases(file).items()]
    assert sum(one.events for one in compared) > 100
    assert [one for one in compared if not one.equal] == []
