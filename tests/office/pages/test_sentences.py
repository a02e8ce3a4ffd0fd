"""Sentences of templates reach the translators, and readers in their language."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from django.template import Context, Template
from django.utils import translation
from pydantic import BaseModel

import bilat_office.pages
import bilat_office.people
from bilat.programme.hints import models_in
from bilat.programme.labels import LABELS
from bilat.vocabulary import Period
from bilat_office.pages.extraction import sentences
from bilat_office.pages.sections import SECTION_NAMES

METHOD = f"{sentences.__module__}:{sentences.__name__}"
"""As scripts name it to Babel."""
KEYWORDS = {"say": None, "say_many": (1, 2)}
TEMPLATES = [
    path
    for room in (bilat_office.pages, bilat_office.people)
    for path in sorted((Path(room.__path__[0]) / "templates").rglob("*.html"))
]


def found(text: str) -> list[object]:
    file = io.BytesIO(text.encode())
    return [message for _l, message, _c, _ctx in extract(METHOD, file, keywords=KEYWORDS)]


def test_literals_of_tags_are_found_as_those_of_code() -> None:
    text = """{% say "Due {day}" day=item.due %}{% say 'It’s late' as caption %}
    {% say_many "{n} record" "{n} records" n=total %}{% if says %}say "no"{% endif %}"""
    assert found(text) == ["Due {day}", "It’s late", ("{n} record", "{n} records")]


def test_a_sentence_that_is_no_literal_is_refused() -> None:
    with pytest.raises(ValueError, match="stands in quotation marks"):
        found("{% say title %}")


def test_every_template_can_be_collected() -> None:
    collected = [message for path in TEMPLATES for message in found(path.read_text())]
    assert "Countersign exactly this text" in collected
    assert len(set(collected)) > 150


def test_a_tag_speaks_the_readers_language() -> None:
    page = Template('{% load says %}{% say "complete" %} {{ when|show }} {{ share|percent }}')
    context = {"when": Period.parse("2027-Q2"), "share": 0.0522}
    with translation.override("ru"):
        assert page.render(Context(context)) == "выполнено апрель–июнь 2027 5,2\u00a0%"
    with translation.override("en"):
        assert page.render(Context(context)) == "complete April–June 2027 5.2%"


def test_what_people_wrote_is_escaped() -> None:
    page = Template('{% load says %}{% say "Proposed by {person}" person=who %}')
    assert "<b>" not in page.render(Context({"who": "<b>x</b>"}))


def test_every_field_and_section_has_a_name() -> None:
    from bilat.register.kinds import SECTIONS

    assert set(SECTIONS) == set(SECTION_NAMES)
    fields = set(_fields_of(SECTIONS.values()))
    assert "lat" in fields
    assert fields <= set(LABELS)


def _fields_of(models: Iterable[type[BaseModel]]) -> Iterator[str]:
    """Of the records, and of their parts."""
    for model in models:
        yield from model.model_fields
        for info in model.model_fields.values():
            yield from _fields_of(models_in(info.annotation))
