"""From a communiqué to the brief: read, countersigned, forecast, planned, decided, told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.office.api.world import PASSPHRASE, World
from tests.office.pages.conftest import BACKEND, _forget
from tests.office.pages.filling import filled
from tests.office.pages.reading import text_of
from tests.office.pages.test_commission import form, words_of
from tests.office.pages.test_sheets import given_back, packed

from bilat.brief import make_brief
from bilat.brief.formats import Output, renderer
from bilat.language import Words
from bilat.programme import Commitment, Document, Source
from bilat_office.readings.models import Finding
from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
SEED = Path(__file__).parents[3] / "shared" / "seed"
COMMUNIQUE = """\
BISHKEK, 2 October – The governments of Belarus and Kyrgyzstan held talks in Bishkek.

The sides agreed to raise mutual trade to $500 million by 2030.

The sides agreed to open a trading house of Belarusian machinery in Osh by the end of 2026.

In 2024 trade between Belarus and Kyrgyzstan came to $138 million, the Kyrgyz side said.
"""
TURNOVER = {"id": "turnover", "title": "Mutual trade", "unit": "USD", "measures": "turnover"}
EFFECT = """\
indicator: turnover
likely: 60
unit: million USD
start: 2027
cost: {amount: 4000000, currency: USD}
assumption: true
author: The commission
reason: As the trading house in another town
"""
SOURCE = {
    "title": "Joint communiqué",
    "publisher": "Kabar",
    "published": "2025-10-02",
    "speaks_for": "KGZ",
    "kind": "communique",
}


@pytest.fixture(autouse=True)
def _another_database() -> Iterator[None]:
    """The process must not remember another database."""
    _forget()
    yield
    _forget()


@pytest.fixture
def world(db: None) -> World:
    cache.clear()
    return World.begin()


@pytest.fixture
def browser(world: World) -> Callable[[str], Client]:
    def opened(side: str) -> Client:
        client = Client()
        client.force_login(world.people[side, "secretary"], backend=BACKEND)
        return client

    return opened


def read(client: Client, text: str, **source: str) -> int:
    """The number of the text."""
    answer = client.post("/read", {"text": text, **SOURCE, **source})
    assert answer.status_code == 302, text_of(answer)
    return int(answer["Location"].rsplit("/", 1)[1])


def accept_all(client: Client, number: int) -> None:
    """Everything that needs no answer, as a secretary in a hurry does."""
    for finding in Finding.objects.filter(reading_id=number):
        client.post(f"/read/{number}/p/{finding.key}/accept")


def accept(client: Client, number: int, kind: str, **answers: str) -> None:
    """The one proposal of this kind, with what it asks."""
    finding = Finding.objects.get(reading_id=number, content__kind=kind)
    answer = client.post(f"/read/{number}/p/{finding.key}/accept", answers)
    assert answer.status_code == 302, text_of(answer)


def correct(client: Client, number: int, words: str, **fields: str) -> None:
    """The record of the measure that these words are about, with some of its fields set anew."""
    finding = next(
        each
        for each in Finding.objects.filter(reading_id=number)
        if each.content["kind"] == "commitment" and words in each.content["quote"]["text"]
    )
    page = f"/read/{number}/p/{finding.key}/correct"
    form = filled(client.get(page), "f_due")
    answer = client.post(page, {**form, **fields})
    assert answer.status_code == 302, text_of(answer)


def propose(client: Client, number: int, side: str) -> str:
    """The change."""
    page = client.get(f"/read/{number}/file").content.decode()
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found, page
    asked = {"seen": found[1], "reason": "The communiqué", "how": "propose"}
    answer = client.post(f"/read/{number}/file", {**asked, f"passphrase_{side}": PASSPHRASE})
    assert answer.status_code == 302, text_of(answer)
    assert answer["Location"].startswith("/changes/")
    return str(answer["Location"]).rsplit("/", 1)[1]


def countersign(client: Client, change: str, side: str) -> None:
    asked = {f"passphrase_{side}": PASSPHRASE}
    answer = client.post(reverse("change_countersign", args=[change]), asked)
    assert answer.status_code == 302, text_of(answer)


def enter(client: Client, change: str, side: str) -> None:
    """By the depositary’s side, when the other one has countersigned."""
    asked = {f"passphrase_{side}": PASSPHRASE}
    answer = client.post(reverse("change_enter", args=[change]), asked)
    assert answer.status_code == 302, text_of(answer)


def figures() -> list[list[Any]]:
    """Twenty years of mutual trade by Belarusian statistics, as lines of a workbook."""
    lines = [
        [f"o{year}", "turnover", year, "BLR", 60 + 5 * (year - 2005) + (year % 3) * 9]
        for year in range(2005, 2025)
    ]
    return [["id", "indicator", "period", "reporter", "value", "unit"],
            *([*line, "million USD"] for line in lines)]  # fmt: skip


def programme() -> Any:
    return Door(Viewer("joint")).programme()


def agreed_by_sheet(ales: Client, aida: Client, section: str, lines: list[list[Any]]) -> None:
    """A workbook that Minsk gives back, and Bishkek countersigns."""
    shown = given_back(ales, packed(lines), section)
    asked = {"how": "propose", "reason": "The sheet", "passphrase_BLR": PASSPHRASE}
    answer = ales.post(shown.request["PATH_INFO"], asked)
    assert answer.status_code == 302, text_of(answer)
    change = str(answer["Location"]).rsplit("/", 1)[1]
    countersign(aida, change, "KGZ")
    enter(ales, change, "BLR")


def signed_protocol(ales: Client, aida: Client, **typed: str) -> str:
    """Session, protocol and decisions as one change; the words that Bishkek countersigns."""
    page = "/commission/session-1/protocol"
    asked = {"how": "propose", "passphrase_BLR": PASSPHRASE}
    answer = ales.post(page, {**form(ales, page), **typed, **asked})
    assert answer.status_code == 302, text_of(answer)
    change = str(answer["Location"]).rsplit("/", 1)[1]
    shown = text_of(aida.get(f"/changes/{change}"))
    countersign(aida, change, "KGZ")
    enter(ales, change, "BLR")
    return shown


def test_a_communique_becomes_a_plan_a_protocol_and_the_brief(
    world: World, browser: Callable[[str], Client]
) -> None:
    aida, ales = browser("KGZ"), browser("BLR")
    world.agree((("indicators", "turnover"), TURNOVER))

    number = read(aida, COMMUNIQUE)
    assert "trading house" in text_of(aida.get(f"/read/{number}"))
    correct(aida, number, "trading house", f_title__en="A trading house in Osh")
    accept(aida, number, "target", a_indicator="turnover")
    change = propose(aida, number, "KGZ")
    assert "awaits an answer" in text_of(aida.get(f"/read/{number}"))
    assert programme().commitments == ()  # nothing before the other side has signed

    assert "trading house" in text_of(ales.get(f"/changes/{change}"))
    assert ales.get(f"/read/{number}").status_code == 404  # what a side reads is its own
    countersign(ales, change, "BLR")
    now = programme()
    (measure,) = (item for item in now.commitments if "trading house" in str(item.title))
    (target,) = now.targets
    paper, source = now.documents[0], now.find(Source, measure.sources[0])
    assert isinstance(measure, Commitment)
    assert (measure.document, measure.due and measure.due.end) == (paper.id, date(2026, 12, 31))
    assert isinstance(paper, Document)
    assert (paper.kind, str(paper.agreed)) == ("communique", "2025-10-02")
    assert source is not None
    assert (source.publisher, source.side) == ("Kabar", "KGZ")
    assert "trading house" in text_of(ales.get("/roadmap"))
    assert "entered" in text_of(aida.get(f"/read/{number}"))

    agreed_by_sheet(ales, aida, "observations", figures())
    agreed_by_sheet(ales, aida, "commitments", [["id", "effect"], [measure.id, EFFECT]])
    outlook = text_of(aida.get("/outlook"))
    assert "In reach?" in outlook
    assert "A trading house in Osh" in outlook  # with what it adds
    asked = f"/plan?target={target.id}&budget=5000000&currency=USD"
    plan = json.loads(aida.get(f"{asked}&format=json").content)["planning"]["plan"]
    assert [step["id"] for step in plan["steps"]] == [f"commitments/{measure.id}"]
    assert plan["chance"] > plan["without"]
    assert "A trading house in Osh" in text_of(aida.get(asked))

    session = ["session-1", "First session", "session", "2026-03"]
    agreed_by_sheet(ales, aida, "contacts", [["id", "title", "kind", "planned"], session])
    decision = {
        "held": "2026-03-05", "signed": "2026-03-05", "outcome_en": "The plan was taken note of.",
        "decision-0-title_en": "Lease the house in Osh", "decision-0-due": "2026-06",
    }  # fmt: skip
    assert "Lease the house in Osh" in signed_protocol(ales, aida, **decision)
    page = aida.get("/commission/session-1/protocol.docx?lang=en")
    assert "Lease the house in Osh" in words_of(page)

    brief = make_brief(programme(), as_of=date(2026, 4, 1))
    titles = str([fact.title for fact in brief.roadmap.commitments])
    assert "A trading house in Osh" in titles
    assert "Lease the house in Osh" in titles
    (told,) = brief.targets
    (chance,) = (each for one in told.announcements for each in one.chances if each.side == "BLR")
    assert chance.with_measures is not None
    assert chance.with_measures.chance_with > chance.with_measures.chance_without
    written = renderer("html")(Output(programme(), brief, Words("en"))).decode()
    for words in ("A trading house in Osh", "Lease the house in Osh", "First session"):
        assert words in written


@pytest.mark.skipif(not SEED.is_dir(), reason="the communiqué of the first programme is not here")
def test_the_first_communique_goes_the_whole_way(browser: Callable[[str], Client]) -> None:
    """The text as it was published; nothing of it is copied here."""
    text = next(SEED.glob("*.txt")).read_text(encoding="utf-8")
    ales, aida = browser("BLR"), browser("KGZ")
    number = read(ales, text, title="", publisher="BelTA", published="2025-09-29", speaks_for="BLR")
    accept_all(ales, number)
    roadmap = Finding.objects.get(reading_id=number, content__fields__until=2030)
    asked = {"a_date": "2025-09-29"}  # “signed today”: the page offers the day of the text
    ales.post(f"/read/{number}/p/{roadmap.key}/accept", asked)
    accepted = list(Finding.objects.filter(reading_id=number, state="chosen"))
    kinds = {finding.content["kind"] for finding in accepted}
    assert {"contact", "document", "project"} <= kinds
    change = propose(ales, number, "BLR")
    countersign(aida, change, "KGZ")
    enter(ales, change, "BLR")

    now = programme()
    assert len({item.id for item in now.records()}) > len(accepted) / 2
    assert any(paper.expires and paper.expires.end.year == 2030 for paper in now.documents)
    assert all(record.sources for record in (*now.documents, *now.contacts, *now.projects))
    filed = Finding.objects.filter(reading_id=number, state="filed")
    assert {finding.change for finding in filed} == {change}

    again = ales.post("/read", {"text": text, **SOURCE})
    assert again["Location"] == f"/read/{number}"  # what was decided is not offered again
    waiting = Finding.objects.filter(reading_id=number, state="waiting")
    assert not {finding.key for finding in waiting} & {finding.key for finding in accepted}
