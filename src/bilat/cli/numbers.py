"""Numbers as people write them on a command line: shares, amounts, rates of exchange."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

import click

from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.language import Words
from bilat.vocabulary.currencies import is_currency, unknown_currency


def number_of(text: str) -> Decimal | None:
    """None for what is no number, or no finite one. A comma may part the decimals."""
    try:
        number = Decimal(text.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def currency_of(text: str) -> str:
    """A misspelt code would be a rate that nothing uses. Raises BadParameter."""
    code = text.strip().upper()
    if not is_currency(code):
        raise click.BadParameter(Words(reader_language())(unknown_currency(code)))
    return code


class Share(click.ParamType[Decimal]):
    """20% or 0.2, in per cent; a number from 1 on without the sign could be either."""

    name = "share"

    def convert(self, value: Any, param: Any, ctx: Any) -> Decimal:
        if isinstance(value, Decimal):
            return value
        text = str(value).strip()
        number = number_of(text.removesuffix("%"))
        if number is None or number < 0:
            self.fail(_("“{value}” is no share: write 20% or 0.2", value=value))
        if text.endswith("%"):
            return number
        if number >= 1:
            self.fail(_("“{value}” could be a percentage: write {value}% or 0.2", value=value))
        return number * 100


class Amount(click.ParamType[Decimal]):
    """240000, 240000.50, 240e3; not negative."""

    name = "amount"

    def convert(self, value: Any, param: Any, ctx: Any) -> Decimal:
        amount = number_of(str(value))
        if amount is None or amount < 0:
            self.fail(_("“{value}” is no amount: write 240000, 240000.50 or 120e6", value=value))
        return amount


class Named(click.ParamType[tuple[str, Decimal]]):
    """``CIRR=4.52``: a name and a number above zero."""

    name = "named"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, Decimal]:
        if isinstance(value, tuple):
            return value
        name, sign, text = str(value).partition("=")
        number = number_of(text.removesuffix("%"))
        if not (name.strip() and sign) or number is None or number <= 0:
            self.fail(_("“{value}” is no name with a number: write CIRR=4.52", value=value))
        return name.strip(), number


class Rate(click.ParamType[tuple[str, Decimal]]):
    """``EUR=1.08``: what one unit of a currency is worth."""

    name = "rate"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, Decimal]:
        if isinstance(value, tuple):
            return value
        currency, _sign, worth = str(value).partition("=")
        rate = number_of(worth)
        if rate is None or rate <= 0:
            self.fail(_("“{value}” is no rate: write EUR=1.08", value=value))
        return currency_of(currency), rate


def one_each(rates: Iterable[tuple[str, Decimal]], unit: str) -> dict[str, Decimal]:
    """By currency. BadParameter where one has two rates, or ``unit`` itself is not worth one."""
    found: dict[str, Decimal] = {}
    for currency, rate in rates:
        if found.setdefault(currency, rate) != rate:
            what = _("{currency} has two rates, {first} and {second}: keep one",
                     currency=currency, first=found[currency], second=rate)  # fmt: skip
            raise click.BadParameter(what, param_hint="--rate")
    if found.pop(unit, Decimal(1)) != 1:
        what = _("amounts are in {currency}: a rate is that of another currency", currency=unit)
        raise click.BadParameter(what, param_hint="--rate")
    return found
