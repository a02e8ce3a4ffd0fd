"""What the core publishes as a file to keep: one document a request, in either language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse, QueryDict

import bilat
from bilat.brief.formats import Publication
from bilat.brief.publish import file_name, rendered
from bilat.language import Message, Words, say
from bilat_office.pages.context import LANGUAGE_NAMES

TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}
NAMES: Mapping[str, Message] = {
    "xlsx": say("Excel (XLSX)"),
    "docx": say("Word (DOCX)"),
    "pdf": say("PDF"),
    "json": say("data for programs (JSON)"),
    "ics": say("calendar with reminders (ICS)"),
}
ANNEX = say("annex to sign, Word (DOCX)")


def asked_kind(query: QueryDict, known: Sequence[str]) -> str | None:
    """The format that an address asks for, if there is such a one."""
    kind = query.get("format", "")
    return kind if kind in known else None


def words_asked(query: QueryDict, usual: Words) -> Words:
    """``in=ru``: a document may be in another language than the page."""
    lang = query.get("in", "")
    return Words(lang) if lang in bilat.LANGUAGES else usual


def document(make: Callable[[Words], Publication], words: Words, kind: str) -> HttpResponse:
    """Raises OutputRefused where this machine cannot make it."""
    output = make(words)
    answer = HttpResponse(rendered(output, kind), content_type=TYPES[kind])
    name = file_name(output, kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def offered(kinds: Sequence[str], *, annex: bool = False) -> list[dict[str, Any]]:
    """The files of a page for its template: format, what it is, languages."""
    languages = [(code, LANGUAGE_NAMES.get(code, code)) for code in bilat.LANGUAGES]
    return [
        {
            "kind": kind,
            "label": ANNEX if annex and kind == "docx" else NAMES[kind],
            "languages": languages,
        }
        for kind in kinds
    ]
