"""Nobody signs up: people are invited, and set their password by the invitation's link."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from bilat_office.people.models import Person


class ByInvitation(DefaultAccountAdapter):
    """Closes signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def invitation_path(person: Person) -> str:
    """The path under which an invited person sets a password; it works once, for three days."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return f"/people/invitation/{uid}/{default_token_generator.make_token(person)}"
