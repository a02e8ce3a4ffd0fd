"""In which language the sentences of an answer are."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from bilat import LANGUAGES
from bilat.language import Words


def words_for(request: HttpRequest) -> Words:
    """That of Accept-Language; without one, the person's own; else English."""
    if request.headers.get("Accept-Language"):
        language = get_language_from_request(request)
    else:
        known = getattr(getattr(request, "auth", None), "known", None)
        language = known.language if known is not None else LANGUAGES[0]
    return Words(language if language in LANGUAGES else LANGUAGES[0])
