"""Files that whoever runs the office lays beside its warehouse, and what pages read in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from bilat.potential.second_opinion import Covariates
    from bilat.sources import Concordance

NAMES = ("product-names.csv", "product-names.parquet")
"""What product codes are called."""
CORRELATIONS = ("hs-correlations.csv",)
"""The UN's correlation tables of the editions of the HS."""
PAIRS = ("country-pairs.csv", "country-pairs.parquet")
"""What stands between two countries, for gravity: distance and whatever else."""
DISTANCE = "distance"
"""The column that gravity takes as a logarithm; others are taken as they are."""
Stamp = tuple[str, float]
"""A file and when it was written last."""


def names_file() -> Stamp | None:
    return _first(NAMES)


def correlations_file() -> Stamp | None:
    return _first(CORRELATIONS)


def pairs_file() -> Stamp | None:
    return _first(PAIRS)


def _first(names: Sequence[str]) -> Stamp | None:
    """The first that is there."""
    for name in names:
        path = Path(settings.DATA_FOLDER) / name
        if path.is_file():
            return str(path), path.stat().st_mtime
    return None


def product_names() -> Mapping[str, str]:
    from bilat.trade.nomenclature import read_names

    found = names_file()
    return read_names(Path(found[0])) if found else {}


def correlations() -> Concordance | None:
    from bilat.sources import read_concordance

    found = correlations_file()
    return read_concordance(Path(found[0])) if found else None


def covariates() -> Covariates | None:
    """Every column of the pairs' file but the two countries and the year."""
    from bilat.potential.pair_file import DESTINATION, ORIGIN, YEAR
    from bilat.potential.panel_file import names_in
    from bilat.potential.second_opinion import LOG, read_covariates

    found = pairs_file()
    if found is None:
        return None
    path = Path(found[0])
    columns = [name for name in names_in(path) if name not in (ORIGIN, DESTINATION, YEAR)]
    return read_covariates(path, [f"{one}{LOG}" if one == DISTANCE else one for one in columns])
