"""Boxes of forms that show what was typed, also where it is wrong."""

from __future__ import annotations

import re
from datetime import date

from django import template

register = template.Library()


@register.filter
def in_box(typed: object, kind: str) -> str:
    """``kind``, the type of the box, or text: a browser empties a day box that holds no day."""
    text = str(typed or "")
    return kind if not text or kind != "date" or _is_day(text) else "text"


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
