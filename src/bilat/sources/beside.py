"""The tables of codes that a publisher puts beside its files, as CEPII does with BACI."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.sources.dataset import TableBeside


def codes_beside(folder: Path | None, spec: TableBeside | None) -> dict[str, str]:
    """Code without leading zeros → alpha-3, from the newest such table; empty without one."""
    if folder is None or spec is None:
        return {}
    found = sorted(folder.glob(spec.files))
    return _codes(found[-1], spec) if found else {}


@lru_cache(maxsize=8)
def _codes(path: Path, spec: TableBeside) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.DictReader(file)
        needed = {spec.code, spec.alpha3} - {""}
        if missing := sorted(needed - set(reader.fieldnames or ())):
            raise NoAnswer(
                say(
                    "{file}: no column {missing}. Correct the description, or move the file away",
                    file=path.name,
                    missing=", ".join(missing),
                )
            )
        return {
            row[spec.code].strip().lstrip("0") or "0": (row[spec.alpha3] or "").strip()
            if spec.alpha3
            else ""
            for row in reader
        }
