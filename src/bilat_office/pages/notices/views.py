"""The page of what waits for its reader, and which letters they want of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bilat.language import say, say_many
from bilat_office.jobs.letters.things import STAGES
from bilat_office.pages.exports import table_file
from bilat_office.pages.notices.waiting import GROUPS, STAMP, Notice, count_new, waiting
from bilat_office.pages.reckoning import programme_unshown, saw_private
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.services.letters import choice_of, letters_choose
from bilat_office.people.services.notices import notice_unsee, notices_see, notices_seen

SHORT = 30
"""Of one sort, on the page of all of them; the page of the sort has the rest."""
CRUMB = (say("Notifications"), "/notices")


@require_safe
@page
def notices(request: HttpRequest) -> HttpResponse:
    """What is new, by its sort; what was seen, below."""
    visit = visit_of(request)
    group = request.GET.get("group", "")
    found, seen = waiting(visit), notices_seen(visit.person)
    count_new(visit, found, seen)
    every = [item for item in found if group not in GROUPS or item.group == group]
    _saw(visit, every)
    fresh = [item for item in every if item.key not in seen]
    if (form := request.GET.get("format")) in ("csv", "xlsx"):
        return _file(visit, every, seen, form)
    context = {
        "groups": [
            (label, name, rows, rows if group == name else rows[:SHORT])
            for name, label in GROUPS.items()
            if (rows := [item for item in fresh if item.group == name])
        ],
        "seen": [item for item in every if item.key in seen],
        "fresh": len(fresh),
        "fresh_keys": [item.key for item in fresh],
        "total": len(every),
        "from_short": f"{SHORT}:",
        "names": list(GROUPS.items()),
        "group": group,
        "is_filtered": group in GROUPS,
    }
    return render(request, "notices/notices.html", context)


@require_POST
@page
def seen(request: HttpRequest) -> HttpResponse:
    """One of them, or all that are shown now."""
    visit = visit_of(request)
    known = {item.key for item in waiting(visit)}
    wanted = known.intersection(request.POST.getlist("key"))
    notices_see(person=visit.person, keys=sorted(wanted), at=visit.at)
    request.session[STAMP] = visit.at.isoformat()
    told = say_many("{n} notice marked as seen.", "{n} notices marked as seen.", n=len(wanted))
    messages.success(request, visit.words(told))
    return HttpResponseRedirect(reverse("notices"))


@require_POST
@page
def unseen(request: HttpRequest) -> HttpResponse:
    """It is new again."""
    visit = visit_of(request)
    notice_unsee(person=visit.person, key=request.POST.get("key", "")[:200])
    request.session[STAMP] = visit.at.isoformat()
    messages.success(request, visit.words(say("It counts as new again.")))
    return HttpResponseRedirect(reverse("notices"))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def letters(request: HttpRequest) -> HttpResponse:
    """Reminders before and after, changes, the week's digest and of which bodies; or none."""
    visit = visit_of(request)
    bodies = {body.id: body.name for body in programme_unshown(visit).bodies}
    if request.method == "POST":
        post = request.POST
        letters_choose(
            person=visit.person,
            wanted="wanted" in post,
            before="before" in post,
            after="after" in post,
            changes="changes" in post,
            digest="digest" in post,
            bodies=[each for each in post.getlist("bodies") if each in bodies],
        )
        messages.success(request, visit.words(say("Your choice is kept.")))
        return HttpResponseRedirect(reverse("letters"))
    saw_private(visit, [("bodies", each) for each in bodies])
    choice = choice_of(visit.person)
    days = STAGES["commitments"]
    context = {
        "wanted": visit.person.reminders,
        "choice": choice,
        "bodies": sorted(
            ((id_, name, id_ in choice.bodies) for id_, name in bodies.items()),
            key=lambda item: visit.words.show(item[1]),
        ),
        "before": [str(-each) for each in days if each < 0],
        "after": [str(each) for each in days if each >= 0],
        "breadcrumbs": [CRUMB],
    }
    return render(request, "notices/letters.html", context)


def _saw(visit: Visit, shown: list[Notice]) -> None:
    """Into the audit: private records that are named, and drafts, which only the side sees."""
    names = [item.name for item in shown if item.name is not None]
    saw_private(visit, names)
    if drafts := sorted({name for name in names if name[0] == "drafts"}):
        visit.door.saw("drafts", drafts)


def _file(visit: Visit, every: list[Notice], seen: frozenset[str], form: Any) -> HttpResponse:
    words = visit.words
    labels = (say("Kind"), say("What"), say("Day"), say("Seen"), say("Address"))
    rows = (
        [
            words(GROUPS[item.group]), words(item.what), item.day.isoformat() if item.day else "",
            words.show(item.key in seen), visit.request.build_absolute_uri(item.address),
        ]
        for item in every
    )  # fmt: skip
    return table_file("notices", form, [words(label) for label in labels], rows)
