"""Two customs reports of one flow become one flow with its uncertainty.

`mirror` takes a table of reports and gives flows; `reconcile` does the same on arrays.
`expected_table` sets beside each report what the other side's lets expect; `expected_reports` does
the same on arrays. Each is loaded when it is asked for: arrays need no Arrow and no database.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilat.mirror.cells import Cells, Geography
    from bilat.mirror.expected import EXPORTER, IMPORTER, Expected, expected_reports
    from bilat.mirror.flows import Flows, reconcile
    from bilat.mirror.strata import reconcile_strata
    from bilat.mirror.tables import Mirrored, as_table, mirror, mirror_to_file, write_flows
    from bilat.mirror.verdicts import expected_table

_HOMES = {
    "cells": ("Cells", "Geography"),
    "expected": ("EXPORTER", "IMPORTER", "Expected", "expected_reports"),
    "flows": ("Flows", "reconcile"),
    "strata": ("reconcile_strata",),
    "tables": ("Mirrored", "as_table", "mirror", "mirror_to_file", "write_flows"),
    "verdicts": ("expected_table",),
}

__all__ = [
    "EXPORTER",
    "IMPORTER",
    "Cells",
    "Expected",
    "Flows",
    "Geography",
    "Mirrored",
    "as_table",
    "expected_reports",
    "expected_table",
    "mirror",
    "mirror_to_file",
    "reconcile",
    "reconcile_strata",
    "write_flows",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        for home, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{home}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
