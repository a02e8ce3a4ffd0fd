"""The second factor of signing in, when its telephone is lost."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from bilat_office.people.models import Person


def factors_of(person: Person) -> int:
    """How many are set up, recovery codes among them."""
    count: int = Authenticator.objects.filter(user=person).count()
    return count


def factors_reset(*, person: Person) -> int:
    """Signing in asks for the password alone, until another one is set up; how many there were."""
    count: int = Authenticator.objects.filter(user=person).delete()[0]
    return count
