"""What a model refuses, in words for whoever fills in a form: what is wrong, what is expected."""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Mapping

from pydantic_core import ErrorDetails

from bilat.language import Message, say
from bilat_office.pages.forms.shapes import Shape

Tell = Callable[[ErrorDetails, Shape | None], Message]


def sentence(error: ErrorDetails, shape: Shape | None = None) -> Message:
    """shape: of the field; its example is told."""
    kind = error["type"]
    tell = _TELLERS.get(kind) or next(
        (tell for start, tell in _FAMILIES.items() if kind.startswith(start)), _unknown
    )
    return tell(error, shape)


def _unknown(error: ErrorDetails, shape: Shape | None) -> Message:
    return say("“{value}” cannot be read here. Compare with another record.", value=_short(error))


def _plain(what: Message) -> Tell:
    return lambda error, shape: what


def _of_value(template: Message) -> Tell:
    return lambda error, shape: template.with_args(value=_short(error))


def _unreadable(error: ErrorDetails, shape: Shape | None) -> Message:
    told: Message = error["ctx"]["message"]
    return told


def _not_listed(error: ErrorDetails, shape: Shape | None) -> Message:
    known = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
    return say("“{value}” is not among the choices: {known}.", value=_short(error), known=known)


def _too_small(error: ErrorDetails, shape: Shape | None) -> Message:
    least = error["ctx"].get("ge")
    if least is not None:
        return say(
            "{value} is too small: write {least} or more.", value=_short(error), least=str(least)
        )
    above = str(error["ctx"]["gt"])
    return say("{value} is too small: write more than {above}.", value=_short(error), above=above)


def _too_large(error: ErrorDetails, shape: Shape | None) -> Message:
    most = error["ctx"].get("le", error["ctx"].get("lt"))
    return say("{value} is too large: write {most} or less.", value=_short(error), most=str(most))


def _too_exact(error: ErrorDetails, shape: Shape | None) -> Message:
    most = error["ctx"]["decimal_places"]
    return say(
        "{value} has too many digits after the point: write {most} or fewer.",
        value=_short(error),
        most=most,
    )


def _too_many_digits(error: ErrorDetails, shape: Shape | None) -> Message:
    most = error["ctx"].get("max_digits", error["ctx"].get("whole_digits"))
    return say("{value} is too long: write {most} digits or fewer.", value=_short(error), most=most)


def _wrong_form(error: ErrorDetails, shape: Shape | None) -> Message:
    if shape is not None and shape.example:
        return say(
            "“{value}” does not have the right form. Write it as in {example}.",
            value=_short(error),
            example=shape.example,
        )
    return say("“{value}” does not have the right form.", value=_short(error))


def _too_long(error: ErrorDetails, shape: Shape | None) -> Message:
    return say("Write {most} characters or fewer.", most=error["ctx"]["max_length"])


def _too_short(error: ErrorDetails, shape: Shape | None) -> Message:
    return say("Write {least} characters or more.", least=error["ctx"]["min_length"])


def _too_few(error: ErrorDetails, shape: Shape | None) -> Message:
    least, given = error["ctx"]["min_length"], error["ctx"]["actual_length"]
    if not given:
        return say("At least one entry is needed here.")
    return say("There are {given} entries; {least} or more are needed.", given=given, least=least)


def _too_many(error: ErrorDetails, shape: Shape | None) -> Message:
    most = error["ctx"]["max_length"]
    return say("There are too many entries; write {most} or fewer.", most=most)


def _short(error: ErrorDetails) -> str:
    given = error["input"]
    # A list may stand for billions of entries by aliases: it is never written out in full.
    text = reprlib.repr(given) if isinstance(given, list | dict) else str(given)
    return text if len(text) <= 60 else text[:57] + "…"


_TELLERS: Mapping[str, Tell] = {
    "missing": _plain(say("This is needed.")),
    "extra_forbidden": _plain(say("There is no such field. Take it out.")),
    "unreadable": _unreadable,
    "literal_error": _not_listed,
    "greater_than_equal": _too_small,
    "greater_than": _too_small,
    "less_than_equal": _too_large,
    "less_than": _too_large,
    "decimal_max_places": _too_exact,
    "decimal_max_digits": _too_many_digits,
    "decimal_whole_digits": _too_many_digits,
    "string_pattern_mismatch": _wrong_form,
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "too_short": _too_few,
    "too_long": _too_many,
    "text": _plain(say("Write a text, in one language or in several.")),
    "tuple_type": _plain(say("A list is expected here, each entry after a hyphen.")),
    "model_type": _plain(say("Several named values are expected here, as in “name: value”.")),
}
_FAMILIES: Mapping[str, Tell] = {
    "date_": _of_value(say("“{value}” is no day. Write year, month, day, as in 2027-06-30.")),
    "time_": _of_value(say("“{value}” is no time of day. Write hours and minutes, as in 14:30.")),
    "int_": _of_value(say("“{value}” is no whole number. Write digits alone, as in 12.")),
    "decimal_": _of_value(
        say("“{value}” is no number. Write digits, with a point before decimals, as in 14.1.")
    ),
    "finite_number": _of_value(say("“{value}” is no number that can be counted with.")),
    "bool_": _of_value(say("“{value}” is neither yes nor no. Write true or false.")),
    "string_": _plain(say("A text is expected here.")),
    "model_": _plain(say("Several named values are expected here, as in “name: value”.")),
}
