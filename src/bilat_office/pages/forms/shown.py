"""A form for a template: its inputs, and every error with a link to where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bilat.language import Message, Words
from bilat.programme import Programme
from bilat.programme.hints import hint_of_model
from bilat.programme.labels import label_of
from bilat.register.canonical import Document
from bilat.register.kinds import SECTIONS
from bilat_office.pages.forms.inputs import Filling, inputs_of, told
from bilat_office.pages.forms.pieces import Input, Part
from bilat_office.pages.forms.reading import Errors
from bilat_office.pages.forms.typed import START

Places = Mapping[str, tuple[str, tuple[Message, ...]]]


def shown_form(
    section: str,
    content: Document,
    programme: Programme,
    words: Words,
    typed: Mapping[str, str] | None,
    at: Errors,
) -> dict[str, Any]:
    """at: what is wrong, by the place of the input."""
    said = {place: tuple(words(each) for each in found) for place, found in at.items()}
    inputs = inputs_of(Filling(section, content, programme, words.lang, typed, said))
    places = dict(_places(inputs, ()))
    return {
        "about": told(hint_of_model(SECTIONS[section]), words.lang),
        "inputs": inputs,
        "errors": list(_summary(said, places, words)),
        "id_errors": said.get("id", ()),
    }


def _summary(
    said: Mapping[str, tuple[str, ...]], places: Places, words: Words
) -> Iterator[dict[str, Any]]:
    for place, found in said.items():
        anchor, labels = places.get(place, _whole(place))
        for what in found:
            yield {"anchor": anchor, "label": " › ".join(map(words, labels)), "what": what}


def _whole(place: str) -> tuple[str, tuple[Message, ...]]:
    return ("id" if place == "id" else "", (label_of(place or "record"),))


def _places(
    inputs: Iterable[Input], around: tuple[Message, ...]
) -> Iterator[tuple[str, tuple[str, tuple[Message, ...]]]]:
    """Place → the element to go to, and the labels that lead there."""
    for each in inputs:
        labels = (*around, each.label)
        yield each.name.removeprefix(START), (each.anchor, labels)
        yield from _places((*each.inputs, *each.rest), labels)
        for part in each.parts:
            yield from _places_in(part, labels)


def _places_in(
    part: Part, around: tuple[Message, ...]
) -> Iterator[tuple[str, tuple[str, tuple[Message, ...]]]]:
    labels = (*around, part.label)
    if part.is_single:
        yield part.name.removeprefix(START), (part.inputs[0].anchor, labels)
    else:
        yield part.name.removeprefix(START), (part.name, labels)
        yield from _places((*part.inputs, *part.rest), labels)
