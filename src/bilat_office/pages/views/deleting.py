"""Deleting a record: by a change as any other, or at once where one side alone sees it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat_office.api.versions import version_listed
from bilat_office.pages.filing import Written, filed, how_of, ways
from bilat_office.pages.refusing import status_of
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.views.editing import check_writable, demand_writing
from bilat_office.pages.views.records import crumbs, links_of
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.records.listing import Listed
from bilat_office.records.services.private import private_delete
from bilat_office.records.viewer import JOINT


@require_http_methods(["GET", "HEAD", "POST"])
@page
def record_delete(request: HttpRequest, section: str, record_id: str) -> HttpResponse:
    """A proposal that a joint record be deleted; one of the own side is deleted at once."""
    check_writable(section, record_id)
    visit = visit_of(request)
    demand_writing(visit)
    found = visit.door.get(section, record_id)
    wrong, status = None, 200
    if request.method == "POST":
        try:
            done, address = _deleted(visit, found)
        except BilatError as error:
            wrong, status = error.message, status_of(error)
        else:
            messages.success(request, visit.words(done))
            return HttpResponseRedirect(address)
    return _shown_deleting(visit, found, wrong, status)


def _deleted(visit: Visit, found: Listed) -> tuple[Message, str]:
    name = (found.section, found.id)
    if found.visibility != JOINT:
        demand(visit.viewer, "write_private")
        private_delete(name=name, by=visit.by, at=visit.at)
        return say("Deleted. Its versions stay."), reverse("record_list", args=[found.section])
    post = visit.request.POST
    written = Written(
        new=[(name, None)],
        reason=post.get("reason", "").strip(),
        bases={name: post.get("base") or None},
    )
    return filed(visit, how_of(post.get("how", "")), written)


def _shown_deleting(
    visit: Visit, found: Listed, wrong: Message | None, status: int
) -> HttpResponse:
    is_joint = found.visibility == JOINT
    open_ways = ways(visit, [found.section]) if is_joint else ()
    signs = open_ways[:1] not in ((), ("draft",))
    name = (found.section, found.id)
    context = {
        "found": found,
        "title": found.title(visit.words.lang),
        "is_joint": is_joint,
        "wrong": wrong,
        "ways": open_ways,
        "keys": keys_asked(visit, both=visit.office.solo) if signs else [],
        "reason": visit.request.POST.get("reason", ""),
        "base": version_listed(found),
        **links_of(visit, *name),
        "breadcrumbs": [*crumbs(found.section), (found.id, reverse("record", args=name))],
    }
    return render(visit.request, "pages/record_delete.html", context, status=status)
