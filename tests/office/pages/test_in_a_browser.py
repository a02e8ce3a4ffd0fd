"""One journey through the pages in Chromium: with axe on each page, at a telephone's width too.

It is the office that ``make serve`` shows, in a folder of its own. Needs a Chromium on the
machine; without one it is skipped.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.office.pages import serving
from tests.office.pages.serving import MEASURE, PAGES, WIDTHS, Served, sign_in

served, browser = serving.served, serving.browser
pytestmark = serving.NEEDS


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


@pytest.mark.slow
def test_every_page_is_usable_by_everybody(served: Served, browser: Any) -> None:
    """axe finds nothing, nothing is wider than the screen, and nothing breaks the page's policy."""
    said: list[str] = []
    page = sign_in(browser.new_context(), served, "secretary@blr.example")
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.wait_for_selector("figure svg", timeout=60_000)  # htmx has brought the outlook
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for address in PAGES:
            page.goto(served.address + address)
            page.wait_for_load_state("networkidle")
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (address, width, wide)
            if width != WIDTHS[1]:
                assert violations(page) == [], (address, width)
    assert [line for line in said if "404" not in line] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_journey_from_report_to_entry(served: Served, browser: Any, scripts: bool) -> None:
    """By keyboard, and without a script: reported in Minsk, countersigned in Bishkek, entered."""
    with_scripts = browser.new_context(java_script_enabled=scripts)
    page = sign_in(with_scripts, served, "secretary@blr.example")
    page.goto(f"{served.address}/roadmap/{MEASURE}")
    page.focus("#update summary")
    page.keyboard.press("Enter")
    page.select_option("#grade", "substantial")
    page.fill("#evidence_en", "Two airlines have applied.")
    page.fill("#reason", "Report for the session")
    page.fill("#passphrase-BLR", served.phrases["BLR"])
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Report for the session')")
    change = page.url

    other = sign_in(
        browser.new_context(java_script_enabled=scripts), served, "secretary@kgz.example"
    )
    other.click("text=Report for the session")
    assert other.url == change
    assert "Two airlines have applied." in other.inner_text("ins")
    other.fill("#yes-passphrase-KGZ", served.phrases["KGZ"])
    other.keyboard.press("Enter")
    other.wait_for_selector("text=enters it as depositary")

    page.goto(change)
    page.fill("#enter-passphrase-BLR", served.phrases["BLR"])
    page.keyboard.press("Enter")
    page.wait_for_selector("text=1 change entered.")
    other.goto(f"{served.address}/roadmap/{MEASURE}")
    assert "substantial" in other.inner_text("dl")
