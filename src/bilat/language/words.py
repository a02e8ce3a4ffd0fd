"""The words of one language: sentences, numbers and dates as its readers expect them."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bilat.language.message import Message, say
from bilat.language.text import pick

LOCALE_FOLDER = Path(__file__).parents[1] / "locale"


_DAYS = {
    (False, False): "d MMMM y",
    (False, True): "d MMM y",
    (True, False): "d MMMM y 'г'.",
    (True, True): "dd.MM.y",
}
"""(Russian?, short?) → pattern."""


@lru_cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    return gettext.translation("bilat", LOCALE_FOLDER, [lang], fallback=True)


class Words:
    """Renders messages, texts, numbers and dates in one language.

    Anything with an ``in_words(words)`` method (a period, an amount of money) renders itself.
    """

    def __init__(self, lang: str, *, short_dates: bool = False) -> None:
        self.lang = lang
        self.short_dates = short_dates
        self._gettext = _catalogue(lang)

    @cached_property
    def for_tables(self) -> Words:
        """The same words with dates that fit into a narrow column."""
        return Words(self.lang, short_dates=True)

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse("en_GB" if self.lang == "en" else self.lang)

    def __call__(self, text: Message | str | Mapping[Any, str]) -> str:
        """A message, or a text that people wrote, in this language."""
        if isinstance(text, Message):
            return self._sentence(text)
        return pick(text, self.lang)  # type: ignore[arg-type]

    def _sentence(self, message: Message) -> str:
        if message.plural is None:
            template = self._gettext.gettext(message.template)
        else:
            template = self._gettext.ngettext(message.template, message.plural, message.count)
        return template.format(**{name: self.show(value) for name, value in message.args.items()})

    def show(self, value: Any) -> str:
        """Any value as this language writes it."""
        if value is None:
            return "–"
        if isinstance(value, Message | str | dict):
            return self(value)
        if hasattr(value, "in_words"):
            return str(value.in_words(self))
        if isinstance(value, bool):
            return self(say("yes") if value else say("no"))
        if isinstance(value, int | float | Decimal):
            return self.number(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, list | tuple):
            return self.join([self.show(item) for item in value])
        return str(value)

    def number(self, value: float | Decimal, digits: int | None = None) -> str:
        """With this language's separators; ``digits`` decimals, or as many as there are (≤ 3)."""
        pattern = "#,##0." + ("#" * 3 if digits is None else "0" * digits)
        return format_decimal(value, format=pattern.rstrip("."), locale=self.locale)

    def percent(self, share: float | Decimal, digits: int = 0) -> str:
        """``0.303`` as 30 %: the argument is a share."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        tail = "\u00a0%" if self.lang == "ru" else "%"
        return format_percent(share, format=pattern + tail, locale=self.locale)

    def day(self, value: date | datetime) -> str:
        """29 September 2025; in tables 29 Sep 2025."""
        return format_date(value, _DAYS[self.lang == "ru", self.short_dates], locale=self.locale)

    def join(self, items: list[str]) -> str:
        """a, b and c."""
        return format_list(items, locale=self.locale) if items else "–"
