"""One journey through the pages in Chromium: with axe on each page, at a telephone's width too.

Needs a Chromium on the machine; without one it is skipped.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from tests.office.api.world import PASSPHRASE, PASSWORD, measure
from tests.office.pages.conftest import Desk

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]
WIDTHS = (1200, 320)
PAGES = (
    "/", "/outlook", "/roadmap", "/roadmap?by=chapter", "/roadmap/_scorecard", "/roadmap/house",
    "/roadmap/house/fields", "/changes", "/records", "/records/commitments", "/search?q=house",
    "/records/bodies/min-trade", "/records/commitments/house/edit", "/records/targets/_new",
    "/records/commitments/house/history", "/accounts/2fa/", "/accounts/logout/", "/nothing",
)  # fmt: skip


@pytest.fixture
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop of its own
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


def sign_in(browser: Any, address: str, email: str) -> Any:
    page = browser.new_page()
    page.goto(address)
    assert violations(page) == []
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Where the programme stands')")
    return page


@pytest.fixture
def desk(office: Desk) -> Desk:
    body = ("bodies", "min-trade"), {"id": "min-trade", "name": "Ministry of Trade",
                                     "kind": "ministry", "party": "BLR"}  # fmt: skip
    indicator = ("indicators", "turnover"), {
        "id": "turnover", "title": "Mutual trade", "unit": "USD", "measures": "turnover"}  # fmt: skip
    target = ("targets", "t500"), {
        "id": "t500", "title": "Mutual trade of 500 million", "indicator": "turnover",
        "value": "500", "unit": "million USD",
        "statements": [{"side": "BLR", "announced": "2024", "by": "2029"}],
    }  # fmt: skip
    observations = [
        (("observations", f"o{year}"), {
            "id": f"o{year}", "indicator": "turnover", "reporter": "BLR", "period": str(year),
            "value": str(60 + 9 * (year - 2010)), "unit": "million USD"})
        for year in range(2010, 2025)
    ]  # fmt: skip
    office.world.agree(
        body, indicator, target, *observations,
        measure("house", due="2024", owners=["min-trade"], chapter="Trade"),
    )  # fmt: skip
    for side in ("BLR", "KGZ"):
        person = office.world.people[side, "secretary"]
        person.email = person.email.lower()
        person.set_password(PASSWORD)
        person.save()
    return office


def test_a_journey_with_keyboard_and_axe(
    desk: Desk, live_server: Any, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CSRF_TRUSTED_ORIGINS", [live_server.url])
    wrong: list[str] = []
    page = sign_in(browser, live_server.url, desk.world.people["BLR", "secretary"].email)
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.wait_for_selector("figure svg")  # htmx has brought the outlook
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for address in PAGES:
            page.goto(live_server.url + address)
            page.wait_for_load_state("networkidle")
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (address, width, wide)
            assert violations(page) == [], (address, width)
    assert [each for each in wrong if "404" not in each] == []

    page.goto(f"{live_server.url}/roadmap/house")
    page.focus("#update summary")
    page.keyboard.press("Enter")
    page.select_option("#grade", "complete")
    page.fill("#evidence_en", "It has opened.")
    page.fill("#reason", "Done")
    page.fill("#passphrase-BLR", PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Done')")
    assert violations(page) == []
    change = page.url

    other = sign_in(browser, live_server.url, desk.world.people["KGZ", "secretary"].email)
    other.goto(change)
    assert violations(other) == []
    other.fill("#yes-passphrase-KGZ", PASSPHRASE)
    other.keyboard.press("Enter")
    other.wait_for_selector("text=enters it as depositary")
    assert violations(other) == []
