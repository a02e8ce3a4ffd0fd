"""The descriptions that come with Bilat, and a user's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bilat.errors import BilatError, Problem
from bilat.language import say
from bilat.programme.refusals import problems_of, suggest
from bilat.programme.yaml_text import YamlText
from bilat.sources.dataset import Dataset


class DatasetUnknown(BilatError):
    """No description has this id, and no file is there."""

    def __init__(self, name: str) -> None:
        known = ", ".join(_texts())
        hint = suggest(name, _texts()) or say("Known are: {known}", known=known)
        super().__init__(say("“{name}” is no dataset. {hint}", name=name, hint=hint))


class DatasetInvalid(BilatError):
    """A description with problems: carries all of them."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        super().__init__(
            say(
                "{place}: {what}. {remedy}",
                place=str(first.place),
                what=first.what,
                remedy=first.remedy,
            )
        )


def datasets() -> tuple[Dataset, ...]:
    """Every description that comes with Bilat, by id."""
    return tuple(dataset(name) for name in _texts())


def dataset(name: str | Path) -> Dataset:
    """The description with this id, or in this YAML file.

    Raises DatasetUnknown; DatasetInvalid carries every problem of a description.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        return _of_file(path)
    return _of_package(str(name))


@cache
def _of_package(name: str) -> Dataset:
    texts = _texts()
    if name not in texts:
        raise DatasetUnknown(name)
    return parse(texts[name], f"{name}.yaml")


def _of_file(path: Path) -> Dataset:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BilatError(
            say("{file}: the description cannot be read: {why}", file=str(path), why=str(error))
        ) from None
    return parse(text, path.name)


def parse(text: str, name: str) -> Dataset:
    """A description from its YAML text. Raises DatasetInvalid."""
    yaml = YamlText(name, text)
    data, problems = yaml.read()
    if problems:
        raise DatasetInvalid(name, tuple(problems))
    try:
        return Dataset.model_validate(data)
    except ValidationError as error:
        raise DatasetInvalid(name, tuple(problems_of(error, Dataset, yaml.place, _SEE))) from None


_SEE = say("Compare with a description that comes with Bilat: see docs/sources.md")


@cache
def _texts() -> dict[str, str]:
    folder: Any = files("bilat.sources") / "datasets"
    found = sorted(folder.iterdir(), key=lambda entry: str(entry.name))
    return {
        entry.name.removesuffix(".yaml"): entry.read_text(encoding="utf-8")
        for entry in found
        if entry.name.endswith(".yaml")
    }
