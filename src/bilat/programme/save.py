"""Writing a programme back to its folder: what did not change keeps its form and its comments.

A record is written where it was read. Within it only the fields that differ are touched, so that
comments, order and notation around them stay. A record without a place yet goes to the file of its
section, or to ``programme.yaml``. A file none of whose records changed is not touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bilat.errors import ProgrammeInvalid
from bilat.filing import Draft, file_all
from bilat.programme import csv_table
from bilat.programme.folder import MAIN_FILE, load
from bilat.programme.plain import plain
from bilat.programme.programme import KINDS, Programme
from bilat.programme.record import Record


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
        known = self.before.files.get((record.section, record.id))
        if known:
            return known
        own = [f"{record.section}.yaml"]
        if csv_table.fits(plain(record)):
            own.append(f"{record.section}.csv")
        return next((name for name in own if (self.root / name).exists()), MAIN_FILE)

    def _here(self, section: str, name: str) -> list[Record]:
        return [item for item in self.programme.section(section) if self._home(item) == name]

    def _changed(self, section: str, name: str) -> bool:
        return self._here(section, name) != self.before.within(section, name)

    def _text(self, name: str) -> str:
        path = self.root / name
        return path.read_text(encoding="utf-8-sig") if path.exists() else ""

    def _main_file(self) -> Iterator[Draft]:
        from bilat.programme import yaml_roundtrip  # slow to load, and only saving needs it

        head = _head(self.programme)
        sections = [name for name in KINDS if self._changed(name, MAIN_FILE)]
        if head == self.before.head and not sections:
            return
        text = self._text(MAIN_FILE)
        tree = yaml_roundtrip.read(text)
        if tree is None:
            tree = yaml_roundtrip.commented({})
        yaml_roundtrip.merge_keys(tree, self.before.head, head)
        for section in sections:
            records = self._here(section, MAIN_FILE)
            tree[section] = self._merged(tree.get(section), records)
        yield Draft(self.root / MAIN_FILE, yaml_roundtrip.dump(tree, text).encode())

    def _listed(self, section: str) -> Iterator[Draft]:
        name = f"{section}.yaml"
        if (self.root / name).exists() and self._changed(section, name):
            from bilat.programme import yaml_roundtrip  # see above

            text = self._text(name)
            tree = self._merged(yaml_roundtrip.read(text), self._here(section, name))
            yield Draft(self.root / name, yaml_roundtrip.dump(tree, text).encode())

    def _table(self, section: str) -> Iterator[Draft]:
        name = f"{section}.csv"
        if (self.root / name).exists() and self._changed(section, name):
            header = self._text(name).partition("\n")[0].strip().split(",")
            rows = map(_row, self._here(section, name))
            yield Draft(self.root / name, csv_table.write(rows, header).encode())

    def _merged(self, tree: Any, records: Sequence[Record]) -> Any:
        """The list with its records updated in place, new ones at the end, removed ones gone."""
        from bilat.programme import yaml_roundtrip  # see above

        items = yaml_roundtrip.commented([]) if tree is None else tree
        wanted = {record.id for record in records}
        for index in reversed(range(len(items))):
            if _id_of(items[index], records) not in wanted:
                del items[index]
        present = {_id_of(item, records): item for item in items}
        for record in records:
            old = self.before.records.get((record.section, record.id))
            if record.id in present:
                before = plain(old) if old else {}
                yaml_roundtrip.merge_keys(present[record.id], before, plain(record))
            else:
                items.append(yaml_roundtrip.commented(plain(record)))
        return items


def _head(programme: Programme) -> dict[str, Any]:
    return {name: value for name, value in plain(programme).items() if name not in KINDS}


def _row(record: Record) -> Mapping[str, Any]:
    """The fields of a row; an id that the record makes by itself is left out."""
    data = plain(record)
    bare = {name: value for name, value in data.items() if name != "id"}
    if record.section == "observations" and type(record).model_validate(bare).id == record.id:
        return bare
    return data


def _id_of(item: Mapping[str, Any], records: Sequence[Record]) -> str:
    """The id of an item of a YAML tree; an observation may make it by itself."""
    if "id" in item or not records:
        return str(item.get("id", ""))
    from bilat.programme.yaml_roundtrip import uncommented  # see above

    return type(records[0]).model_validate(uncommented(item)).id
