"""``bilat-office person``: who may come in. The first person of an office is added here."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bilat import LANGUAGES
from bilat.cli.words import translate as _
from bilat.language import Message, say


def add_to(office: click.Group, prepare: Callable[..., None], tell: Callable[[Message], None],
           data_option: Callable[..., Any]) -> None:  # fmt: skip
    """Attach the commands to the office's."""

    @office.group(help=_("People of the office: add, list, shut out."))
    def person() -> None:
        pass

    @person.command(
        help=_("Invite someone: prints the link by which they set a password, good for three days.")
    )
    @click.argument("name")
    @click.argument("email")
    @click.option("--side", required=True, help=_("Code of a party, or joint."))
    @click.option("--role", "roles", multiple=True, help=_("A role; may be given several times."))
    @click.option("--body", default="", help=_("Id of the body that they stand for."))
    @click.option(
        "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True,
        help=_("Language of their pages and letters."),
    )  # fmt: skip
    @click.option(
        "--password-stdin", is_flag=True,
        help=_("Take a password from the first line of the input, and print no link."),
    )  # fmt: skip
    @data_option
    def add(data: Path | None, **asked: Any) -> None:
        prepare(data)
        _add(tell, **asked)

    @person.command("list", help=_("Everybody, with side, roles and whether they can sign in."))
    @data_option
    def list_command(data: Path | None) -> None:
        prepare(data)
        from bilat_office.people.models import Person

        for item in Person.objects.order_by("side", "handle"):
            state = say("can sign in") if item.is_active else say("shut out")
            roles = [str(role) for role in item.roles]
            tell(say("{handle}  {side}  {email}  {roles}  {state}", handle=item.handle,
                     side=item.side, email=item.email, roles=roles, state=state))  # fmt: skip

    @person.command("shut-out", help=_("Sign-in and tokens of EMAIL end at once."))
    @click.argument("email")
    @data_option
    def shut_out(data: Path | None, email: str) -> None:
        prepare(data)
        from bilat_office.people.services.persons import person_shut_out

        found = _person(email)
        person_shut_out(person=found, at=_now())
        tell(say("{name} cannot sign in any more.", name=found.name))


def _add(tell: Callable[[Message], None], *, name: str, email: str, side: str,
         roles: tuple[str, ...], body: str, lang: str, password_stdin: bool) -> None:  # fmt: skip
    from django.conf import settings

    from bilat_office.people.invitation import invitation_path
    from bilat_office.people.services.persons import person_add
    from bilat_office.records.door import Door
    from bilat_office.records.viewer import JOINT, Viewer

    with Door(Viewer(JOINT)).desk() as desk:
        sides = desk.sides
    password = _password() if password_stdin else None
    added = person_add(name=name, email=email, side=side, sides=sides, roles=roles, body=body,
                       language=lang, password=password, at=_now())  # fmt: skip
    tell(say("{name} is known to the register as {handle}.", name=added.name, handle=added.handle))
    if password is None:
        link = f"{settings.OFFICE_ADDRESS}{invitation_path(added)}"
        tell(say("Send this link, which works once, for three days: {link}", link=link))


def _password() -> str:
    """As strict as the page on which people choose one. Raises PersonRefused."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from bilat_office.people.services.persons import PersonRefused

    password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as error:
        why = " ".join(error.messages)
        raise PersonRefused("password", say("This password will not do: {why}", why=why)) from None
    return password


def _person(email: str) -> Any:
    from bilat_office.people.models import Person
    from bilat_office.people.services.persons import PersonRefused

    found = Person.objects.filter(email__iexact=email).first()
    if found is None:
        raise PersonRefused("email", say("Nobody here has the address {email}.", email=email))
    return found


def _now() -> datetime:
    return datetime.now(UTC)
