"""Files of a document: brought, fetched, taken off the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from bilat.errors import BilatError
from bilat.language import say
from bilat_office.files import refusals
from bilat_office.files.cabinet import Cabinet
from bilat_office.files.sniffing import TYPES
from bilat_office.pages.documents.document import shown
from bilat_office.pages.refusing import status_of
from bilat_office.pages.uploading import is_too_long, length_of
from bilat_office.pages.visit import page, visit_of
from bilat_office.records.refusals import NotSeen


@csrf_exempt  # only until its length is known: `_bring` asks for the token
@require_http_methods(["POST"])
@page
def bring(request: HttpRequest, record_id: str) -> HttpResponse:
    """Keep a file. A body that is far too long is refused before it is taken apart."""
    visit = visit_of(request)
    visit.door.get("documents", record_id)
    if is_too_long(request, refusals.LARGEST):
        wrong = refusals.too_large(length_of(request)).message
        return shown(visit, record_id, file_wrong=wrong, status=400)
    return _bring(request, record_id)


@csrf_protect
def _bring(request: HttpRequest, record_id: str) -> HttpResponse:
    visit = visit_of(request)
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise refusals.missing()
        if (sent.size or 0) > refusals.LARGEST:
            raise refusals.too_large(sent.size or 0)
        kept = Cabinet(visit.door).add(
            document=record_id,
            visibility=request.POST.get("visibility", visit.side),
            name=sent.name or "",
            data=sent.read(),
            at=visit.at,
        )
    except NotSeen:
        raise
    except BilatError as error:
        return shown(visit, record_id, file_wrong=error.message, status=status_of(error))
    messages.success(request, visit.words(say("{name} is kept.", name=kept.name)))
    return HttpResponseRedirect(reverse("document", args=[record_id]) + "#files")


@require_safe
@page
def fetch(request: HttpRequest, record_id: str, number: int) -> HttpResponse:
    """The file itself: to be saved, never to be run in the office's own name."""
    visit = visit_of(request)
    visit.door.get("documents", record_id)
    cabinet = Cabinet(visit.door)
    kept = cabinet.get(record_id, number)
    answer = HttpResponse(cabinet.content(kept), content_type=TYPES[kept.media])
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=kept.name
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@require_http_methods(["POST"])
@page
def take_off(request: HttpRequest, record_id: str, number: int) -> HttpResponse:
    visit = visit_of(request)
    visit.door.get("documents", record_id)
    cabinet = Cabinet(visit.door)
    kept = cabinet.get(record_id, number)
    cabinet.remove(kept=kept, reason=request.POST.get("reason", "").strip(), at=visit.at)
    messages.success(request, visit.words(say("{name} is no longer listed.", name=kept.name)))
    return HttpResponseRedirect(reverse("document", args=[record_id]) + "#files")
