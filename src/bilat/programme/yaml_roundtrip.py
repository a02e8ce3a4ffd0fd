"""YAML that keeps its comments: read, change in place, write back."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter


def commented(value: Any) -> Any:
    if isinstance(value, Mapping):
        return CommentedMap({key: commented(item) for key, item in value.items()})
    if isinstance(value, list):
        return CommentedSeq([commented(item) for item in value])
    return value


def uncommented(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: uncommented(item) for key, item in value.items()}
    if isinstance(value, list):
        return [uncommented(item) for item in value]
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


def read(text: str) -> Any:
    """The tree of a file; None for an empty one."""
    return _yaml().load(text)


def dump(tree: Any, like: str) -> str:
    """The text of a tree, its lists indented as ``like`` has them."""
    first_item = re.search(r"^( *)- ", like, re.MULTILINE)
    out = io.StringIO()
    _yaml(len(first_item[1]) if first_item else 2).dump(tree, out)
    return out.getvalue()


def merge_keys(tree: Any, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Change in ``tree`` only the keys whose plain values differ between ``old`` and ``new``."""
    for name in [name for name in old if name not in new and name in tree]:
        del tree[name]
    for name, value in new.items():
        if name not in old or old[name] != value:
            tree[name] = commented(value)
