"""The rule books that come with Bilat, and a user's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bilat.errors import BilatError, Problem
from bilat.finance.support.rule import RuleBook
from bilat.language import say
from bilat.programme.refusals import problems_of, suggest
from bilat.programme.yaml_text import YamlText


class RuleBookUnknown(BilatError):
    """No rule book has this id, and no file is there."""

    def __init__(self, name: str) -> None:
        known = ", ".join(_texts())
        hint = suggest(name, _texts()) or say("Known are: {known}", known=known)
        super().__init__(say("“{name}” is no rule book. {hint}", name=name, hint=hint))


class RuleBookInvalid(BilatError):
    """A rule book with problems: carries all of them, and says the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
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


def rule_books() -> tuple[RuleBook, ...]:
    """Every rule book that comes with Bilat, by id."""
    return tuple(rule_book(name) for name in _texts())


def rule_book(name: str | Path) -> RuleBook:
    """The rule book with this id, or in this YAML file.

    Raises RuleBookUnknown; RuleBookInvalid carries every problem of a file.
    """
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        return _of_package(str(name))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BilatError(
            say("{file}: the rules cannot be read: {why}", file=str(path), why=str(error))
        ) from None
    return parse(text, path.name)


@cache
def _of_package(name: str) -> RuleBook:
    texts = _texts()
    if name not in texts:
        raise RuleBookUnknown(name)
    return parse(texts[name], f"{name}.yaml")


def parse(text: str, name: str) -> RuleBook:
    """A rule book from its YAML text. Raises RuleBookInvalid."""
    yaml = YamlText(name, text)
    data, problems = yaml.read()
    if problems:
        raise RuleBookInvalid(tuple(problems))
    try:
        return RuleBook.model_validate(data)
    except ValidationError as error:
        raise RuleBookInvalid(tuple(problems_of(error, RuleBook, yaml.place, _SEE))) from None


_SEE = say("Compare with the rules that come with Bilat: see docs/compare.md")


@cache
def _texts() -> dict[str, str]:
    folder: Any = files("bilat.finance.support") / "rules"
    found = sorted(folder.iterdir(), key=lambda entry: str(entry.name))
    return {
        entry.name.removesuffix(".yaml"): entry.read_text(encoding="utf-8")
        for entry in found
        if entry.name.endswith(".yaml")
    }
