"""Every page read in a browser that runs no script: nothing of what it says is missing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.office.pages import serving
from tests.office.pages.serving import PAGES, Served, sign_in

served, kept, browser = serving.served, serving.kept, serving.browser
pytestmark = [*serving.NEEDS, pytest.mark.slow]
COMMUNIQUE = """\
BISHKEK, 2 October – The 13th session of the Belarusian-Kyrgyz commission was held in Bishkek.

The sides agreed to open a trading house of Belarusian machinery in Osh.
"""
HOLDS = {
    "/outlook": "figure svg",
    "/roadmap": "main table tbody tr:visible",
    "/contacts?view=month&month=2025-09": "main td a[href^='/contacts/']:visible",
    "/projects?view=board": "main .office-projects-card:visible",
    "/exchanges?area=tourism": "figure svg",
    "/regions/_map": "figure svg",
    "/finance/compare": "main form button:visible",
}
"""Address → what its reader has come for."""
LONG = ("/outlook", "/plan?budget=5000000&currency=USD&wait=1")
"""What takes seconds: with scripts it arrives by itself, without them behind a link."""


def test_a_page_says_the_same_with_and_without_scripts(kept: Served, browser: Any) -> None:
    with_scripts = sign_in(browser.new_context(), kept)
    without = sign_in(browser.new_context(java_script_enabled=False), kept)
    for address in LONG:
        without.goto(kept.address + address)
    for address in PAGES:
        status = without.goto(kept.address + address).status
        assert status == (404 if address == "/nothing" else 200), address
        with_scripts.goto(kept.address + address)
        words = without.inner_text("main")
        assert len(words) > len(without.inner_text("main h1")) + 20, address
        assert words == with_scripts.inner_text("main"), address
        if wanted := HOLDS.get(address):
            assert without.locator(wanted).count() >= 1, address


def test_what_is_folded_can_be_opened_and_every_form_sent(kept: Served, browser: Any) -> None:
    page = sign_in(browser.new_context(java_script_enabled=False), kept)
    folded = filters = 0
    for address in PAGES:
        page.goto(kept.address + address)
        for part in page.locator("main details").all():
            if part.get_attribute("open") is not None:
                continue
            part.locator("summary").first.click()
            assert part.locator("> :not(summary)").first.is_visible(), address
            folded += 1
        for form in page.locator("form").all():
            assert form.locator("button").count() >= 1, address
            filters += form.get_attribute("role") == "search"
        hidden = page.locator("main [hidden]")
        assert hidden.locator(":scope:not(button)").count() == 0, address
    assert folded >= 10
    assert filters >= 10


def test_the_outlook_of_a_new_office_is_one_link_away(served: Served, browser: Any) -> None:
    """With scripts it arrives by itself; nobody has asked for it before."""
    page = sign_in(browser.new_context(java_script_enabled=False), served)
    assert page.locator("figure svg").count() == 0
    page.click("#outlook a[href='/outlook']")
    assert page.locator("figure svg").count() == 2
    page.goto(served.address)
    assert page.locator("#outlook figure svg").count() == 2


def test_a_text_is_read_beside_its_proposals(served: Served, browser: Any) -> None:
    page = sign_in(browser.new_context(java_script_enabled=False), served)
    page.goto(f"{served.address}/read")
    page.fill("#text", COMMUNIQUE)
    page.fill("#title", "Talks in Bishkek")
    page.fill("#publisher", "Kabar")
    page.fill("#published", "2025-10-02")
    page.click("main form[enctype] button[type=submit]")
    assert "open a trading house" in page.inner_text("#text")
    card = page.locator("article:has-text('Osh')").first
    assert card.locator("form[action$='/accept'] button").is_visible()
    page.locator("#text a.office-reader-ref").last.click()
    assert page.url.partition("#")[2].startswith("p")
    assert page.locator(":target").is_visible()


def test_the_menu_opens_on_a_telephone(kept: Served, browser: Any) -> None:
    narrow = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = sign_in(narrow, kept)
    entry = page.locator("#navigation a[href='/finance']")
    assert not entry.is_visible()
    page.click("#navigation summary")
    entry.click()
    assert page.url == f"{kept.address}/finance"
    assert page.locator("#navigation a[aria-current=page]").get_attribute("href") == "/finance"
