"""Records of every kind, and what a browser sends of the form that shows one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from pydantic import BaseModel, ValidationError
from tests.office.api.planting import planted
from tests.office.pages.filling import filled

from bilat.programme import KINDS, Programme, open_programme
from bilat.register.canonical import Document, document
from bilat_office.pages.forms.inputs import Filling, inputs_of
from bilat_office.pages.forms.reading import document_of

EXAMPLE = "examples/blr-kgz"
_LANGUAGES = {"en", "ru", "be", "ky"}


@cache
def example() -> Programme:
    return open_programme(EXAMPLE)


def sent_of(
    section: str, content: Document, typed: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The fields of the page, as they stand in its HTML."""
    inputs = inputs_of(Filling(section, content, example(), "en", typed))
    shown = "".join(render_to_string("pages/input.html", {"input": each}) for each in inputs)
    form = f'<form><input name="end" value="">{shown}</form>'
    sent = filled(SimpleNamespace(content=form.encode()), "end")
    sent.pop("end")
    return sent


def sent_back(section: str, content: Document) -> Document:
    """The document that comes of a form that nobody changed."""
    fixed: Document = {name: content[name] for name in ("id", "visibility") if name in content}
    return document_of(section, sent_of(section, content), fixed)


def full(section: str) -> Document:
    """With every field that the model takes, down to the smallest part."""
    return document(KINDS[section].model_validate(planted("BLR", section)))


def variants(section: str, many: int) -> Iterator[Document]:
    """The full record with fields left out, parts repeated, texts in other languages."""
    rng = random.Random(section)  # noqa: S311 (the same records in every run)
    whole = full(section)
    while many:
        made = _varied(whole, rng)
        made |= {"id": whole["id"], "visibility": whole["visibility"]}
        if (valid := _valid(KINDS[section], made)) is not None:
            many -= 1
            yield valid


def _varied(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict) and value and set(value) <= _LANGUAGES:
        text = next(iter(value.values()))
        return rng.choice([text, {"ru": text}, {"be": f"{text}\nдва", "en": text}, value])
    if isinstance(value, dict):
        kept = {name: _varied(each, rng) for name, each in value.items()}
        return {name: each for name, each in kept.items() if rng.random() < 0.9}
    if isinstance(value, list):
        return [_varied(each, rng) for each in value * rng.randint(0, 3)]
    return (not value if rng.random() < 0.3 else value) if isinstance(value, bool) else value


def _valid(model: type[BaseModel], made: Document) -> Document | None:
    try:
        return document(model.model_validate(made))
    except ValidationError:
        return None
