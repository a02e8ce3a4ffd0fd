"""What is computed of the programme as the viewer may see it: brief, outlook, finance.

Nothing is stored. Within a process an answer is kept as long as everything is as it was: the head
of the register, the own side's private records, the day, the language.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from bilat.language import Words
from bilat.programme import Programme
from bilat.register.kinds import Name
from bilat_office.api.asking import Asking, asking
from bilat_office.api.language import words_for
from bilat_office.api.shapes import JSON, Document
from bilat_office.api.throttle import check_tries, count_try
from bilat_office.records.viewer import JOINT

router = Router(tags=["computed"])
KEPT = 64
"""Answers that a process keeps."""
MINUTE = 60
PER_MINUTE = 30
"""Fresh computations that one person may ask for in a minute."""
AsOf = Annotated[
    date | None, Query(ge=date(1990, 1, 1), le=date(2100, 1, 1), description="Today by default.")
]
What = Literal["brief", "outlook", "finance"]


class Brief(Schema):
    """The facts of a brief: see `brief_schema()` of the core for all of it."""

    format: str
    programme: str
    as_of: date
    viewer: str
    targets: list[Document]
    finance: Document


class Outlook(Schema):
    """How likely each target is, what is missing, and what measures add."""

    as_of: date
    viewer: str
    targets: list[Document]
    foresight: Document | None


class Finance(Schema):
    """Facilities: what is drawn, what is free, what is due."""

    as_of: date
    viewer: str
    finance: Document = Field(description="As in a brief.")


@router.get("/brief", response=Brief, summary="The brief as data")
def brief(request: HttpRequest, as_of: AsOf = None) -> HttpResponse:
    """All facts, with their sources; sentences in the language of the asker."""
    return _answer(request, "brief", as_of, _brief)


@router.get("/outlook", response=Outlook, summary="How likely each target is")
def outlook(request: HttpRequest, as_of: AsOf = None) -> HttpResponse:
    """With what changes the chance most, and how the chance has moved."""
    return _answer(request, "outlook", as_of, _outlook)


@router.get("/finance", response=Finance, summary="Facilities and what is drawn on them")
def finance(request: HttpRequest, as_of: AsOf = None) -> HttpResponse:
    """As a brief tells it."""
    return _answer(request, "finance", as_of, _finance)


Compute = Callable[[Programme, date, str, Words], Any]


def _answer(request: HttpRequest, what: What, as_of: date | None, compute: Compute) -> HttpResponse:
    asks, words = asking(request), words_for(request)
    day = as_of or timezone.localdate()
    door = asks.door()
    key = (what, asks.viewer.side or "", door.stamp(), str(day), words.lang)
    kept = KEPT_ANSWERS.get(key)
    if kept is None:
        kept = _computed(asks, day, words, compute)
        KEPT_ANSWERS.put(key, kept)
    else:
        door.saw("programme", kept.private)
    return HttpResponse(kept.body, content_type=JSON)


def _computed(asks: Asking, day: date, words: Words, compute: Compute) -> Answer:
    subject = f"computed:{asks.person.pk}"
    check_tries(subject, PER_MINUTE, MINUTE)
    count_try(subject, MINUTE)
    programme = asks.door().programme()
    made = compute(programme, day, asks.viewer.side or JOINT, words)
    own = tuple(
        (record.section, record.id) for record in programme.records() if record.visibility != JOINT
    )
    return Answer(json.dumps(made, ensure_ascii=False).encode(), own)


def _brief(programme: Programme, day: date, viewer: str, words: Words) -> Any:
    from bilat.brief import make_brief

    made = make_brief(programme, as_of=day, viewer=viewer)
    return json.loads(made.to_json(words, indent=None))


def _outlook(programme: Programme, day: date, viewer: str, words: Words) -> Any:
    from bilat.brief import make_brief
    from bilat.brief.facts.foresight import foresight_facts
    from bilat.outlook import Luck

    luck = Luck(seed=0, draws=20_000)
    made = make_brief(programme, as_of=day, viewer=viewer, luck=luck)
    chosen = tuple(target.id for target in made.targets)
    told = made.model_copy(update={"foresight": foresight_facts(programme, day, chosen, luck)})
    return _part(json.loads(told.to_json(words, indent=None)), "targets", "foresight")


def _finance(programme: Programme, day: date, viewer: str, words: Words) -> Any:
    return _part(_brief(programme, day, viewer, words), "finance")


def _part(facts: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: facts[name] for name in ("as_of", "viewer", *names)}


@dataclass(frozen=True)
class Answer:
    """``private``: names of the own side's records of which it was computed."""

    body: bytes
    private: tuple[Name, ...]


class Answers:
    """The last answers of this process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, ...], Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, ...]) -> Answer | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: tuple[str, ...], answer: Answer) -> None:
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


KEPT_ANSWERS = Answers(KEPT)
"""Of this process."""
