"""What was typed into a form, as a document; what is wrong with it, field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from bilat.language import Message, say
from bilat.language.text import LanguageCode
from bilat.register.canonical import Document, document
from bilat.register.kinds import SECTIONS
from bilat_office.pages.forms.inputs import FIXED, Kind, input_name, kind_of

LANGUAGES: tuple[str, ...] = LanguageCode.__args__  # type: ignore[attr-defined]
Errors = Mapping[str, tuple[Message, ...]]


class FormWrong(Exception):
    """What was typed is no record. ``errors``: field → what is wrong; empty: with the whole."""

    def __init__(self, errors: Errors) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


def document_of(section: str, typed: Mapping[str, str], fixed: Document) -> Document:
    """The document in normal form. fixed: id and visibility. Raises FormWrong."""
    model = SECTIONS[section]
    errors: dict[str, tuple[Message, ...]] = {}
    content: Document = {name: value for name, value in fixed.items() if name in model.model_fields}
    for name, info in model.model_fields.items():
        if name in FIXED:
            continue
        try:
            value = _value(name, info, typed)
        except ValueError as error:
            errors[name] = (say("This is no YAML: {why}", why=str(error).splitlines()[0]),)
            continue
        if value is not None:
            content[name] = value
    if errors:
        raise FormWrong(errors)
    try:
        return document(model.model_validate(content))
    except ValidationError as error:
        raise FormWrong(_by_field(error)) from None


def _value(name: str, info: FieldInfo, typed: Mapping[str, str]) -> Any:
    """None where nothing was typed: the field is at its default. Raises ValueError."""
    kind: Kind = kind_of(info)
    if kind == "texts":
        return _text(name, typed)
    text = typed.get(input_name(name), "").replace("\r\n", "\n").strip()
    if not text:
        return None
    if kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    return _yaml(text) if kind == "yaml" else text


def _text(name: str, typed: Mapping[str, str]) -> Any:
    """By language, or one text that names none."""
    found = {
        language: text
        for language in LANGUAGES
        if (text := typed.get(input_name(name, language), "").replace("\r\n", "\n").strip())
    }
    plain = typed.get(input_name(name, ""), "").replace("\r\n", "\n").strip()
    if found and plain:
        return {"en": plain, **found}
    return found or plain or None


def _yaml(text: str) -> Any:
    """Values stay texts: the model knows which of them are numbers and days."""
    import yaml

    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (BaseLoader makes texts alone)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


def _by_field(error: ValidationError) -> Errors:
    found: dict[str, list[Message]] = defaultdict(list)
    for each in error.errors(include_url=False, include_input=False):
        name, *inside = map(str, each["loc"]) if each["loc"] else ("",)
        said = _sentence(each["type"], each["msg"], ".".join(inside))
        if said not in found[name]:  # a union complains once for each of its members
            found[name].append(said)
    return {name: tuple(messages) for name, messages in found.items()}


def _sentence(kind: str, text: str, inside: str) -> Message:
    if kind == "missing":
        what = say("This is needed.")
    elif kind == "extra_forbidden":
        what = say("There is no such field.")
    else:
        what = Message("{text}", {"text": text.removeprefix("Value error, ")})
    return say("{where}: {what}", where=inside, what=what) if inside else what
