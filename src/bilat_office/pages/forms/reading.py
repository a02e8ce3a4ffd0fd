"""What was typed into a form, as a document; what is wrong with it, field by field.

Parts may also come as YAML under the field's own name, as cells of a sheet have them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bilat.language import Message, say
from bilat.language.text import LanguageCode
from bilat.register.canonical import Document, document
from bilat.register.kinds import SECTIONS
from bilat_office.pages.forms.places import place_of
from bilat_office.pages.forms.shapes import FIXED, MOST_PARTS, Shape, shapes_of
from bilat_office.pages.forms.telling import sentence
from bilat_office.pages.forms.typed import Node, tree_of

LANGUAGES: tuple[str, ...] = LanguageCode.__args__  # type: ignore[attr-defined]
Errors = Mapping[str, tuple[Message, ...]]


class FormWrong(Exception):
    """What was typed is no record.

    errors: field → what is wrong, with the place inside it; empty: with the whole. at: the same
    by the input where it is wrong (``participants-0-name``).
    """

    def __init__(self, errors: Errors, at: Errors | None = None) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors
        self.at = errors if at is None else at


class _Unread(Exception):
    def __init__(self, place: str, what: Message) -> None:
        super().__init__(place)
        self.place, self.what = place, what


def document_of(section: str, typed: Mapping[str, str], fixed: Document) -> Document:
    """The document in normal form. fixed: id and visibility. Raises FormWrong."""
    model, tree = SECTIONS[section], tree_of(typed)
    errors: dict[str, tuple[Message, ...]] = {}
    at: dict[str, tuple[Message, ...]] = {}
    content: Document = {name: value for name, value in fixed.items() if name in model.model_fields}
    for name, shape in shapes_of(model).items():
        if name in FIXED:
            continue
        try:
            value = _value(shape, name, tree.at(name))
        except _Unread as unread:
            errors[name] = at[unread.place] = (unread.what,)
            continue
        if value is not None:
            content[name] = value
    if errors:
        raise FormWrong(errors, at)
    try:
        return document(model.model_validate(content))
    except ValidationError as error:
        raise _wrong(error, section, tree) from None


def _value(shape: Shape, name: str, node: Node) -> Any:
    """None where nothing was typed: the field is at its default. Raises _Unread."""
    if shape.kind == "texts":
        return _text(node)
    text = node.plain
    if shape.kind == "lines" or (shape.is_list_of_choices and text):
        return [line.strip() for line in text.splitlines() if line.strip()] or None
    if text:
        return _yaml(text, name) if shape.kind in ("yaml", "group", "parts") else text
    if shape.kind == "group":
        return _group(shape, name, node)
    return _parts(shape, name, node) if shape.kind == "parts" else None


def _text(node: Node) -> Any:
    """By language, or one text that names none."""
    found = {language: text for language in LANGUAGES if (text := node.language(language))}
    plain = node.language("")
    if found and plain:
        return {"en": plain, **found}
    return found or plain or None


def _group(shape: Shape, name: str, node: Node) -> Any:
    if node.is_blank and not shape.is_required:
        return None
    return {
        inner: value
        for inner, each in shape.fields.items()
        if (value := _value(each, f"{name}-{inner}", node.at(inner))) is not None
    }


def _parts(shape: Shape, name: str, node: Node) -> Any:
    """A part into which nothing was typed is none."""
    parts = [(number, part) for number, part in node.parts() if not part.is_blank]
    if len(parts) > MOST_PARTS:
        raise _Unread(
            name,
            say(
                "{n} entries are too many for one form; up to {most} are taken. Take some out, and "
                "bring them with the section’s workbook.",
                n=len(parts),
                most=MOST_PARTS,
            ),
        )
    found = [_value(shape.part, f"{name}-{number}", part) for number, part in parts]
    stated = shape.is_required or (shape.may_be_none and node.is_there)
    return found if found or stated else None


def _yaml(text: str, name: str) -> Any:
    """Values stay texts: the model knows which of them are numbers and days."""
    import yaml

    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (BaseLoader makes texts alone)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = say(
            "This is no YAML: see line {line}, and compare with another record of this kind.",
            line=line,
        )
        raise _Unread(name, what) from None


def _wrong(error: ValidationError, section: str, tree: Node) -> FormWrong:
    errors: dict[str, list[Message]] = defaultdict(list)
    at: dict[str, list[Message]] = defaultdict(list)
    for each in error.errors(include_url=False):
        place = place_of(SECTIONS[section], tree, each["loc"])
        what = sentence(each, place.shape)
        _once(errors[place.field], _with(place.path, what))
        _once(at[place.name], _with(place.inside, what))
    return FormWrong(_fixed(errors), _fixed(at))


def _once(found: list[Message], said: Message) -> None:
    if said not in found:  # a union complains once for each of its members
        found.append(said)


def _with(where: str, what: Message) -> Message:
    return say("{where}: {what}", where=where, what=what) if where else what


def _fixed(found: Mapping[str, list[Message]]) -> Errors:
    return {name: tuple(messages) for name, messages in found.items()}
