"""The way out of letters: a signed link that needs no password, and does nothing else."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer

from bilat_office.people.models import Person

_SALT = "bilat.letters"


def leaving_address(person: Person) -> str:
    return f"{settings.OFFICE_ADDRESS}/letters/stop/{Signer(salt=_SALT).sign(person.handle)}"


def person_leaving(token: str) -> Person | None:
    """Whose link it is; None for one that nobody has signed."""
    try:
        handle = Signer(salt=_SALT).unsign(token)
    except BadSignature:
        return None
    return Person.objects.filter(handle=handle).first()


def letters_stop(*, person: Person) -> None:
    """No letter any more, also none that is written already. Twice does no harm."""
    person.reminders = False
    person.save(update_fields=["reminders"])
