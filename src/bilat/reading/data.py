"""The reading room's data: YAML files of lexicons and rules, each read once."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=64)
def load(folder: str, name: str) -> Any:
    """The content of ``reading/<folder>/<name>.yaml``."""
    path = files("bilat.reading").joinpath(folder, f"{name}.yaml")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - safe loader


def names(folder: str) -> list[str]:
    """The files of a folder of data, without their ending."""
    found = files("bilat.reading").joinpath(folder).iterdir()
    return sorted(path.name[:-5] for path in found if path.name.endswith(".yaml"))


@lru_cache(maxsize=64)
def words(name: str) -> frozenset[str]:
    """A list of little words, by what it is for."""
    return frozenset(str(word) for word in load("lexicon", "words")[name])
