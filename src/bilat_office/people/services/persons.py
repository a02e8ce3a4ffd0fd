"""People are invited, changed and shut out; nobody is deleted: the register names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

import bilat
from bilat.language import say
from bilat_office.people.models import Person, Token
from bilat_office.people.permissions import ROLES
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.viewer import JOINT


class PersonRefused(OfficeRefused):
    """A person's data cannot be what they are."""


_UNUSABLE = say("“{email}” cannot be used. Write another e-mail address.")
"""The same whether it is no address or one that the other side has: that stays unsaid."""


def person_add(
    *,
    name: str,
    email: str,
    side: str,
    sides: Sequence[str],
    at: datetime,
    roles: Sequence[str] = (),
    body: str = "",
    language: str = "en",
    password: str | None = None,
) -> Person:
    """Someone who may sign in. Without a password they set one by the link of an invitation.

    sides: the programme's two parties. Raises PersonRefused with the field that is wrong.
    """
    _check(name=name, email=email, side=side, sides=sides, roles=roles, language=language)
    with transaction.atomic():
        _check_free(email.strip(), side)
        person = Person(
            handle=_free_handle(name, side),
            name=name.strip(),
            email=email.strip().lower(),
            side=side,
            body=body,
            roles=sorted(set(roles)),
            language=language,
            created_at=at,
        )
        person.set_password(password)
        person.save()
    return person


def person_change(
    *,
    person: Person,
    sides: Sequence[str],
    roles: Sequence[str] | None = None,
    body: str | None = None,
    language: str | None = None,
    reminders: bool | None = None,
    name: str | None = None,
) -> None:
    """What is given changes; side, address and handle stay what they are. Raises PersonRefused."""
    person.roles = sorted(set(person.roles if roles is None else roles))
    person.body = person.body if body is None else body
    person.language = language or person.language
    person.name = name or person.name
    person.reminders = person.reminders if reminders is None else reminders
    _check(
        name=person.name,
        email=person.email,
        side=person.side,
        sides=sides,
        roles=person.roles,
        language=person.language,
    )
    person.save()


def person_shut_out(*, person: Person, at: datetime) -> None:
    """Cannot sign in any more, and their programs neither; what they have signed stays."""
    with transaction.atomic():
        person.is_active = False
        person.save(update_fields=["is_active"])
        Token.objects.filter(person=person, revoked_at=None).update(revoked_at=at)


def person_let_in(*, person: Person) -> None:
    """May sign in again."""
    person.is_active = True
    person.save(update_fields=["is_active"])


def _check(
    *, name: str, email: str, side: str, sides: Sequence[str], roles: Sequence[str], language: str
) -> None:
    if not name.strip():
        raise PersonRefused("name", say("Write the person’s name."))
    try:
        validate_email(email.strip())
    except ValidationError:
        raise PersonRefused("email", _UNUSABLE.with_args(email=email)) from None
    if side not in (*sides, JOINT):
        raise PersonRefused(
            "side",
            say("“{side}” is no side; there are: {sides}.", side=side, sides=[*sides, JOINT]),
        )
    if unknown := sorted(set(roles) - set(ROLES)):
        raise PersonRefused(
            "roles",
            say(
                "There is no role {unknown}; there are: {roles}.",
                unknown=unknown,
                roles=list(ROLES),
            ),
        )
    if language not in bilat.LANGUAGES:
        raise PersonRefused(
            "language",
            say("Write one of these languages: {languages}.", languages=list(bilat.LANGUAGES)),
        )


def _check_free(email: str, side: str) -> None:
    """Of a person of the other side not even the address is told. Raises PersonRefused."""
    known = Person.objects.filter(email__iexact=email).first()
    if known is None:
        return
    if known.side == side:
        raise PersonRefused("email", say("{email} has been invited before.", email=email))
    raise PersonRefused("email", _UNUSABLE.with_args(email=email))


def _free_handle(name: str, side: str) -> str:
    """A name as a register can carry it: Anna Ivanova of BLR is blr-anna-ivanova, the second -2.

    It begins with the side, so that who is taken on the other side shows in no number.
    """
    words = slugify(name) or slugify(name, allow_unicode=True) or "person"
    begin = f"{slugify(side)}-"
    stem = (words if words.startswith(begin) else begin + words)[:50]
    taken = set(Person.objects.filter(handle__startswith=stem).values_list("handle", flat=True))
    number = 1
    while (handle := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return handle
