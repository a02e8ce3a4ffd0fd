"""The presets that come with Bilat, a user's folder of them, and single files."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bilat.errors import BilatError
from bilat.finance.deal.refusing import TermsRefused, told
from bilat.finance.presets.preset import Preset
from bilat.language import Message, say
from bilat.programme.refusals import suggest
from bilat.programme.yaml_text import YamlText

ENDINGS = (".yaml", ".yml")


class PresetUnknown(BilatError):
    """No preset has this name, and no file is there."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        names = list(known)
        hint = suggest(name, names) or say("There are: {known}", known=", ".join(names) or "–")
        super().__init__(say("“{name}” is no preset. {hint}", name=name, hint=hint))


def presets(folder: Path | None = None) -> tuple[Preset, ...]:
    """By id: those that come with Bilat, and those of the folder, which win where ids are equal.

    Raises TermsRefused for a preset with problems, BilatError for a folder that is not there.
    """
    found = {preset.id: preset for preset in map(_parsed, _shipped())}
    for path in _yaml_files(folder) if folder else ():
        preset = _parsed(_read(path))
        found[preset.id] = preset
    return tuple(sorted(found.values(), key=lambda preset: preset.id))


def preset_of(name: str, folder: Path | None = None) -> Preset:
    """The preset of this id, or in this file (``….yaml``).

    Raises PresetUnknown with the nearest name, TermsRefused for a preset with problems.
    """
    if name.endswith(ENDINGS):
        return _parsed(_read(Path(name)))
    known = {preset.id: preset for preset in presets(folder)}
    if name not in known:
        raise PresetUnknown(name, known)
    return known[name]


def _parsed(text: YamlText) -> Preset:
    data, problems = text.read()
    if problems:
        raise TermsRefused(problems)
    try:
        return Preset.model_validate(data)
    except ValidationError as error:
        raise TermsRefused(told(error, Preset, text.place)) from None


def _shipped() -> list[YamlText]:
    folder: Any = files("bilat.finance.presets") / "terms"
    return [
        YamlText(entry.name, entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: str(entry.name))
        if entry.name.endswith(ENDINGS)
    ]


def _yaml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise BilatError(
            say(
                "{folder}: no such folder. Name the one that holds your presets", folder=str(folder)
            )
        )
    return sorted(path for path in folder.iterdir() if path.suffix in ENDINGS)


def _read(path: Path) -> YamlText:
    return YamlText(path.name, read_text(path, say("Name a preset, or the file that holds one")))


def read_text(path: Path, remedy: Message) -> str:
    """The text of a file. Raises BilatError with what the system said, and the remedy."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        why: Any = say("it is not text in UTF-8")
    except OSError as error:
        why = error.strerror or str(error)
    raise BilatError(
        say("{file}: cannot be read ({why}). {remedy}", file=str(path), why=why, remedy=remedy)
    )
