"""Open measures of one roadmap go on under its successor: one change, seen before it is filed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.programme import Document, Programme
from bilat.register.canonical import Document as Content
from bilat.register.kinds import Name
from bilat_office.api.versions import version_listed
from bilat_office.pages.filing import Written, filed, how_of, ways
from bilat_office.pages.forms.progress import Progress, ProgressWrong, progressed
from bilat_office.pages.measures import OPEN, Row, measures_of
from bilat_office.pages.reckoning import facts_of, programme_of
from bilat_office.pages.refusing import status_of
from bilat_office.pages.signing import keys_asked
from bilat_office.pages.views.roadmap import CRUMB
from bilat_office.pages.visit import Visit, page, visit_of
from bilat_office.people.permissions import demand
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.viewer import JOINT

KINDS = ("roadmap", "programme", "agreement")
"""Documents that measures rest on."""


@dataclass(frozen=True)
class Chosen:
    """The roadmap that ends, the one that follows, and the measures that are still open."""

    old: Document
    new: Document
    rows: Sequence[Row]


@require_http_methods(["GET", "HEAD", "POST"])
@page
def carry(request: HttpRequest) -> HttpResponse:
    """Choose both documents; then what goes on, and by which date."""
    visit = visit_of(request)
    demand(visit.viewer, "draft")
    programme = programme_of(visit)
    try:
        chosen = _chosen(visit, programme)
    except OfficeRefused as refusal:
        return _shown(visit, programme, None, {}, refusal.message, 400)
    if request.method != "POST" or chosen is None:
        return _shown(visit, programme, chosen, {}, None, 200)
    try:
        done, address = _filed(visit, chosen)
    except ProgressWrong as wrong:
        return _shown(visit, programme, chosen, wrong.errors, None, 400)
    except BilatError as error:
        return _shown(visit, programme, chosen, {}, error.message, status_of(error))
    messages.success(request, visit.words(done))
    return HttpResponseRedirect(address)


def _chosen(visit: Visit, programme: Programme) -> Chosen | None:
    """None while nothing is chosen. Raises OfficeRefused for two that cannot follow each other."""
    query = visit.request.GET
    if not query.get("from") or not query.get("to"):
        return None
    known = {item.id: item for item in programme.documents if item.visibility == JOINT}
    old, new = known.get(query["from"]), known.get(query["to"])
    if old is None or new is None or old is new:
        raise OfficeRefused("carry", say("Choose two different documents that both sides see."))
    if new.succeeds not in (None, old.id):
        raise OfficeRefused(
            "carry",
            say(
                "“{new}” follows another document: “{old}”.",
                new=new.title,
                old=known[new.succeeds].title if new.succeeds in known else new.succeeds,
            ),
        )
    rows = facts_of(visit, measures_of).rows
    found = [
        row
        for row in rows
        if row.fact.state in OPEN
        and (row.fact.document == old.id or row.fact.carried_from == old.id)
    ]
    return Chosen(old, new, found)


def _filed(visit: Visit, chosen: Chosen) -> tuple[Message, str]:
    """Raises ProgressWrong with the measures whose new date is none."""
    post = visit.request.POST
    new: list[tuple[Name, Content | None]] = []
    bases: dict[Name, str | None] = {}
    name = ("documents", chosen.new.id)
    stands = visit.door.get(*name)
    new.append((name, {**stands.content, "succeeds": chosen.old.id, "carries_over": True}))
    bases[name] = version_listed(stands)
    wrong: dict[str, Message] = {}
    for row in chosen.rows:
        due = post.get(f"due_{row.fact.id}", "").strip()
        if not due:
            continue
        name = ("commitments", row.fact.id)
        measure = visit.door.get(*name)
        try:
            new.append((name, _moved(visit, measure.content, due)))
        except ProgressWrong as error:
            wrong |= _by_measure(row.fact.id, error.errors)
        bases[name] = version_listed(measure)
    if wrong:
        raise ProgressWrong(wrong)
    written = Written(new=new, reason=post.get("reason", "").strip(), bases=bases)
    return filed(visit, how_of(post.get("how", "")), written)


def _moved(visit: Visit, content: Content, due: str) -> Content:
    post = visit.request.POST
    typed = Progress(
        due=due,
        due_reason_en=post.get("due_reason_en", "").strip(),
        due_reason_ru=post.get("due_reason_ru", "").strip(),
    )
    return progressed(content, typed, visit.today, visit.person.body)


def _by_measure(id_: str, errors: Mapping[str, Message]) -> dict[str, Message]:
    """The reason is one for all measures; a date is one measure's own."""
    return {name if name == "due_reason" else f"due_{id_}": what for name, what in errors.items()}


def _named(chosen: Chosen | None, errors: Mapping[str, Message]) -> Iterator[dict[str, Any]]:
    titles = {f"due_{row.fact.id}": row.fact.title for row in (chosen.rows if chosen else ())}
    for name, what in errors.items():
        label = titles.get(name, say("Reason for the new dates"))
        yield {"anchor": name, "label": label, "what": what}


def _offered(documents: Sequence[Document]) -> tuple[str, str]:
    """The ends of the last succession that is recorded, or the first and the last document."""
    known = {item.id for item in documents}
    pairs = [(item.succeeds, item.id) for item in documents if item.succeeds in known]
    if pairs:
        old, new = pairs[-1]
        return old or "", new
    return (documents[0].id, documents[-1].id) if documents else ("", "")


def _shown(
    visit: Visit,
    programme: Programme,
    chosen: Chosen | None,
    errors: Mapping[str, Message],
    wrong: Message | None,
    status: int,
) -> HttpResponse:
    post, query = visit.request.POST, visit.request.GET
    found = ways(visit, ["documents", "commitments"])
    documents = [
        item for item in programme.documents if item.kind in KINDS and item.visibility == JOINT
    ]
    offered = _offered(documents)
    context: dict[str, Any] = {
        "chosen": chosen,
        "rows": [
            (row, f"due_{row.fact.id}", post.get(f"due_{row.fact.id}", ""),
             errors.get(f"due_{row.fact.id}"))
            for row in (chosen.rows if chosen else ())
        ],
        "documents": documents,
        "from": query.get("from", offered[0]),
        "to": query.get("to", offered[1]),
        "typed": post,
        "reason_wrong": errors.get("due_reason"),
        "errors": list(_named(chosen, errors)),
        "wrong": wrong,
        "ways": found,
        "keys": keys_asked(visit, both=visit.office.solo) if found[:1] != ("draft",) else [],
        "reason": post.get("reason", ""),
        "breadcrumbs": [CRUMB],
    }  # fmt: skip
    return render(visit.request, "pages/carry.html", context, status=status)
