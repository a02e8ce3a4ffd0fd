"""Values of ``bilat compare``'s options: shares, and numbers with a name."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import click

from bilat.cli.words import translate as _


def _number(text: str) -> Decimal | None:
    """None for what is no number."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


class Share(click.ParamType[Decimal]):
    """20% or 0.2, in percent; a number from 1 on without the sign could be either."""

    name = "share"

    def convert(self, value: Any, param: Any, ctx: Any) -> Decimal:
        if isinstance(value, Decimal):
            return value
        text = str(value).strip()
        number = _number(text.removesuffix("%"))
        if number is None or number < 0:
            self.fail(_("“{value}” is no share: write 20% or 0.2", value=value))
        if text.endswith("%"):
            return number
        if number >= 1:
            self.fail(_("“{value}” could be a percentage: write {value}% or 0.2", value=value))
        return number * 100


class Named(click.ParamType[tuple[str, Decimal]]):
    """``EUR=1.08``, ``CIRR=4.52``: a name and a number above zero."""

    name = "named"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, Decimal]:
        if isinstance(value, tuple):
            return value
        name, sign, text = str(value).partition("=")
        number = _number(text.removesuffix("%"))
        if not (name.strip() and sign) or number is None or number <= 0:
            self.fail(_("“{value}” is no name with a number: write EUR=1.08", value=value))
        return name.strip(), number
