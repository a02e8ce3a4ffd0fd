"""Tokens of programs: shown once, kept as a hash, with a scope and an end."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal, get_args

from bilat.language import say
from bilat_office.people.models import Person, Token
from bilat_office.people.services.persons import PersonRefused

Scope = Literal["read", "draft", "sign", "load", "exchange", "manage"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""read: what the person sees; draft: write drafts and private records; sign: use an open key;
load: statistics and jobs; exchange: with the other office; manage: people, tokens, keys, audit.
None gives more than the person's roles do."""
PREFIX = "bilat_"
LONGEST = 366
SELDOM = timedelta(minutes=1)
"""How often the last use of a token is written down: reading must not cost a write each time."""


def token_create(
    *, person: Person, name: str, scopes: Collection[str], days: int, secret: str, at: datetime
) -> str:
    """The token as the program must send it; it is not shown again. Raises PersonRefused.

    secret: of `secrets.token_urlsafe(32)`.
    """
    if unknown := sorted(set(scopes) - set(SCOPES)):
        raise PersonRefused("scopes", say("There is no scope {unknown}.", unknown=unknown))
    if not scopes:
        raise PersonRefused("scopes", say("Name at least one scope."))
    if not 1 <= days <= LONGEST:
        raise PersonRefused("days", say("A token lasts from 1 to {most} days.", most=LONGEST))
    text = PREFIX + secret
    Token.objects.create(
        person=person,
        name=name,
        digest=_digest(text),
        scopes=sorted(set(scopes)),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    return text


def token_person(*, text: str, at: datetime) -> tuple[Person, frozenset[str]] | None:
    """Whose token it is, and its scopes; None for one that is unknown, over or revoked."""
    token = Token.objects.filter(digest=_digest(text)).select_related("person").first()
    if token is None or token.revoked_at or token.expires_at <= at or not token.person.is_active:
        return None
    if token.used_at is None or at - token.used_at >= SELDOM:
        Token.objects.filter(pk=token.pk).update(used_at=at)
    return token.person, frozenset(token.scopes)


def token_revoke(*, token: Token, at: datetime) -> None:
    """At once, and for good."""
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
