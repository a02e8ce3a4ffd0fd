"""What can be wrong with a single report, besides noise: a table of faults.

A report is sound, or slipped by a power of ten or a thousand (a wrong unit), or wrong by an unknown
amount (declared under another product, mistyped). How often each happens is estimated, per side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bilat.mirror.cells import Floats

SLIPS = np.log([10.0, 0.1, 1000.0, 0.001])
SOUND, TENFOLD, TENTH, THOUSANDFOLD, THOUSANDTH, WRONG = range(6)
KINDS = 6
RAREST = 1e-7


@dataclass(frozen=True)
class Faults:
    """rates: (6,) probability of each kind, adding to 1. shift: (6,) what it adds to the log.
    variance: (6,) what it adds to the log variance.
    """

    rates: Floats
    shift: Floats
    variance: Floats

    def with_wrong(self, shift: float, variance: float) -> Faults:
        """The same, the kind `WRONG` centred and as wide as given."""
        shifts, variances = self.shift.copy(), self.variance.copy()
        shifts[WRONG], variances[WRONG] = shift, variance
        return replace(self, shift=shifts, variance=variances)

    def with_rates(self, counts: Floats, prior: float = 1.0) -> Faults:
        """Rates renewed from (6,) expected counts, with ``prior`` reports of belief in the old."""
        rates = np.maximum((counts + prior * self.rates) / (counts.sum() + prior), RAREST)
        return replace(self, rates=rates / rates.sum())


def usual_faults() -> Faults:
    """Before anything is seen: some percent wrong, some per mille slipped."""
    rates = np.array([0.0, 2e-3, 2e-3, 3e-4, 3e-4, 0.02])
    rates[SOUND] = 1 - rates.sum()
    shift = np.concatenate([[0.0], SLIPS, [0.0]])
    variance = np.zeros(KINDS)
    variance[WRONG] = 1.0
    return Faults(rates, shift, variance)
