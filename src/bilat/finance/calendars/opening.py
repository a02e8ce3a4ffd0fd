"""From a name to a calendar: none, weekends, countries, or a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bilat.errors import BilatError, Problem
from bilat.finance.calendars.calendar import BusinessCalendar
from bilat.finance.calendars.rules import CalendarFile
from bilat.language import say
from bilat.programme.refusals import explain
from bilat.programme.yaml_text import YamlText

NO_CALENDAR = BusinessCalendar("none")
WEEKENDS = BusinessCalendar("weekends", (CalendarFile(title={"en": "Weekends", "ru": "Выходные"}),))


class CalendarUnknown(BilatError):
    """No calendar has this name, or its file cannot be read."""


def known_calendars() -> tuple[str, ...]:
    """The names of the calendars that come with Bilat."""
    return ("none", "weekends", *_texts())


def open_calendar(name: str, folder: Path | None = None) -> BusinessCalendar:
    """``none``, ``weekends``, a country as ``BLR``, several joined by ``+``, or a file's name.

    folder: where files are looked for; without it none is read, so that shared terms never open
    what happens to lie where the program runs. Raises CalendarUnknown.
    """
    if name == "none":
        return NO_CALENDAR
    if name == "weekends":
        return WEEKENDS
    parts = tuple(part.strip() for part in name.split("+"))
    if all(part in _texts() for part in parts):
        return _joined(parts)
    return BusinessCalendar(name, tuple(_file(part, folder) for part in parts))


def _file(name: str, folder: Path | None) -> CalendarFile:
    if name in _texts():
        return _shipped(name)
    if name == "weekends":
        return WEEKENDS.files[0]
    if not name.endswith((".yaml", ".yml")):
        what = say(
            "there is no calendar “{name}”. Write one of {known}, several as BLR+KGZ, or the name "
            "of a calendar file (.yaml)",
            name=name,
            known=", ".join(known_calendars()),
        )
        raise CalendarUnknown(what)
    if folder is None:
        what = say("the calendar file “{name}” can only be used by a deal in a file of its own. "
                   "Name a country here", name=name)  # fmt: skip
        raise CalendarUnknown(what)
    return read_calendar(folder / name)


def read_calendar(path: Path) -> CalendarFile:
    """A calendar file. Raises CalendarUnknown with the first problem and its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "UTF-8"
        what = say("{file}: the calendar cannot be read: {why}", file=path.name, why=why)
        raise CalendarUnknown(what) from None
    return _read(YamlText(path.name, text))


def _read(yaml: YamlText) -> CalendarFile:
    data, problems = yaml.read()
    if not problems:
        try:
            return CalendarFile.model_validate(data)
        except ValidationError as error:
            problems = list(_problems(error, yaml))
    first = problems[0]
    told = {"place": str(first.place), "what": first.what, "remedy": first.remedy}
    raise CalendarUnknown(say("{place}: {what}. {remedy}", **told))


def _problems(error: ValidationError, yaml: YamlText) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        what, remedy = explain(detail, CalendarFile)
        of_key = detail["type"] == "extra_forbidden"
        yield Problem(yaml.place(detail["loc"], of_key=of_key), what, remedy)


@cache
def _texts() -> dict[str, str]:
    folder: Any = files("bilat.finance.calendars")
    found = sorted(folder.iterdir(), key=lambda entry: str(entry.name))
    return {
        entry.name.removesuffix(".yaml"): entry.read_text(encoding="utf-8")
        for entry in found
        if entry.name.endswith(".yaml")
    }


@cache
def _joined(names: tuple[str, ...]) -> BusinessCalendar:
    """Kept, because its days off are worked out year by year as they are asked for."""
    return BusinessCalendar("+".join(names), tuple(_shipped(name) for name in names))


@cache
def _shipped(name: str) -> CalendarFile:
    return _read(YamlText(f"{name}.yaml", _texts()[name]))
