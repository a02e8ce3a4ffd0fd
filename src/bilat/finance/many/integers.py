"""Products over a denominator, rounded half up, exactly: integers of 64 bits and no floats' error.

A product such as balance × rate × days is far beyond 64 bits. Its quotient is estimated in floats;
what the estimate leaves is computed modulo 2⁶⁴. The true rest is less than two denominators, so it
is known exactly from its last 64 bits, and corrects the estimate.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bilat.programme.deal_amounts import NOISE

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LARGEST = 10**13
"""Units of money: with a rate of one over ten years the quotient is ten times that, and the
estimate, with an error of a few 2⁻⁵², is off by less than one."""


def quotient(base: Ints, rate: Ints, days: Ints, denominator: int) -> Ints:
    """base · rate · days / denominator, half up; what is within `NOISE` of a half is one.

    None is negative; base ≤ `LARGEST`, the denominator below 2⁴⁴, the quotient ≤ 10 · `LARGEST`.
    """
    if not rate.any():
        return np.zeros_like(base)
    estimate = np.floor(base.astype(np.float64) * rate * days / denominator).astype(np.int64)
    with np.errstate(over="ignore"):  # modulo 2⁶⁴ is what is wanted
        rest = base * rate * days - estimate * denominator
    near = int(denominator * NOISE)  # twice half the noise, as the rest is doubled
    doubled = 2 * rest + near
    up = (doubled >= denominator).astype(np.int64) + (doubled >= 3 * denominator)
    return np.asarray(estimate + up - (doubled < -denominator))
