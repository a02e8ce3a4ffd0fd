"""What a load brings that is there already: the same values are left out, others are refused.

So a file that was mended, or grew, can be loaded again under its vintage: only what is new is
added. A number has one value a vintage, so that a question as of a day has one answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bilat.sources.report import KEY
from bilat.warehouse import queries
from bilat.warehouse.columns import Gathering
from bilat.warehouse.engine import Engine
from bilat.warehouse.parts import Part, number_of, write_parts
from bilat.warehouse.staging import Staging
from bilat.warehouse.storage import DATA
from bilat.warehouse.table import Snapshot, Table
from bilat.warehouse.trouble import VintageTaken


def new_parts(
    table: Table, snapshot: Snapshot, engine: Engine, parts: Sequence[Part], staging: Staging
) -> list[Part]:
    """The parts without rows that are there already; files are looked at only if ranges meet.

    Raises VintageTaken if a key of the load has another value of the same vintage.
    """
    kept: list[Part] = []
    for part in parts:
        low, high = part.file.low, part.file.high
        near = table.uris(snapshot.touching(**{name: (low[name], high[name]) for name in low}))
        path = staging.folder / Path(part.file.path).name
        if not near or not _known(engine, path, near):
            kept.append(part)
        else:
            kept += _rewritten(engine, path, near, staging)
    return kept


def _known(engine: Engine, path: Path, near: Sequence[str]) -> bool:
    new = [str(path)]
    for row in engine.ask(queries.CONTRADICTIONS, near, {}, new=new).to_pylist():
        raise VintageTaken(
            key=" ".join(str(row[name]) for name in KEY),
            vintage=str(row["vintage"]),
            place=f"{row['file']}:{row['line']}",
            there=f"{row['old_file']}:{row['old_line']}",
        )
    return bool(engine.ask(queries.KNOWN, near, {}, new=new).num_rows)


def _rewritten(engine: Engine, path: Path, near: Sequence[str], staging: Staging) -> list[Part]:
    """The part without its known rows; none when all are known."""
    gathering = Gathering()
    for batch in engine.stream(queries.UNKNOWN, near, {}, new=[str(path)]):
        gathering.add(batch)
    number = 1 + max(number_of(file) for file in staging.folder.iterdir())
    path.unlink()
    if not gathering.rows:
        return []
    home = f"{DATA}/{staging.id}"
    return write_parts(
        gathering.done(), staging.folder, home=home, first=number, file_rows=gathering.rows
    )
