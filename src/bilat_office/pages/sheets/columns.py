"""The columns of a section's sheet, the same in both directions; a record as cells, and back.

A column is a field of the model: ``due``, ``owners``. A text has one for each language
(``title.en``, ``title.ru``) beside the one that names none (``title``). Several ids stand in one
cell with semicolons between them; parts with fields of their own as YAML, as in forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import bilat
from bilat.language import Message, say
from bilat.programme.labels import label_of
from bilat.register.canonical import Document
from bilat.register.kinds import SECTIONS
from bilat_office.pages.forms.reading import LANGUAGES
from bilat_office.pages.forms.shapes import FIXED, Kind, kind_of
from bilat_office.pages.forms.typed import input_name
from bilat_office.pages.forms.writing import written
from bilat_office.pages.sections import LANGUAGE_NAMES

APART = "; "
"""Between ids that stand in one cell."""


@dataclass(frozen=True)
class Column:
    """``code``: what the first line of the sheet says; ``language`` only of a text that has one."""

    code: str
    field: str
    language: str
    kind: Kind

    @property
    def label(self) -> Message:
        """What the second line says."""
        if not self.language:
            return label_of(self.field)
        return say(
            "{field}, {language}",
            field=label_of(self.field),
            language=LANGUAGE_NAMES[self.language],
        )


def columns_of(section: str, languages: Iterable[str] = ()) -> tuple[Column, ...]:
    """languages: those that texts have besides the interface's."""
    found: list[Column] = [Column(name, name, "", "line") for name in FIXED]
    for name, info in SECTIONS[section].model_fields.items():
        if name in FIXED:
            continue
        kind = kind_of(info)
        found.append(Column(name, name, "", kind))
        if kind == "texts":
            found += [
                Column(f"{name}.{language}", name, language, kind)
                for language in dict.fromkeys((*bilat.LANGUAGES, *languages))
            ]
    return tuple(found)


def known_columns(section: str) -> Mapping[str, Column]:
    """Every column that a sheet of the section may have, by its code."""
    return {column.code: column for column in columns_of(section, LANGUAGES)}


def languages_in(contents: Iterable[Document]) -> list[str]:
    """Languages of texts, in the order in which they appear."""
    return list(
        dict.fromkeys(
            language
            for content in contents
            for value in content.values()
            if isinstance(value, dict) and value and set(value) <= set(LANGUAGES)
            for language in value
        )
    )


def cells_of(content: Document, visibility: str, columns: Sequence[Column]) -> list[str]:
    """One record as a line of the sheet."""
    whole = {"visibility": visibility, **content}
    return [_cell(whole.get(column.field), column) for column in columns]


def _cell(stored: object, column: Column) -> str:
    if column.kind == "texts":
        if isinstance(stored, Mapping):
            return str(stored.get(column.language, ""))
        return "" if column.language or stored is None else str(stored)
    text = written(stored, column.kind)
    return APART.join(text.split("\n")) if column.kind == "lines" else text


def typed_of(cells: Mapping[str, str], section: str, stands: Document) -> dict[str, str]:
    """As a form would send it: what the sheet says, and for columns that it lacks what stands."""
    columns = columns_of(section, languages_in([stands]))
    before = dict(zip([c.code for c in columns], cells_of(stands, "", columns), strict=True))
    known = known_columns(section)
    return dict(_typed({**before, **cells}, known))


def _typed(cells: Mapping[str, str], known: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    for code, text in cells.items():
        column = known[code]
        if column.kind == "texts":
            yield input_name(column.field, column.language), text
        elif column.kind == "lines":
            yield input_name(column.field), text.replace(";", "\n")
        else:
            yield input_name(column.field), text
