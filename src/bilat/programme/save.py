"""Writing a programme back to its folder: what did not change keeps its form and its comments.

A record is written where it was read. Within it only the fields that differ are touched, so that
comments, order and notation around them stay. A record without a place yet goes to the file of its
section, or to ``programme.yaml``. A file none of whose records changed is not touched.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bilat.errors import ProgrammeInvalid
from bilat.filing import Draft, file_all
from bilat.programme import csv_edit, csv_table
from bilat.programme.folder import MAIN_FILE, load
from bilat.programme.plain import plain
from bilat.programme.programme import KINDS, Programme
from bilat.programme.record import Record
from bilat.programme.yaml_edit import YamlEdit, block
from bilat.programme.yaml_spans import Span
from bilat.programme.yaml_text import YamlText


def save(programme: Programme, folder: Path | str) -> list[Path]:
    """Write ``programme`` to ``folder``; files that did not change are left alone.

    Returns the files written. Raises OutputRefused, and then nothing is changed. Raises
    ProgrammeInvalid when the folder that is there has errors: a refused record would be lost.
    """
    saving = _Saving(programme, Path(folder))
    return file_all([draft for draft in saving.drafts() if draft.differs()])


@dataclass(frozen=True)
class _Before:
    """The programme as the folder holds it now, and in which file each record stands."""

    records: Mapping[tuple[str, str], Record]
    files: Mapping[tuple[str, str], str]
    head: Mapping[str, Any]

    @classmethod
    def of(cls, folder: Path) -> _Before:
        if not (folder / MAIN_FILE).exists():
            return cls({}, {}, {})
        loaded = load(folder)
        if loaded.errors or loaded.programme is None:
            raise ProgrammeInvalid(loaded.problems)
        records = {(item.section, item.id): item for item in loaded.programme.records()}
        files = {key: origin.file.name for key, origin in loaded.origins.items()}
        return cls(records, files, _head(loaded.programme))

    def within(self, section: str, name: str) -> list[Record]:
        """The records of a section that stand in the file ``name``."""
        return [
            record
            for key, record in self.records.items()
            if key[0] == section and self.files[key] == name
        ]


class _Saving:
    """One programme on its way into one folder."""

    def __init__(self, programme: Programme, root: Path) -> None:
        self.programme = programme
        self.root = root
        self.before = _Before.of(root)

    def drafts(self) -> Iterator[Draft]:
        """The files whose records changed."""
        yield from self._main_file()
        for section in KINDS:
            yield from self._listed(section)
            yield from self._table(section)

    def _home(self, record: Record) -> str:
        """The file of a record: where it was, or where its section lives."""
        own = [f"{record.section}.yaml"]
        if csv_table.fits(plain(record)):
            own.append(f"{record.section}.csv")
        known = self.before.files.get((record.section, record.id))
        if known and (known in own or known == MAIN_FILE):
            return known
        return next((name for name in own if (self.root / name).exists()), MAIN_FILE)

    def _here(self, section: str, name: str) -> list[Record]:
        return [item for item in self.programme.section(section) if self._home(item) == name]

    def _changed(self, section: str, name: str) -> bool:
        return self._here(section, name) != self.before.within(section, name)

    def _text(self, name: str) -> str:
        """The text with its own line ends; `_bytes` puts its byte order mark back."""
        return self._content(name).decode("utf-8-sig")

    def _content(self, name: str) -> bytes:
        path = self.root / name
        return path.read_bytes() if path.exists() else b""

    def _bytes(self, name: str, text: str) -> bytes:
        mark = codecs.BOM_UTF8 if self._content(name).startswith(codecs.BOM_UTF8) else b""
        return mark + text.encode()

    def _main_file(self) -> Iterator[Draft]:
        head = _head(self.programme)
        sections = [name for name in KINDS if self._changed(name, MAIN_FILE)]
        if head == self.before.head and not sections:
            return
        edit = YamlEdit(self._text(MAIN_FILE))
        if edit.root is None:
            yield self._anew(MAIN_FILE)
            return
        edit.set_keys(edit.root, self.before.head, head, before=KINDS)
        for section in sections:
            entry = edit.root.get(section)
            if entry is None:
                edit.add_section(section, [*map(plain, self._here(section, MAIN_FILE))])
            else:
                self._edit_list(edit, section, MAIN_FILE, entry)
        yield self._checked(MAIN_FILE, edit.text())

    def _listed(self, section: str) -> Iterator[Draft]:
        name = f"{section}.yaml"
        if not (self.root / name).exists() or not self._changed(section, name):
            return
        edit = YamlEdit(self._text(name))
        if edit.root is None or edit.root.kind != "list" or not edit.root.items:
            yield self._anew(name, section)
            return
        self._edit_list(edit, section, name, (None, edit.root))
        yield self._checked(name, edit.text(), section)

    def _table(self, section: str) -> Iterator[Draft]:
        name = f"{section}.csv"
        if (self.root / name).exists() and self._changed(section, name):
            text = self._text(name)
            wanted = {record.id: record for record in self._here(section, name)}
            rows: list[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]] = []
            for old in self.before.within(section, name):
                new = wanted.pop(old.id, None)
                rows.append((_row(old), _row(new) if new else None))
            rows += [(None, _row(record)) for record in wanted.values()]
            edited = csv_edit.edit(text, rows)
            if edited is None:  # a column is missing: the table is written anew, with it
                records = map(_row, self._here(section, name))
                edited = csv_table.write(records, csv_table.header(text))
            yield Draft(self.root / name, self._bytes(name, edited))

    def _edit_list(
        self, edit: YamlEdit, section: str, name: str, entry: tuple[Span | None, Span]
    ) -> None:
        """Records changed in place, removed ones taken out, new ones put at the end."""
        key, items = entry
        wanted = {record.id: record for record in self._here(section, name)}
        before = self.before.within(section, name)
        edit.remove(items, [i for i, old in enumerate(before) if old.id not in wanted])
        for index, old in enumerate(before):
            new = wanted.pop(old.id, old)
            if new != old:
                mapping = items.items[index][1]
                written = mapping.get("id") is not None
                edit.set_keys(mapping, _row(old, written=written), _row(new, written=written))
        added: list[Mapping[str, Any]] = [plain(record) for record in wanted.values()]
        if added and items.items:
            edit.append(items, added)
        elif added and key:
            edit.fill(key, items, added)

    def _checked(self, name: str, text: str, section: str | None = None) -> Draft:
        """The edited text, if it reads as it should; else the file is written anew.

        An alias to a value that was changed, for example, cannot be edited around.
        """
        data, problems = YamlText(name, text).read()
        lists = {section: data} if section else {kind: (data or {}).get(kind) for kind in KINDS}
        right = not problems and all(
            self._reads_as(kind, items, name) for kind, items in lists.items()
        )
        if not right:
            return self._anew(name, section)
        return Draft(self.root / name, self._bytes(name, text))

    def _reads_as(self, section: str, items: Any, name: str) -> bool:
        wanted = {record.id: record for record in self._here(section, name)}
        try:
            found = [KINDS[section].model_validate(item) for item in items or []]
        except ValidationError:
            return False
        return {record.id: record for record in found} == wanted

    def _anew(self, name: str, section: str | None = None) -> Draft:
        """The whole file from its records, without the comments that it had."""
        data: Any
        if section:
            data = [plain(record) for record in self._here(section, name)]
        else:
            lists = {kind: [*map(plain, self._here(kind, name))] for kind in KINDS}
            data = _head(self.programme) | {kind: items for kind, items in lists.items() if items}
        return Draft(self.root / name, (block(data) + "\n").encode())


def _head(programme: Programme) -> dict[str, Any]:
    return {name: value for name, value in plain(programme).items() if name not in KINDS}


def _row(record: Record, *, written: bool = False) -> Mapping[str, Any]:
    """The fields of a row; an id that the record makes by itself is left out unless written."""
    data = plain(record)
    bare = {name: value for name, value in data.items() if name != "id"}
    own_name = record.section == "observations" and not written
    return bare if own_name and type(record).model_validate(bare).id == record.id else data
