"""An administrator invites people; they sign in; what they look at is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from bilat.language import Words
from bilat.register.route import Draft, may_pass
from bilat_office.people.doorway import PUBLIC, viewer_of
from bilat_office.people.invitation import invitation_path
from bilat_office.people.models import AuditLine, Person, Token
from bilat_office.people.services.audit import audit_write
from bilat_office.people.services.persons import (
    PersonRefused,
    person_add,
    person_change,
    person_let_in,
    person_shut_out,
)
from bilat_office.people.services.routes import deputy_set, routes_of, staff_of, stops_set
from bilat_office.people.services.tokens import token_create, token_person, token_revoke
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SIDES = ("BLR", "KGZ")
PASSWORD = "a long way to Bishkek"  # noqa: S105


@pytest.fixture
def add() -> Callable[..., Person]:
    def invite(name: str = "Irina Petrova", **kwargs: Any) -> Person:
        given = {
            "email": f"{name.partition(' ')[0].lower()}@example.org",
            "side": "BLR",
            **kwargs,
        }
        return person_add(name=name, sides=SIDES, at=AT, **given)

    return invite


def sign_in(client: Client, email: str, password: str) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_a_person_signs_in_with_address_and_password(
    add: Callable[..., Person], client: Client
) -> None:
    irina = add(password=PASSWORD)
    assert sign_in(client, "IRINA@example.org", PASSWORD).status_code == 302
    assert client.session["_auth_user_id"] == str(irina.pk)


def test_after_five_wrong_passwords_the_address_is_locked(
    add: Callable[..., Person], client: Client
) -> None:
    add(password=PASSWORD)
    for _turn in range(5):
        sign_in(client, "irina@example.org", "wrong")
    sign_in(client, "irina@example.org", PASSWORD)
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_uninvited(client: Client) -> None:
    answer = client.post("/accounts/signup/", {"email": "eve@example.org", "password1": PASSWORD})
    assert answer.status_code == 200
    assert not Person.objects.exists()


def test_an_invited_person_chooses_a_password_once(
    add: Callable[..., Person], client: Client
) -> None:
    irina = add()
    path = invitation_path(irina)
    form = client.get(path, follow=True)
    assert b"Choose a password" in form.content
    weak = client.post(
        form.redirect_chain[-1][0], {"new_password1": "short", "new_password2": "short"}
    )
    assert weak.status_code == 200
    answer = client.post(
        form.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD}
    )
    assert answer.status_code == 302
    assert sign_in(client, irina.email, PASSWORD).status_code == 302
    assert b"This invitation is over" in Client().get(path, follow=True).content


def test_who_is_shut_out_does_not_come_in_any_more(
    add: Callable[..., Person], client: Client
) -> None:
    irina = add(password=PASSWORD)
    text = token_create(person=irina, name="x", scopes=["read"], days=9, secret="s" * 43, at=AT)
    person_shut_out(person=irina, at=AT)
    sign_in(client, irina.email, PASSWORD)
    assert "_auth_user_id" not in client.session
    assert token_person(text=text, at=AT) is None
    assert viewer_of(irina) == PUBLIC
    person_let_in(person=irina)
    assert viewer_of(irina).side == "BLR"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"email": "nobody"}, "email"),
        ({"side": "KAZ"}, "side"),
        ({"roles": ["king"]}, "roles"),
        ({"language": "fr"}, "language"),
        ({"name": "  ", "email": "x@example.org"}, "name"),
    ],
)
def test_a_wrong_field_is_named(
    add: Callable[..., Person], given: dict[str, Any], code: str
) -> None:
    with pytest.raises(PersonRefused) as refused:
        add(**given)
    assert refused.value.code == code
    assert Words("ru")(refused.value.message)


def test_an_address_is_invited_once_and_two_of_one_name_are_told_apart(
    add: Callable[..., Person],
) -> None:
    assert add().handle == "blr-irina-petrova"
    assert add(email="other@example.org").handle == "blr-irina-petrova-2"
    with pytest.raises(PersonRefused, match="invited before"):
        add(email="Irina@Example.org")


def test_whom_the_other_side_has_invited_stays_unsaid(add: Callable[..., Person]) -> None:
    """A known address is refused like one that is none, and no number tells of a namesake."""
    add(side="KGZ", email="irina@example.org")
    for email in ("Irina@example.org", "no address"):
        with pytest.raises(PersonRefused) as refused:
            add(email=email)
        sentence = str(refused.value)
        assert (refused.value.code, sentence.replace(email, "…")) == (
            "email",
            "“…” cannot be used. Write another e-mail address.",
        )
    assert add(email="other@example.org").handle == "blr-irina-petrova"


def test_a_changed_role_keeps_side_and_handle(add: Callable[..., Person]) -> None:
    irina = add()
    person_change(person=irina, sides=SIDES, roles=["analyst", "secretary"], language="ru")
    irina.refresh_from_db()
    assert (irina.roles, irina.language, irina.side) == (["analyst", "secretary"], "ru", "BLR")


def test_a_token_has_a_scope_an_end_and_can_be_revoked(add: Callable[..., Person]) -> None:
    irina = add()
    text = token_create(person=irina, name="x", scopes=["read"], days=2, secret="s" * 43, at=AT)
    assert token_person(text=text, at=AT) == (irina, frozenset({"read"}))
    assert token_person(text=text, at=AT + timedelta(days=2)) is None
    assert token_person(text=text + "x", at=AT) is None
    stored = Token.objects.get()
    assert text not in (stored.digest, stored.name)
    token_revoke(token=stored, at=AT)
    assert token_person(text=text, at=AT) is None


@pytest.mark.parametrize(("scopes", "days"), [(["everything"], 9), ([], 9), (["read"], 0)])
def test_a_token_without_scope_or_end_is_refused(
    add: Callable[..., Person], scopes: list[str], days: int
) -> None:
    with pytest.raises(PersonRefused):
        token_create(person=add(), name="x", scopes=scopes, days=days, secret="s" * 43, at=AT)


def test_a_sides_stops_and_deputies_are_the_rules_of_its_route(
    add: Callable[..., Person],
) -> None:
    irina = add(roles=["ministry_editor"], body="min-trade")
    pavel = add("Pavel Orlov", roles=["secretary"])
    stops_set(side="BLR", section="targets", stops=[("checked", "ministry_editor", "min-trade")])
    deputy_set(of=irina, by=pavel, start=date(2026, 3, 1), end=date(2026, 3, 9))
    draft = Draft("BLR", ("targets",), author="someone", text="…")
    allowed = may_pass(draft, routes_of("BLR"), staff_of("BLR"), date(2026, 3, 2))
    assert [item.person for item in allowed] == [irina.handle, pavel.handle]
    assert (
        may_pass(draft, routes_of("BLR"), staff_of("BLR"), date(2026, 4, 1))[0].person
        == irina.handle
    )


def test_without_stops_a_secretary_signs_what_she_wrote(add: Callable[..., Person]) -> None:
    anna = add("Anna Ivanova", roles=["secretary"])
    draft = Draft("BLR", ("targets",), author=anna.handle, text="…")
    assert (
        may_pass(draft, routes_of("BLR"), staff_of("BLR"), date(2026, 3, 2))[0].person
        == anna.handle
    )


def test_the_audit_stays_as_it_was_written() -> None:
    viewer = Viewer("BLR", person="irina")
    audit_write(viewer=viewer, action="get", names=[("targets", "own")], at=AT, address="::1")
    audit_write(viewer=viewer, action="list", names=[], at=AT)
    (line,) = AuditLine.objects.all()
    assert (line.person, line.records) == ("irina", ["targets/own"])
    for spoil in (AuditLine.objects.all().delete, lambda: AuditLine.objects.update(person="eve")):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()
    assert AuditLine.objects.get().person == "irina"
