"""Sentences in templates: ``{% say "Due {day}" day=item.due %}``, in the reader's language.

The sentence stands in quotation marks, so that `bilat_office.pages.extraction` finds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import RequestContext
from django.utils.translation import get_language

import bilat
from bilat.language import Words, say, say_many
from bilat.vocabulary import Quantity

register = template.Library()


def reader() -> Words:
    """The words of whoever reads: their language was set with the request."""
    lang = get_language() or "en"
    return Words(lang if lang in bilat.LANGUAGES else "en")


@register.simple_tag(name="say")
def say_tag(sentence: str, **values: Any) -> str:
    """A sentence. What stands in its braces is shown as the language writes it."""
    return reader()(say(sentence, **values))


@register.simple_tag(name="say_many")
def say_many_tag(one: str, many: str, n: int, **values: Any) -> str:
    """A sentence whose form depends on ``n``."""
    return reader()(say_many(one, many, n=n, **values))


@register.simple_tag
def reader_lang() -> str:
    """The code of the language in which the page is written."""
    return reader().lang


@register.filter
def show(value: Any) -> str:
    """A message, text, number, day, period or amount as the reader's language writes it."""
    return reader().show(value)


@register.filter
def percent(share: float | None) -> str:
    """``0.052`` as 5.2 %; less than a hundredth with one decimal, so that it is not nothing."""
    if share is None:
        return "–"
    return reader().percent(share, 1 if abs(share) < 0.1 else 0)


@register.filter
def amount(quantity: Quantity) -> str:
    """A quantity without its unit, in whole units: where the heading names the unit."""
    return reader().number(quantity.scaled, 0)


@register.filter
def points(share: float) -> str:
    """A change of a share in percentage points, with its sign."""
    words = reader()
    amount = words.number(abs(share) * 100, 1)
    sign = "+" if share > 0 else "−" if share < 0 else "±"
    return words(say("{sign}{amount} points", sign=sign, amount=amount))


@register.filter
def day(stamp: str) -> str:
    """The day and minute of a register's time, in UTC: ``2026-03-01T09:30:00Z``."""
    from datetime import date

    return f"{reader().day(date.fromisoformat(stamp[:10]))}, {stamp[11:16]} UTC"


@register.filter
def of(values: Mapping[str, Any], name: str) -> Any:
    """An item of a mapping, by the value of a variable."""
    return values.get(name)


@register.simple_tag(takes_context=True)
def again(context: RequestContext, **changed: Any) -> str:
    """The address of this page with some parameters changed; None leaves one out."""
    query = context["request"].GET.copy()
    for name, value in changed.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + urlencode([(name, value) for name, many in query.lists() for value in many])
