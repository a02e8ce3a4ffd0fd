"""A chart on a page: a telephone scrolls it in a box of its own, and its labels can be read."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
LARGER, WIDEST = 1.15, 940
"""Charts are drawn for paper, with letters of 11 units: in pixels that is small. None is made wider
than a page.
"""
_SIZE = re.compile(r' (width|height)="([\d.]+)"')


@register.inclusion_tag("pages/chart.html")
def chart(svg: str, label: str = "") -> dict[str, SafeString | str]:
    """label: what a screen reader says of it, where the text around it does not say the same."""
    return {"svg": mark_safe(for_screen(svg)), "label": label}  # noqa: S308 (our own drawing)


def for_screen(svg: str) -> str:
    """The same drawing, whose own size in pixels is the least at which it can be read."""
    head, end, rest = svg.partition(">")
    size = {name: float(value) for name, value in _SIZE.findall(head)}
    scale = max(1.0, min(LARGER, WIDEST / size["width"]))

    def scaled(found: re.Match[str]) -> str:
        return f' {found[1]}="{size[found[1]] * scale:.0f}"'

    return _SIZE.sub(scaled, head) + end + rest
