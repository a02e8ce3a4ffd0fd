"""What people of each role come for, from sign-in to the answer, in Chromium and both languages.

A screenshot of each step is kept under ``build/screenshots/<language>/``.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.office.pages import serving as office

served, browser = office.served, office.browser
pytestmark = [*office.NEEDS, pytest.mark.slow]
SCREENSHOTS = office.ROOT / "build" / "screenshots"
COMMUNIQUE = """\
BISHKEK, 2 October – The 13th session of the Belarusian-Kyrgyz commission was held in Bishkek.

The sides agreed to open a trading house of Belarusian machinery in Osh.
"""
MINUTE = 60
FIGURE = "main a[href*='/trade/figure?']"


class Sitting:
    """One person at one browser."""

    def __init__(
        self, served: office.Served, browser: Any, role: str, side: str, lang: str
    ) -> None:
        self.served, self.role, self.lang = served, role, lang
        email = f"{role}@{side.lower()}.example"
        self.page = office.sign_in(browser.new_context(accept_downloads=True), served, email)
        office.read_in(self.page, lang)
        self.keep("home")

    def keep(self, step: str) -> None:
        assert self.page.get_attribute("html", "lang") == self.lang
        path = SCREENSHOTS / self.lang / f"{self.role}-{step}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(path), full_page=True)

    def follow(self, selector: str, step: str) -> None:
        """Click what the page offers; the page that comes has to be whole."""
        before = self.page.url
        self.page.locator(selector).first.click()
        self.page.wait_for_url(lambda address: address != before)
        self.arrived(step)

    def go(self, name: str, step: str) -> None:
        self.follow(f"#navigation a[href='/{name}']", step)

    def send(self, button: str, step: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        self.arrived(step)

    def arrived(self, step: str) -> None:
        assert self.page.locator("h1").count() == 1, self.page.url
        faults = self.page.locator(".govuk-error-summary").all_inner_texts()
        assert faults == [], (self.page.url, faults)
        self.keep(step)

    def says(self, words: str) -> bool:
        return words in self.page.inner_text("main")

    @property
    def at(self) -> str:
        return str(self.page.url).removeprefix(self.served.address)


def co_chair(sit: Callable[..., Sitting]) -> None:
    """What is there to decide; and the proposal of the other side is countersigned."""
    other = sit("secretary", "KGZ")
    other.page.goto(f"{other.served.address}/roadmap/{office.MEASURE}")
    other.page.click("#update summary")
    other.page.select_option("#grade", "substantial")
    other.page.fill("#evidence_en", "Two airlines have applied.")
    other.page.fill("#reason", "Report for the session")
    other.page.fill("#passphrase-KGZ", other.served.phrases["KGZ"])
    other.send("button[value=propose]", "proposed")

    me = sit("co-chair", "BLR")
    me.page.wait_for_selector("#decide", timeout=MINUTE * 1000)
    decisions = me.page.locator("section[aria-labelledby=decide] li")
    assert decisions.count() >= 1
    assert decisions.first.locator("a[href^='/']").count() == 1
    me.keep("decisions")
    me.follow("section[aria-labelledby=key] a", "proposal")
    assert me.says("Two airlines have applied.")
    me.page.fill("#yes-passphrase-BLR", me.served.phrases["BLR"])
    me.send("form[action$='/countersign'] button", "countersigned")
    assert me.page.locator("form[action$='/countersign']").count() == 0
    me.go("", "nothing-left")
    assert me.page.locator("section[aria-labelledby=key] a").count() == 0


def analyst(sit: Callable[..., Sitting]) -> None:
    """A figure of trade, and where it comes from."""
    me = sit("analyst", "BLR")
    me.go("trade", "trade")
    value = me.page.locator(FIGURE).first.inner_text()
    assert re.search(r"\d", value)
    me.follow(FIGURE, "figure")
    assert me.page.locator("main dd", has_text=value.strip()).count() >= 1
    assert me.page.locator("details[open] .govuk-details__text").inner_text().strip()


def finance_officer(sit: Callable[..., Sitting]) -> None:
    """What a lease of USD 240,000 costs; its schedule goes along as a file."""
    me = sit("finance-officer", "BLR")
    me.go("finance", "finance")
    me.follow("main a[href$='/finance/calculator']", "calculator")
    for name, value in {"price": "240000", "rate": "8.5", "months": "24"}.items():
        me.page.fill(f"#{name}", value)
    me.page.fill("#start", "2026-01-15")
    me.send("main form button[type=submit]", "schedule")
    assert me.page.locator("#result").count() == 1
    assert me.page.locator("section[aria-labelledby=payments] tbody tr").count() == 1 + 24
    with me.page.expect_download() as begun:
        me.page.locator(f"a[download][href*='xlsx'][hreflang={me.lang}]").first.click()
    kept = Path(begun.value.path())
    assert kept.read_bytes()[:2] == b"PK"
    assert begun.value.suggested_filename.endswith(".xlsx")


def ministry_editor(sit: Callable[..., Sitting]) -> None:
    """A measure of one's own body, for one's own side alone; and how far it has come."""
    me = sit("ministry-editor", "BLR")
    me.go("roadmap", "roadmap")
    me.follow("main a[href$='/commitments/_new']", "measure-new")
    me.page.fill("#id", "own-plan")
    me.page.check("input[name=visibility][value=BLR]")
    me.page.fill(f"[name=f_title__{me.lang}]", "Plan of the ministry")
    me.page.select_option("[name=f_owners-0]", "government-blr")
    me.send("button[name=how]:not([aria-hidden])", "measure-kept")
    me.go("roadmap", "own")
    me.follow("main a[href='/roadmap/own-plan']", "measure")
    me.page.locator("#update summary").click()
    me.page.select_option("#grade", "substantial")
    me.page.fill(f"#evidence_{me.lang}", "The draft is with the ministries.")
    me.send("#update form button[type=submit]", "report")
    assert me.says("The draft is with the ministries.")
    other = sit("secretary", "KGZ")
    assert other.page.goto(f"{other.served.address}/roadmap/own-plan").status == 404
    assert not other.says("Plan of the ministry")


def administrator(sit: Callable[..., Sitting]) -> None:
    """A colleague is invited, and an export asked for."""
    me = sit("administrator", "BLR")
    me.go("administration", "administration")
    me.follow("main a[href$='/administration/people']", "people")
    me.follow("main a[href$='/_invite']", "invite")
    me.page.fill("#name", "Olga Novik")
    me.page.fill("#email", "novik@blr.example")
    me.page.check("#role-analyst")
    me.send("main form button[type=submit]", "invited")
    assert re.match(r"https?://\S+/\S{20,}$", me.page.inner_text("#link").strip())
    me.go("administration", "administration")
    me.follow("main a[href$='/administration/jobs']", "jobs")
    assert me.page.locator("main tbody tr").count() == 0
    me.page.select_option("#kind-new", "export")
    me.send("form[action$='/jobs/_new'] button", "asked")
    me.page.goto(f"{me.served.address}/administration/jobs")
    assert me.page.locator("main tbody tr").count() == 1


def secretary(sit: Callable[..., Sitting]) -> None:
    """A contact in under a minute; then a communiqué is read, and one proposal of it filed."""
    me = sit("secretary", "BLR")
    me.go("contacts", "contacts")
    begun = time.monotonic()
    me.follow("main a[href$='/contacts/_new']", "contact-new")
    me.page.fill("#title", "Talks on direct flights")
    me.page.select_option("#kind", index=1)
    me.page.fill("#from", "2027-03-04")
    me.page.fill("#reason", "Agreed by telephone")
    me.send("button[value=draft]", "contact-added")
    assert time.monotonic() - begun < MINUTE
    assert me.says("Talks on direct flights")

    me.go("", "home-again")
    me.follow("main a[href='/read']", "read")
    me.page.fill("#text", COMMUNIQUE)
    for name, value in {
        "title": "Talks in Bishkek", "publisher": "Kabar", "published": "2025-10-02",
    }.items():  # fmt: skip
        me.page.fill(f"#{name}", value)
    me.send("main form[enctype] button[type=submit]", "reading")
    waiting = me.page.locator("form[action$='/accept']").count()
    assert waiting >= 1
    me.send("article:has-text('Osh') form[action$='/accept'] button", "accepted")
    assert me.page.locator("form[action$='/accept']").count() == waiting - 1
    me.follow("main a[href$='/file']", "file")
    me.page.fill("#reason", "From the communiqué")
    me.send("button[value=draft]", "filed")
    assert re.fullmatch(r"/changes/drafts/\d+", me.at)
    assert me.page.inner_text("h1") == "From the communiqué"
    assert me.says("trading house")


JOURNEYS = (co_chair, analyst, finance_officer, ministry_editor, administrator, secretary)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_each_role_gets_its_answer(served: office.Served, browser: Any, lang: str) -> None:
    """One office a language: founding it costs more than the journeys."""

    def sit(role: str, side: str) -> Sitting:
        return Sitting(served, browser, role, side, lang)

    for journey in JOURNEYS:
        journey(sit)
