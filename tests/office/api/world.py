"""An office with people of both sides, each with a token, and a caller for each of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.core.register.secretaries import AIDA, ALES, BISHKEK, MINSK, seed

from bilat.register.canonical import Document
from bilat.register.genesis import Founding, found
from bilat.register.kinds import Mode, Name
from bilat.register.orders import Actor
from bilat.register.route import Person as RoutePerson
from bilat_office.people.models import Person
from bilat_office.people.permissions import ROLES
from bilat_office.people.services.persons import person_add
from bilat_office.people.services.tokens import SCOPES, token_create
from bilat_office.records.keeper import KEEPER
from bilat_office.records.services.changes import change_countersign, change_propose, seal
from bilat_office.records.services.keys import key_keep, locked
from bilat_office.records.services.private import private_save

BEGUN = datetime(2025, 1, 1, 9, 0, tzinfo=UTC)
SIDES = ("BLR", "KGZ")
PASSPHRASE = "the quiet office"  # noqa: S105
PASSWORD = "a long way to Bishkek"  # noqa: S105
ROOT = "/api/v1"


def founding(mode: Mode = "two") -> Founding:
    """Long ago, so that no clock runs back."""
    return found("blr-kgz", [MINSK, BISHKEK], at=BEGUN, nonce=seed("api"), mode=mode)


@dataclass
class Caller:
    """A program with a token (or without): ``get("/commitments")``."""

    token: str | None = None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        if self.token is not None:
            headers.setdefault("authorization", f"Bearer {self.token}")
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body)
        kind = headers.pop("content_type", "application/json" if body is not None else "")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, ROOT + path, data, content_type=kind, headers=named)

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.ask("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.ask("DELETE", path, **headers)


@dataclass
class World:
    """``agree``: both sides enter records. ``ask("BLR", "secretary")``: that person's caller."""

    minute: int = 0
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def begin(cls, mode: Mode = "two") -> World:
        with KEEPER.writing(founding(mode)):
            pass
        for signer in (MINSK, BISHKEK):
            pem = locked(seed(f"{signer.side}-first"), PASSPHRASE)
            key_keep(record=signer.record, pem=pem, at=BEGUN)
        world = cls()
        for side in SIDES:
            for role in ROLES:
                world.add(side, role)
        world.add("joint", "observer")
        return world

    def add(self, side: str, role: str, scopes: Any = SCOPES, **given: Any) -> Person:
        person = person_add(
            name=f"{side} {role}",
            email=f"{side}-{role}-{len(self.people)}@example.org",
            side=side,
            sides=SIDES,
            at=BEGUN,
            roles=[role],
            **given,
        )
        self.people[side, role] = person
        self.tokens[side, role] = self.token(person, scopes)
        return person

    def token(self, person: Person, scopes: Any = SCOPES) -> str:
        made = person.tokens.count()
        return token_create(
            person=person,
            name=f"program {made}",
            scopes=list(scopes),
            days=9,
            secret=f"{person.handle}-{made}",
            at=timezone.now(),
        )

    def ask(self, side: str | None, role: str = "secretary") -> Caller:
        return Caller() if side is None else Caller(self.tokens[side, role])

    def now(self) -> datetime:
        self.minute += 1
        return BEGUN + timedelta(minutes=self.minute)

    def agree(self, *new: tuple[Name, Document | None], reason: str = "Agreed") -> str:
        change = change_propose(new=new, reason=reason, by=ALES, at=self.now())
        change_countersign(change=change, by=AIDA, at=self.now())
        seal(by=ALES, at=self.now())
        return change

    def offer(self, *new: tuple[Name, Document | None], by: Actor = ALES) -> str:
        """Proposed, and not answered."""
        return change_propose(new=new, reason="A proposal", by=by, at=self.now())

    def keep(self, side: str, section: str, content: Document) -> Name:
        """A private record."""
        by = RoutePerson(f"{side.lower()}-secretary", side, frozenset(("secretary",)))
        return private_save(section=section, content=content, by=by, at=self.now())

    def ticket(self, side: str = "BLR", key: str | None = None) -> str:
        """An open key of the side's secretary, opened through the API."""
        signer = MINSK if side == "BLR" else BISHKEK
        asked = {"key": key or signer.record.id, "passphrase": PASSPHRASE}
        answer = self.ask(side).post("/sittings", asked)
        assert answer.status_code == 201, answer.content
        ticket: str = answer.json()["ticket"]
        return ticket


def measure(id_: str, title: Any = "Open a trade house", **fields: Any) -> tuple[Name, Document]:
    return ("commitments", id_), {"id": id_, "title": title, **fields}


def item(name: Name, content: Document | None, base: str | None = None) -> Document:
    return {"section": name[0], "id": name[1], "content": content, "base": base}
