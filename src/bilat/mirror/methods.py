"""How each flow came to its value, in words that stand beside it in the table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

(
    BOTH,
    EXPORTER_WRONG,
    IMPORTER_WRONG,
    BOTH_WRONG,
    EXPORTER,
    IMPORTER,
    EXPORTER_MENDED,
    IMPORTER_MENDED,
    POOLED,
    POOLED_EXPORTER_WRONG,
    POOLED_IMPORTER_WRONG,
    POOLED_EXPORTER,
    POOLED_IMPORTER,
    CONFIDENTIAL,
    RESIDUAL,
) = range(15)
NO_DISTANCE, SCALED = 32, 64
"""Added to a code: the margin knows no distance; the products were made to add up to the total."""

WORDS = (
    "both reports, weighted",
    "both reports; gross error of the exporter",
    "both reports; gross error of the importer",
    "both reports; both in gross error",
    "exporter alone, bias taken off",
    "importer alone, bias and margin taken off",
    "exporter alone, slip mended",
    "importer alone, slip mended",
    "both reports, believed alike (small sample)",
    "both reports; the exporter's breaks its series (small sample)",
    "both reports; the importer's breaks its series (small sample)",
    "exporter alone (small sample)",
    "importer alone, usual margin taken off (small sample)",
    "confidential, as reported",
    "confidential: total less products",
)


def names() -> list[str]:
    """Every code's words, 0 to 127; unused codes are empty."""
    found = []
    for code in range(128):
        plain = code & 31
        words = WORDS[plain] if plain < len(WORDS) else ""
        words += "; margin without distance" if words and code & NO_DISTANCE else ""
        words += "; made to add up to the total" if words and code & SCALED else ""
        found.append(words)
    return found


def in_words(method: NDArray[np.uint8]) -> list[str]:
    """(n,) codes as words."""
    known = names()
    return [known[code] for code in method]
