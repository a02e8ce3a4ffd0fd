"""Two customs reports of one flow become one flow with its uncertainty.

`mirror` takes a table of reports and gives flows; `reconcile` does the same on arrays.
`expected_table` sets beside each report what the other side's lets expect; `expected_reports` does
the same on arrays.
"""

from bilat.mirror.cells import Cells, Geography
from bilat.mirror.expected import EXPORTER, IMPORTER, Expected, expected_reports
from bilat.mirror.expected_table import expected_table
from bilat.mirror.reconcile import Flows, reconcile
from bilat.mirror.strata import reconcile_strata
from bilat.mirror.tables import Mirrored, as_table, mirror, mirror_to_file, write_flows

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
