"""Nobody signs up: people are invited, and set their password by the invitation's link."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from bilat.language import Words, say
from bilat_office.people.models import Person


class ByInvitation(DefaultAccountAdapter):
    """Closes signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def invitation_path(person: Person) -> str:
    """The path under which an invited person sets a password; it works once, for three days."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return f"/people/invitation/{uid}/{default_token_generator.make_token(person)}"


def invitation_address(person: Person) -> str:
    """The same from wherever one reads it."""
    return f"{settings.OFFICE_ADDRESS}{invitation_path(person)}"


def invitation_send(*, person: Person, address: str) -> bool:
    """Send it in the person's language; False where the mail server does not take it."""
    words = Words(person.language)
    lines = (
        say("Dear {name},", name=person.name),
        say("You have been invited to Bilat. Choose a password here, within three days:"),
    )
    text = "\n\n".join([*map(words, lines), address, ""])
    letter = EmailMessage(words(say("An invitation to Bilat")), text, to=[person.email])
    try:
        letter.send()
    except OSError:  # SMTPException is one
        return False
    return True
