"""Products over a denominator, rounded half up, exactly: integers of 64 bits and no floats' error.

A product such as balance × rate × days is far beyond 64 bits. Its quotient is estimated in floats;
what the estimate leaves is computed modulo 2⁶⁴. The true rest is a few denominators at most, so it
is known exactly from its last 64 bits, and corrects the estimate.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bilat.programme.deal_amounts import NOISE

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LARGEST = 10**15
"""Units of money up to which the estimate is off by less than a few whole units."""


def quotient(base: Ints, rate: Ints, days: Ints, denominator: int) -> Ints:
    """base · rate · days / denominator, half up; what is within `NOISE` of a half is one.

    None is negative; base ≤ `LARGEST`, the denominator below 2⁴⁴, the quotient about base at most.
    """
    estimate = np.floor(base.astype(np.float64) * rate * days / denominator).astype(np.int64)
    with np.errstate(over="ignore"):  # modulo 2⁶⁴ is what is wanted
        rest = base * rate * days - estimate * denominator
    whole, rest = np.divmod(rest, denominator)
    near = int(denominator * NOISE)  # twice half the noise, as the rest is doubled
    return np.asarray(estimate + whole + (2 * rest + near >= denominator))
