"""A gravity equation as people write it on one line, and its estimate from a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.potential.baseline import Names, refuse_negative
from bilat.potential.gravity import Corrected, Estimate, SmallSample, corrected, ppml
from bilat.potential.panel_file import PanelFile, names_in, read_panel
from bilat.potential.refused import refused

LOG = ":log"
Columns = tuple[str, ...]
Reader = Callable[[Sequence[str], Sequence[str]], PanelFile]
"""Of some columns as texts, and some as numbers."""


@dataclass(frozen=True)
class Specification:
    """regressors: columns; ``dist:log`` is the logarithm of dist. effects, cluster: see `columns`.

    years: those used, empty for all. abroad: without trade within countries.
    """

    names: Names
    regressors: tuple[str, ...]
    effects: tuple[str, ...]
    cluster: tuple[str, ...] = ()
    small_sample: SmallSample = "none"
    correct: bool = False
    years: tuple[int, ...] = ()
    abroad: bool = False


@dataclass(frozen=True)
class Estimated:
    """rows: of the file that were asked for. years: that they hold. logs: names in ``estimate`` of
    the regressors that are logarithms."""

    estimate: Estimate
    corrected: Corrected | None
    rows: int
    years: tuple[int, ...]
    logs: tuple[str, ...]


def estimate_from(path: Path, wanted: Specification) -> Estimated:
    """Raises InputRefused for the file, NoAnswer where nothing can be estimated."""
    return estimate_panel(path, names_in(path), partial(read_panel, path), wanted)


def estimate_panel(
    path: Path, known: Sequence[str], read: Reader, wanted: Specification
) -> Estimated:
    """known: columns of the panel that ``read`` gives; path: what is at fault where one is not.

    Raises as `estimate_from`.
    """
    effects = [columns(text, wanted.names, known, path) for text in wanted.effects]
    cluster = [columns(text, wanted.names, known, path) for text in wanted.cluster]
    panel = _chosen(_read(read, wanted, [*effects, *cluster]), wanted)
    panel, regressors = _regressors(panel, wanted.regressors)
    found = ppml(
        panel.columns,
        wanted.names.trade,
        regressors,
        effects=effects,
        cluster=cluster,
        small_sample=wanted.small_sample,
    )
    return Estimated(
        found,
        corrected(found, time=wanted.names.year) if wanted.correct else None,
        len(panel),
        tuple(int(year) for year in np.unique(panel.columns[wanted.names.year])),
        tuple(name for name in regressors if name not in wanted.regressors),
    )


def columns(text: str, names: Names, known: Sequence[str], path: Path) -> Columns:
    """``exporter-year`` → the columns meant: a column's own name, else exporter, importer, year or
    pair, with hyphens between. Raises InputRefused."""
    roles: dict[str, Columns] = {
        "exporter": (names.exporter,),
        "importer": (names.importer,),
        "year": (names.year,),
        "pair": (names.exporter, names.importer),
    }
    if text in known:
        return (text,)
    found: list[str] = []
    for part in text.split("-"):
        if part not in roles and part not in known:
            what = say("“{part}” of “{text}” is no column of the table", part=part, text=text)
            remedy = say(
                "Write exporter, importer, year, pair, with hyphens between, or one of: {columns}",
                columns=", ".join(known),
            )
            raise refused(path, what, remedy, line=1)
        found += roles.get(part, (part,))
    return tuple(dict.fromkeys(found))


def _read(read: Reader, wanted: Specification, grouped: Sequence[Columns]) -> PanelFile:
    names = wanted.names
    numbers = [names.trade, names.year, *(_column(text) for text in wanted.regressors)]
    texts = [names.exporter, names.importer, *(name for one in grouped for name in one)]
    return read([name for name in texts if name not in numbers], numbers)


def _column(regressor: str) -> str:
    return regressor.removesuffix(LOG)


def _chosen(panel: PanelFile, wanted: Specification) -> PanelFile:
    names = wanted.names
    panel = panel.with_years(names.year)
    kept = np.ones(len(panel), dtype=bool)
    if wanted.years:
        kept &= np.isin(panel.columns[names.year], wanted.years)
    if wanted.abroad:
        kept &= panel.columns[names.exporter] != panel.columns[names.importer]
    if not kept.any():
        raise NoAnswer(
            say("{file}: no row is of the years asked for. Name others", file=panel.path.name)
        )
    panel = panel.where(kept)
    refuse_negative(panel, names.trade)
    return panel


def _regressors(panel: PanelFile, wanted: Sequence[str]) -> tuple[PanelFile, list[str]]:
    """The panel with logarithms, and what the regressors are called in it."""
    found = []
    for text in wanted:
        name = _column(text)
        if text.endswith(LOG):
            logs = panel.log(name)
            name = f"log {name}"
            panel = panel.with_column(name, logs)
        found.append(name)
    return panel, found
