"""The calculator: what a loan or lease costs. It needs no programme, and no sign-in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from bilat.brief.facts.schedule import ScheduleFacts, schedule_facts
from bilat.brief.formats.deal import DealOutput
from bilat.brief.story.deal_names import exact, months
from bilat.brief.story.schedule import tell_schedule
from bilat.finance.presets import Preset
from bilat.language import Message, Words, say
from bilat.programme.labels import label_of
from bilat.register.canonical import digest
from bilat_office.pages.finance.cost import cost_of
from bilat_office.pages.finance.deal import DOCUMENTS
from bilat_office.pages.finance.deals import CRUMB
from bilat_office.pages.finance.fields import EVERY, EVERY_FIELD, FIELDS, FURTHER, typed_in
from bilat_office.pages.finance.opening import bound, for_everybody, visit_if_any
from bilat_office.pages.finance.outcome import Outcome, offers, outcome_of, preset_named
from bilat_office.pages.finance.payments import payments_page
from bilat_office.pages.latest import Latest
from bilat_office.pages.lists import page_number
from bilat_office.pages.sections import code_name
from bilat_office.pages.story.documents import asked_kind, document, offered, words_asked
from bilat_office.pages.story.fields import Field
from bilat_office.pages.story.telling import Teller
from bilat_office.pages.templatetags.says import reader

DRAWN: Latest[str] = Latest(64)
"""Of this process: terms and language → their chart."""
CURRENCY = "USD"
"""What the empty form begins with."""
OTHER_NAMES = {"preset", "format", "in", "page"}


@require_safe
@for_everybody
def calculator(request: HttpRequest) -> HttpResponse:
    """The form; with terms in the address their schedule, or one of its documents."""
    visit, words = visit_if_any(request), reader()
    query = request.GET
    preset_id = query.get("preset", "")
    if not set(query) - OTHER_NAMES:
        return _page(request, Outcome(_begun(), preset_named(preset_id)), None, words)
    kind = asked_kind(query, DOCUMENTS)
    bound(request, visit, document=kind is not None)
    outcome = outcome_of(typed_in(query), preset_id)
    facts = facts_of(outcome)
    if kind is not None and facts is not None:
        return document(lambda one: DealOutput(facts, one), words_asked(query, words), kind)
    return _page(request, outcome, facts, words)


def facts_of(outcome: Outcome) -> ScheduleFacts | None:
    if outcome.schedule is None:
        return None
    return schedule_facts(outcome.schedule, name="calculation", preset=outcome.preset)


def inputs(
    outcome: Outcome, fields: tuple[Field, ...], words: Words, prefix: str = ""
) -> list[dict[str, Any]]:
    """Each field as its template shows it, with what was typed and what is wrong with it."""
    return [
        {
            "field": item,
            "id": f"{prefix}{item.name}",
            "typed": outcome.typed.get(item.name, ""),
            "choices": item.choices.items(),
            "errors": [words(each) for each in outcome.errors.get(item.name, ())],
        }
        for item in fields
    ]


def wrongs(outcome: Outcome, prefix: str = "") -> Iterator[dict[str, Any]]:
    """For the summary at the top: each with a link to its field."""
    labels: dict[str, Message] = {item.name: item.label for item in EVERY_FIELD}
    labels["preset"] = say("Offer to start from")
    for name, sentences in outcome.errors.items():
        for sentence in sentences:
            anchor = f"{prefix}{name}" if name else ""
            yield {"anchor": anchor, "label": labels.get(name, ""), "what": sentence}


def preset_shown(preset: Preset | None, words: Words) -> dict[str, Any] | None:
    """What an offer states, by whom it is made, and where that was read."""
    if preset is None:
        return None
    return {
        "preset": preset,
        "terms": [
            (say("Payments") if name == "every" else label_of(name), _stated(name, value, words))
            for name, value in preset.terms.items()
        ],
    }


def _stated(name: str, value: Any, words: Words) -> str:
    """A term as a file holds it, in one line of words; of a text only the reader's language."""
    if isinstance(value, Mapping):
        if words.lang in value:
            return words(value)
        if set(value) == {"percent"}:
            return _stated("percent", value["percent"], words)
        parts = (
            (words(label_of(part)), _stated(part, each, words)) for part, each in value.items()
        )
        return ", ".join(f"{label}: {text}" for label, text in parts)
    if isinstance(value, list | tuple):
        return "; ".join(_stated(name, each, words) for each in value)
    if name == "every":
        return words(EVERY.get(str(value), months(int(value))))
    if name in ("percent", "misuse_rate", "penalty_rate"):
        return words.show(exact(Decimal(str(value))))
    return words(code_name("deals", name, value)) if isinstance(value, str) else words.show(value)


def _begun() -> dict[str, str]:
    """The empty form: today, in dollars."""
    start = {"currency": CURRENCY, "start": timezone.localdate().isoformat()}
    return {**typed_in(QueryDict()), **start}


def _page(
    request: HttpRequest, outcome: Outcome, facts: ScheduleFacts | None, words: Words
) -> HttpResponse:
    further = inputs(outcome, tuple(FURTHER), words)
    context = {
        "outcome": outcome,
        "offers": offers(),
        "preset": preset_shown(outcome.preset, words),
        "preset_id": request.GET.get("preset", ""),
        "preset_errors": outcome.errors.get("preset", ()),
        "inputs": inputs(outcome, tuple(FIELDS), words),
        "further": further,
        "further_open": any(item["typed"] or item["errors"] for item in further),
        "errors": list(wrongs(outcome)),
        "result": facts and _result(request, outcome, facts, words),
        "compare": _compare(request, outcome),
        "breadcrumbs": [CRUMB] if visit_if_any(request) else [],
    }
    status = 400 if outcome.is_wrong else 200
    return render(request, "finance/calculator.html", context, status=status)


def _result(
    request: HttpRequest, outcome: Outcome, facts: ScheduleFacts, words: Words
) -> dict[str, Any]:
    output = DealOutput(facts, words)

    def draw(chart: Any) -> str:
        key = f"{digest(facts.to_json(words).encode())} {words.lang}"
        kept = DRAWN.get(key)
        if kept is None:
            kept = output.charts.svg(chart)
            DRAWN.put(key, kept)
        return kept

    story = tell_schedule(facts)
    tell = Teller(words, draw, output.numbers)
    short = [section for section in story.sections if section.anchor != "payments"]
    sections = {one.anchor: one.blocks for one in tell.sections(short)}
    return {
        "title": story.title,
        "subtitle": story.subtitle,
        "summary": sections["summary"],
        "chart": list(tell.blocks(story.charts())),
        "payments": payments_page(facts, words, page_number(request.GET)),
        "parties": sections["parties"],
        "terms": sections["terms"],
        "sources": sections.get("sources", ()),
        "cost": outcome.schedule and cost_of(outcome.schedule, facts.title, facts.as_of, words),
        "documents": offered(DOCUMENTS, annex=True),
    }


def _compare(request: HttpRequest, outcome: Outcome) -> str:
    """The same terms on both sides, for somebody to change one of them."""
    stated = {name: text for name, text in outcome.typed.items() if text}
    if preset := request.GET.get("preset", ""):
        stated["preset"] = preset
    pairs = [(f"{side}_{name}", text) for side in "ab" for name, text in stated.items()]
    return f"{reverse('comparison')}?{urlencode(pairs)}"
