"""What is kept for long is not looked through for garbage at every turn.

Of 10,000 measures Python keeps a million objects. Its collector would go through all of them again
and again, for a third of a second each time, and whoever asks for a page just then would wait.
"""

from __future__ import annotations

import gc
import time

AGAIN = 3600
"""Seconds between two collections that look at everything."""

_last = time.monotonic()


def set_aside() -> None:
    """Whatever there is now: it still goes when nothing refers to it any more.

    Objects that refer to each other, and were garbage or became it, go at the next `collect`.
    """
    gc.freeze()


def collect() -> None:
    """Look at everything, where that is some time ago. For moments in which nobody waits."""
    global _last  # noqa: PLW0603 (of the process, as the collector is)
    if time.monotonic() - _last > AGAIN:
        _last = time.monotonic()
        gc.unfreeze()
        gc.collect()
        gc.freeze()
