"""Linear algebra on one thread a process, so that others on a server keep their processors.

BLAS takes all of them by default, in each process that computes: several workers, each with as many
threads as there are processors, only stand in each other's way. NumPy's library reads its limit
once, when it is loaded; so programs set it as they begin, and a notebook does as it likes.
"""

from __future__ import annotations

import os

LIMITS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""One for each library that NumPy may come with."""


def one_thread() -> None:
    """Before NumPy is loaded. Whoever has set a limit of his own keeps it."""
    for name in LIMITS:
        os.environ.setdefault(name, "1")
