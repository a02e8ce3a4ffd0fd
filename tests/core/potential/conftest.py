"""Nothing in this room warns: what NumPy would warn of is a case that was not thought of."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOM = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if ROOM in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("error"))
