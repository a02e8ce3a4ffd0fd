"""Secrets of each side, in every text that only it may see.

The records of each section are made from its model, so that a new field or a new section is
planted without being named here: every text in a record, also in its parts, holds the marker.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from tests.office.api.world import PASSPHRASE, World, measure

from bilat.programme import KINDS
from bilat.programme.record import Refers
from bilat.register.canonical import Document
from bilat.register.route import Person
from bilat_office.people.services.routes import deputy_set, stops_set
from bilat_office.records.services.drafts import draft_create
from bilat_office.records.services.keys import key_create
from bilat_office.records.services.private import private_delete, private_save_all

MARKERS = {"BLR": "zubrmarkerblr", "KGZ": "irbismarkerkgz"}
"""A word of each side's secrets. No id holds it, so that whoever asks never says it themselves."""
OTHER = {"BLR": "KGZ", "KGZ": "BLR"}
_PLAIN = (
    "2027", "2026-05-01", "USD", "1", "0.5", "850110", "BLR", "percent", "100 USD",
    "https://example.org/x", 1, 0.5, True, "en", "Europe/Minsk",
)  # fmt: skip


def own_id(side: str, section: str) -> str:
    return f"own-{side.lower()}-{section}"


def planted(side: str, section: str) -> Document:
    """A private record of ``side`` with its marker in every text."""
    made = _Planter(side).record(KINDS[section])
    return {**made, "id": own_id(side, section), "visibility": side}


class _Planter:
    def __init__(self, side: str) -> None:
        self.side, self.marker = side, MARKERS[side]

    def record(self, model: type[BaseModel]) -> Document:
        """What is needed first, then whatever else the model takes."""
        content: Document = {}
        names = sorted(
            model.model_fields, key=lambda name: not model.model_fields[name].is_required()
        )
        for name in (*names, *names):  # twice: one field may need another
            if name in content or name in ("visibility", "public"):
                continue
            info = model.model_fields[name]
            whole = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
            for value in self.values(whole, name):
                if _fits(whole, value) and (
                    info.is_required() or _valid(model, {**content, name: value})
                ):
                    content[name] = value
                    break
        return content

    def values(self, annotation: Any, name: str) -> Iterator[Any]:
        """Plausible values of a type; texts hold the marker wherever they may."""
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin in (Union, types.UnionType):
            for member in inner:
                yield from self.values(member, name)
        elif origin is Annotated:
            yield from self._marked(inner[0], inner[1:], name)
        elif origin is tuple:
            yield from ([value] for value in self.values(inner[0], name))
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield self.record(annotation)
        else:
            yield from self._simple(annotation, name)

    def _marked(self, annotation: Any, marks: tuple[Any, ...], name: str) -> Iterator[Any]:
        refers = next((mark.section for mark in marks if isinstance(mark, Refers)), None)
        if refers is None:
            yield from self.values(annotation, name)
        else:
            yield self.side if refers == "parties" else own_id(self.side, refers)

    def _simple(self, annotation: Any, name: str) -> Iterator[Any]:
        text = f"{self.marker} {name}"
        if get_origin(annotation) is Literal:
            yield from get_args(annotation)
        elif get_origin(annotation) is dict:
            yield {"en": text, "ru": text}
        elif annotation is not type(None):
            yield from (text, self.marker, *_PLAIN) if annotation is str else _PLAIN


def _fits(annotation: Any, value: Any) -> bool:
    try:
        TypeAdapter(annotation).validate_python(value)
    except ValidationError:
        return False
    return True


def _valid(model: type[BaseModel], content: Document) -> bool:
    """Also when something else is still missing: that is added later."""
    try:
        model.model_validate(content)
    except ValidationError as error:
        return all(item["type"] == "missing" for item in error.errors())
    return True


def plant(world: World) -> None:
    """Records of every section, versions, deleted ones, drafts, keys, people, stops, deputies."""
    shown = (
        ("published", "commitments.open"),
        {"id": "commitments.open", "of": "commitments", "record": "open"},
    )
    world.agree(measure("open", due="2027"), measure("joint", due="2026"), shown)
    for side in MARKERS:
        _plant_side(world, side)


def _plant_side(world: World, side: str) -> None:
    marker = MARKERS[side]
    person = world.people[side, "secretary"]
    by = Person(person.handle, side, frozenset(person.roles))
    records = [(section, planted(side, section)) for section in KINDS]
    for _turn in range(2):  # two versions of each
        private_save_all(new=records, by=by, at=world.now())
    gone = {"id": f"own-{side.lower()}-gone", "title": f"{marker} gone"}
    private_save_all(new=[("commitments", gone)], by=by, at=world.now())
    private_delete(name=("commitments", gone["id"]), by=by, at=world.now())
    name, content = measure("open", f"{marker} in a draft", due="2028")
    draft_create(new=[(name, content)], reason=f"{marker} reason", by=by, at=world.now())
    key_create(
        side=side,
        holder=f"{marker} office",
        passphrase=PASSPHRASE,
        seed=marker.ljust(32).encode(),
        at=world.now(),
    )
    stops_set(side=side, section="links", stops=[(f"{marker} stop", "approver", "")])
    deputy_set(
        of=person,
        by=world.people[side, "approver"],
        start=date(2020, 1, 1),
        end=date(2090, 1, 1),
    )
    person.name = f"{marker} name"
    person.save()
    world.token(person)
    person.tokens.update(name=f"{marker} program")
