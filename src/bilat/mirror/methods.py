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


def _in_words() -> dict[int, str]:
    """Every code that can be, with its words; no two say the same."""
    ends = {
        0: "",
        NO_DISTANCE: "; margin without distance",
        SCALED: "; made to add up to the total",
        NO_DISTANCE + SCALED: "; margin without distance; made to add up to the total",
    }
    return {
        code + more: words + end for more, end in ends.items() for code, words in enumerate(WORDS)
    }


_WORDS = _in_words()
NAMES = tuple(_WORDS.values())
"""What can stand in the table, each once: a file's dictionary must not say the same thing twice
(Arrow writes such a one with memory behind it that it never filled)."""
_PLACES = np.zeros(128, np.int32)
_PLACES[list(_WORDS)] = np.arange(len(_WORDS))


def places(method: NDArray[np.uint8]) -> NDArray[np.int32]:
    """(n,) where the words of each code stand among `NAMES`."""
    return _PLACES[method]
