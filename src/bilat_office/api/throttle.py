"""How often something may be tried: counted in the database's cache, so for all processes alike."""

from __future__ import annotations

from django.core.cache import cache

from bilat.language import say
from bilat_office.records.refusals import OfficeRefused


class TooMany(OfficeRefused):
    """``retry_after``: seconds after which the count has begun anew, at the latest."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too_many", say("Too many tries in a short time. Wait, then try again."))
        self.retry_after = retry_after


def check_tries(subject: str, most: int, seconds: int) -> None:
    """Raises TooMany after ``most`` tries counted within ``seconds``."""
    if cache.get(_key(subject), 0) >= most:
        raise TooMany(seconds)


def count_try(subject: str, seconds: int) -> None:
    """One more; the count begins anew ``seconds`` after its first."""
    if not cache.add(_key(subject), 1, timeout=seconds):
        cache.incr(_key(subject))


def _key(subject: str) -> str:
    return f"api:{subject}"
