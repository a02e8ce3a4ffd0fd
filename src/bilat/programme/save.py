"""Writing a programme back to its folder: what did not change keeps its form and its comments.

A record is written where it was read. Within it only the fields that differ are touched, so that
comments, order and notation around them stay. A record without a place yet goes to the file of its
section, or to ``programme.yaml``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter

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
    ProgrammeInvalid when the folder that is there cannot be read: mend it first.
    """
    root = Path(folder)
    before = _Before.of(root)
    drafts = [
        *_main_file(programme, root, before),
        *(draft for section in KINDS for draft in _own_files(programme, root, section, before)),
    ]
    changed = [draft for draft in drafts if draft.differs()]
    return file_all(changed)


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
            raise ProgrammeInvalid(loaded.problems)  # a refused record would be lost
        records = {(item.section, item.id): item for item in loaded.programme.records()}
        files = {key: origin.file.name for key, origin in loaded.origins.items()}
        return cls(records, files, _head(loaded.programme))

    def home(self, folder: Path, record: Record) -> str:
        """The file of a record: where it was, or where its section lives."""
        known = self.files.get((record.section, record.id))
        if known:
            return known
        own = [f"{record.section}.yaml", f"{record.section}.csv"]
        return next((name for name in own if (folder / name).exists()), MAIN_FILE)


def _head(programme: Programme) -> dict[str, Any]:
    return {name: value for name, value in plain(programme).items() if name not in KINDS}


def _here(
    programme: Programme, root: Path, section: str, name: str, before: _Before
) -> list[Record]:
    return [record for record in programme.section(section) if before.home(root, record) == name]


def _main_file(programme: Programme, root: Path, before: _Before) -> Iterable[Draft]:
    path = root / MAIN_FILE
    tree = _read(path) or CommentedMap()
    _merge_keys(tree, before.head, _head(programme))
    for section in KINDS:
        records = _here(programme, root, section, MAIN_FILE, before)
        if records or section in tree:
            tree[section] = _merge_list(tree.get(section), records, before)
    yield Draft(path, _dump(tree, path))


def _own_files(programme: Programme, root: Path, section: str, before: _Before) -> Iterable[Draft]:
    listed = root / f"{section}.yaml"
    if listed.exists():
        records = _here(programme, root, section, listed.name, before)
        yield Draft(listed, _dump(_merge_list(_read(listed), records, before), listed))
    table = root / f"{section}.csv"
    if table.exists():
        records = _here(programme, root, section, table.name, before)
        if records != _same_as_before(section, table.name, before):
            header = _text(table).partition("\n")[0].strip().split(",")
            yield Draft(table, csv_table.write(map(_row, records), header).encode())


def _same_as_before(section: str, name: str, before: _Before) -> list[Record]:
    return [
        record
        for key, record in before.records.items()
        if key[0] == section and before.files[key] == name
    ]


def _row(record: Record) -> Mapping[str, Any]:
    """The fields of a row; an id that the record makes by itself is left out."""
    data = plain(record)
    bare = {name: value for name, value in data.items() if name != "id"}
    if record.section == "observations" and type(record).model_validate(bare).id == record.id:
        return bare
    return data


def _merge_list(tree: Any, records: Sequence[Record], before: _Before) -> CommentedSeq:
    """The list with its records updated in place, new ones at the end, removed ones gone."""
    items = tree if isinstance(tree, CommentedSeq) else CommentedSeq()
    wanted = {record.id: record for record in records}
    for index in reversed(range(len(items))):
        if _id_of(items[index], records) not in wanted:
            del items[index]
    present = {_id_of(item, records): item for item in items}
    for record in records:
        old = before.records.get((record.section, record.id))
        if record.id in present:
            _merge_keys(present[record.id], plain(old) if old else {}, plain(record))
        else:
            items.append(_commented(plain(record)))
    return items


def _id_of(item: Any, records: Sequence[Record]) -> str:
    if "id" in item or not records:
        return str(item.get("id", ""))
    return type(records[0]).model_validate(_uncommented(item)).id


def _merge_keys(tree: Any, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    for name in [name for name in old if name not in new and name in tree]:
        del tree[name]
    for name, value in new.items():
        if name not in old or old[name] != value:
            tree[name] = _commented(value)


def _commented(value: Any) -> Any:
    if isinstance(value, Mapping):
        return CommentedMap({key: _commented(item) for key, item in value.items()})
    if isinstance(value, list):
        return CommentedSeq([_commented(item) for item in value])
    return value


def _uncommented(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _uncommented(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_uncommented(item) for item in value]
    return value


class _Representer(RoundTripRepresenter):
    """Writes a Decimal as the plain number that it is."""


_Representer.add_representer(
    Decimal,
    lambda self, value: self.represent_scalar("tag:yaml.org,2002:float", f"{value:f}"),
)


def _yaml(offset: int = 2) -> YAML:
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.preserve_quotes = True
    yaml.width = 10_000  # lines that people broke stay broken; the others stay whole
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig") if path.exists() else ""


def _read(path: Path) -> Any:
    return _yaml().load(_text(path))


def _dump(tree: Any, like: Path) -> bytes:
    """The YAML text, lists indented as the file has them now."""
    first_item = re.search(r"^( *)- ", _text(like), re.MULTILINE)
    out = io.StringIO()
    _yaml(len(first_item[1]) if first_item else 2).dump(tree, out)
    return out.getvalue().encode()
