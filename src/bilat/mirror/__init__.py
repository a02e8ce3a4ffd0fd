"""Two customs reports of one flow become one flow with its uncertainty.

`mirror` takes a table of reports and gives flows; `reconcile` does the same on arrays.
"""

from bilat.mirror.cells import Cells, Geography
from bilat.mirror.reconcile import Flows, reconcile
from bilat.mirror.strata import reconcile_strata
from bilat.mirror.tables import Mirrored, as_table, mirror, write_flows

__all__ = [
    "Cells",
    "Flows",
    "Geography",
    "Mirrored",
    "as_table",
    "mirror",
    "reconcile",
    "reconcile_strata",
    "write_flows",
]
