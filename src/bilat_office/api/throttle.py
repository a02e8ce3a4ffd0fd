"""How often something may be tried: counted in the database's cache, so for all processes alike."""

from __future__ import annotations

from django.core.cache import cache

from bilat.language import say
from bilat_office.records.refusals import OfficeRefused


class TooMany(OfficeRefused):
    def __init__(self) -> None:
        super().__init__("too_many", say("Too many tries in a short time. Wait, then try again."))


def check_tries(subject: str, most: int) -> None:
    """Raises TooMany after ``most`` counted tries."""
    if cache.get(_key(subject), 0) >= most:
        raise TooMany


def count_try(subject: str, seconds: int) -> None:
    """One more; the count begins anew ``seconds`` after its first."""
    if not cache.add(_key(subject), 1, timeout=seconds):
        cache.incr(_key(subject))


def _key(subject: str) -> str:
    return f"api:{subject}"
