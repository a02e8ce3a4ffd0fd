"""How much the files of documents take: for those who look after the office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bilat.language import say
from bilat_office.files.cabinet import Cabinet
from bilat_office.pages.visit import page, visit_of
from bilat_office.people.permissions import demand

CRUMB = (say("Documents"), "/documents")


@require_safe
@page
def stored(request: HttpRequest) -> HttpResponse:
    """Files of both sides and of the own one; of the other side's own nothing is told."""
    visit = visit_of(request)
    demand(visit.viewer, "audit")
    context = {"rows": Cabinet(visit.door).stored(), "breadcrumbs": [CRUMB]}
    return render(request, "documents/stored.html", context)
