"""People come in by invitation, sign in, set up a second factor, choose a language, go."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from tests.office.api.world import PASSWORD
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat_office.people.invitation import invitation_path
from bilat_office.people.models import Person

pytestmark = pytest.mark.django_db


def sign_in(client: Client, person: Person, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": person.email, "password": password})


@pytest.fixture
def irina(office: Desk) -> Person:
    person = office.world.people["BLR", "secretary"]
    person.email = person.email.lower()
    person.set_password(PASSWORD)
    person.save()
    return person


def test_the_way_in_is_in_the_look_of_all_pages(office: Desk) -> None:
    client = Client()
    answer = client.get("/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/"
    assert faults_of(answer) == []
    assert "People come in by invitation." in text_of(answer)
    assert "sign up" not in text_of(answer).lower()


def test_a_person_signs_in_and_lands_at_home(irina: Person) -> None:
    client = Client()
    answer = client.post("/accounts/login/?next=/", {"login": irina.email, "password": PASSWORD},
                         follow=True)  # fmt: skip
    assert "Where the programme stands" in text_of(answer)
    assert "BLR secretary" in text_of(answer)
    gone = client.post("/accounts/logout/", follow=True)
    assert client.get("/").status_code == 302
    assert gone.status_code == 200


def test_a_wrong_password_says_so_beside_the_field(irina: Person) -> None:
    answer = sign_in(Client(), irina, "wrong")
    assert faults_of(answer) == []
    assert "There is a problem" in text_of(answer)


def test_an_invited_person_chooses_a_password(office: Desk) -> None:
    client, person = Client(), office.world.people["KGZ", "analyst"]
    person.email = person.email.lower()
    person.save()
    form = client.get(invitation_path(person), follow=True)
    assert faults_of(form) == []
    assert "Choose a password" in text_of(form)
    address = form.redirect_chain[-1][0]
    weak = client.post(address, {"new_password1": "short", "new_password2": "short"})
    assert "There is a problem" in text_of(weak)
    assert faults_of(weak) == []
    client.post(address, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert sign_in(client, person).status_code == 302
    over = Client().get(invitation_path(person).replace("-", "x", 1), follow=True)
    assert "This invitation is over" in text_of(over)


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_a_second_factor_is_set_up_and_asked_for(irina: Person) -> None:
    client = Client()
    sign_in(client, irina)
    asked = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert faults_of(asked) == []
    address = asked.redirect_chain[-1][0]  # who they are is asked once more
    form = client.post(address, {"password": PASSWORD}, follow=True)
    assert faults_of(form) == []
    secret = client.session[SECRET_SESSION_KEY]
    assert f'value="{secret}"' in form.content.decode()
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    assert faults_of(done) == []
    codes = client.get("/accounts/2fa/recovery-codes/")
    assert codes.status_code == 200
    assert faults_of(codes) == []

    again = Client()
    halfway = sign_in(again, irina)
    assert halfway["Location"].startswith("/accounts/2fa/authenticate/")
    assert again.get("/").status_code == 302
    page = again.get(halfway["Location"])
    assert faults_of(page) == []


def test_a_language_is_kept_for_the_person(office: Desk) -> None:
    client = office.browser()
    answer = client.post("/language", {"language": "ru", "next": "/roadmap"})
    assert answer["Location"] == "/roadmap"
    assert '<html lang="ru"' in client.get("/roadmap").content.decode()
    assert Person.objects.get(pk=office.world.people["BLR", "secretary"].pk).language == "ru"
    assert '<html lang="en"' in office.browser("KGZ").get("/roadmap").content.decode()


def test_a_language_can_be_chosen_before_signing_in(office: Desk) -> None:
    client = Client()
    client.post("/language", {"language": "ru", "next": "/accounts/login/"})
    assert '<html lang="ru"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_nobody_is_sent_elsewhere(office: Desk, next_: str) -> None:
    answer = office.browser().post("/language", {"language": "ru", "next": next_})
    assert answer["Location"] == "/"


def test_the_joint_observer_reads_and_writes_nothing(office: Desk) -> None:
    client = office.browser("joint", "observer")
    assert "between the sides" in text_of(client.get("/"))
    assert "Add a measure" not in text_of(client.get("/roadmap"))
    assert client.get("/records/contacts/_new").status_code == 403


def test_sign_in_settings_are_one_page_and_no_address_is_added(irina: Person) -> None:
    """An address that nobody verifies would stand in the way of the second factor."""
    client = Client()
    sign_in(client, irina)
    settings = client.get("/accounts/2fa/")
    assert faults_of(settings) == []
    assert "Sign-in settings" in text_of(settings)
    assert 'href="/accounts/password/change/"' in settings.content.decode()
    added = client.post("/accounts/email/", {"email": "other@example.org", "action_add": "1"})
    assert added["Location"] == "/accounts/2fa/"
    Person.objects.filter(pk=irina.pk).update(language="ru")
    for path in ("/accounts/2fa/", "/accounts/password/change/", "/accounts/reauthenticate/"):
        page = client.get(path)
        assert faults_of(page) == []
        assert '<html lang="ru"' in page.content.decode()
