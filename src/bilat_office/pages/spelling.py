"""A value of a document as people read it: codes and periods in words, parts with their labels.

A document is JSON; what its values are is known from the models of the records. What nobody has
declared is shown as it stands, so that a reader who signs sees everything that is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from bilat.language import Words
from bilat.language.text import LanguageCode
from bilat.register.kinds import SECTIONS
from bilat.vocabulary import Period
from bilat.vocabulary.text_type import Unreadable
from bilat_office.pages.forms.naming import field_label
from bilat_office.pages.sections import LANGUAGE_NAMES, code_name
from bilat_office.pages.showing import codes_of, inner, refers_to

_LANGUAGES = frozenset(LanguageCode.__args__)  # type: ignore[attr-defined]
Called = Callable[[str, str], str]
"""Section and id of a record → what it is called, for a reader who may know."""
Marks = tuple[Any, ...]
"""What a model says of a field: its annotation, and what is noted beside."""


def by_id(_section: str, record_id: str) -> str:
    return record_id


@dataclass(frozen=True)
class Speller:
    """How the values of one section's documents are written for one reader."""

    section: str
    words: Words
    called: Called = field(default=by_id)

    def marks(self, name: str) -> Marks:
        """Of a field of the record; nothing where no model tells of it."""
        kind = SECTIONS.get(self.section)
        return _marks(kind, name) if kind else ()

    def spelled(self, value: Any, name: str, marks: Marks = ()) -> str:
        """Lines of text; nothing for what is not there."""
        if value is None:
            return ""
        if isinstance(value, Mapping):
            return "\n".join(self._parts(value, name, marks))
        if isinstance(value, list | tuple):
            items = (self.spelled(item, name, marks) for item in value)
            return "\n".join(f"– {_indented(item)}" for item in items)
        if isinstance(value, bool):
            return self.words.show(value)
        return self._plain(value, name, marks) if isinstance(value, str) else str(value)

    def _parts(self, value: Mapping[str, Any], around: str, marks: Marks) -> Iterator[str]:
        if set(value) <= _LANGUAGES:
            for code, text in value.items():
                yield f"{self.words(LANGUAGE_NAMES[code])}: {text}"
            return
        model = _model_of(marks, value)
        for name, item in value.items():
            text = self.spelled(item, name, _marks(model, name) if model else ())
            apart = "\n  " if "\n" in text else " "
            yield f"{self.words(field_label((around, name)))}:{apart}{_indented(text)}"

    def _plain(self, value: str, name: str, marks: Marks) -> str:
        if refers := refers_to(marks):
            return self.called(refers, value)
        if codes_of(marks):
            return self.words(code_name(self.section, name, value))
        if _holds(marks, Period):
            try:
                return self.words.show(Period.parse(value))
            except Unreadable:
                return value
        return value


def _marks(model: type[BaseModel], name: str) -> Marks:
    info = model.model_fields.get(name)
    return (info.annotation, *info.metadata) if info else ()


def _model_of(marks: Sequence[Any], value: Mapping[str, Any]) -> type[BaseModel] | None:
    """The model of a part: of several, the one that has all these fields."""
    return next((m for m in models_of(marks) if value.keys() <= m.model_fields.keys()), None)


def models_of(marks: Sequence[Any]) -> Iterator[type[BaseModel]]:
    for mark in marks:
        if isinstance(mark, type) and issubclass(mark, BaseModel):
            yield mark
        else:
            yield from models_of(inner(mark))


def _holds(marks: Sequence[Any], kind: type) -> bool:
    return any(mark is kind or _holds(inner(mark), kind) for mark in marks)


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")
