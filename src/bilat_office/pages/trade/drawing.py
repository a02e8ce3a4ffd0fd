"""Charts of the trade pages as SVG, drawn once for a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.cache import cache

from bilat.brief.charts import picture
from bilat_office.pages.reckoning import KEPT_FOR
from bilat_office.pages.visit import Visit


def drawn(key: str, visit: Visit, make: Callable[[], Any]) -> str:
    """key: of `keeping.key_of`, with whatever the chart depends on."""
    kept = cache.get(key)
    if kept is None:
        kept = picture(make(), "svg", visit.words.lang).decode()
        cache.set(key, kept, timeout=KEPT_FOR)
    return str(kept)
