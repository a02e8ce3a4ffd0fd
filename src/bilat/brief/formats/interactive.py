"""Charts that answer the mouse: Vega itself inside the page, so that no network is needed.

The drawing stands in the page as well: it is what paper, and a reader without scripts, sees.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from markupsafe import Markup

_START = """
for (const place of document.querySelectorAll('script[data-chart]')) {
  const drawing = place.previousElementSibling;
  const live = document.createElement('div');
  live.className = 'live';
  place.after(live);
  vegaEmbed(live, JSON.parse(place.textContent),
            {ast: true, actions: false, renderer: 'svg', formatLocale: window.bilatLocale})
    .then(() => { drawing.classList.add('only-print'); })
    .catch(() => { live.remove(); });
}
"""
"""``ast``: without it Vega compiles expressions, which a strict page forbids."""

_RUSSIAN = {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", ""]}


def with_spec(drawing: Markup, spec: dict[str, Any]) -> Markup:
    """The drawing, and beside it what it is drawn from."""
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True).replace("</", "<\\/")
    tag = Markup('<script type="application/json" data-chart>{0}</script>')
    return drawing + tag.format(Markup(text))  # noqa: S704 (JSON of our own spec)


def library(lang: str) -> Markup:
    """Vega with all it needs, and the start of every chart in the page."""
    locale = json.dumps(_RUSSIAN) if lang == "ru" else "undefined"
    return Markup(  # noqa: S704 (the library's own code, and a constant)
        f'<script>window.bilatLocale={locale}</script><script type="module">{_bundle()}</script>'
    )


@cache
def _bundle() -> str:
    import vl_convert

    return str(vl_convert.javascript_bundle(_START)).replace("</script", "<\\/script")
